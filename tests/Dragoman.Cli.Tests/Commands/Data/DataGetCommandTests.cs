namespace Dragoman.Cli.Tests.Commands.Data;

public sealed class DataGetCommandTests
{
    [Fact]
    public async Task Get_NewEntry_PrintsItsFolderAndTheNextCommands()
    {
        await using var bench = new PublisherBench();

        var outcome = await bench.RunAsync("get", "mine/set");

        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        outcome.Output.ShouldBe($"{bench["cache"]}/mine/set\n");
        outcome.Errors.ShouldNotContain('\r');
        outcome.Errors.ShouldContain($"docs.tsv: fetching http://{bench.Server.Authority}/docs.tsv.\n");
        outcome.Errors.ShouldContain("docs.tsv: 11 bytes, SHA-256 ");
        outcome.Errors.ShouldContain("queries.tsv: 8 bytes; its publisher states no checksum.\n");
        outcome.Errors.ShouldContain("mine/set is complete. Licence: CC0.");
        outcome.Errors.ShouldEndWith($"Next:\n  dragoman data get xquad\n  dragoman index --collection {bench["cache"]}/mine/set --output idx\n");
        File.ReadAllText(bench.Cached("docs.tsv")).ShouldBe(PublisherBench.Documents);
    }

    [Fact]
    public async Task Get_Again_DoesNothing()
    {
        await using var bench = new PublisherBench();
        await bench.RunAsync("get", "mine/set");

        var outcome = await bench.RunAsync("get", "mine/set");

        outcome.ExitCode.ShouldBe(0);
        outcome.Output.ShouldBe($"{bench["cache"]}/mine/set\n");
        outcome.Errors.ShouldStartWith("mine/set is complete and was checked when it was fetched; nothing was done ('--force' fetches it again).");
        bench.Server.Requests.Count.ShouldBe(2);
        (await bench.RunAsync("get", "mine/set", "--force")).ExitCode.ShouldBe(0);
        bench.Server.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Get_OutputAndCache_GoWhereTheyAreNamed()
    {
        await using var bench = new PublisherBench();

        (await bench.RunAsync("get", "mine/set", "--output", bench["out"])).ExitCode.ShouldBe(0);
        (await bench.RunAsync("get", "mine/set", "--cache", bench["other"])).ExitCode.ShouldBe(0);

        File.ReadAllText(Path.Combine(bench["out"], "queries.tsv")).ShouldBe(PublisherBench.Queries);
        File.ReadAllText(Path.Combine(bench["other"], "mine/set/queries.tsv")).ShouldBe(PublisherBench.Queries);
        Directory.Exists(bench["cache"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Get_CacheOfXdg_HoldsIt()
    {
        await using var bench = new PublisherBench { Environment = { ["DRAGOMAN_CACHE"] = null } };
        bench.Environment["XDG_CACHE_HOME"] = bench["xdg"];

        (await bench.RunAsync("get", "mine/set")).Output.ShouldBe($"{bench["xdg"]}/dragoman/mine/set\n");
    }

    [Fact]
    public async Task Get_DataFolder_TakesThePlaceOfTheNetwork()
    {
        await using var bench = new PublisherBench();
        bench.Write("data/mine/set/docs.tsv", PublisherBench.Documents);
        bench.Write("data/mine/set/queries.tsv", PublisherBench.Queries);
        bench.Environment["DRAGOMAN_DATA"] = bench["data"];

        var outcome = await bench.RunAsync("get", "mine/set");

        outcome.Output.ShouldBe($"{bench["data"]}/mine/set\n");
        outcome.Errors.ShouldStartWith("mine/set is used where it is, in DRAGOMAN_DATA; nothing was fetched.");
        bench.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_DataFolderIsMissing_SaysSo()
    {
        await using var bench = new PublisherBench();
        bench.Environment["DRAGOMAN_DATA"] = bench["nowhere"];

        var outcome = await bench.RunAsync("get", "mine/set");

        outcome.ExitCode.ShouldBe(1);
        outcome.Errors.ShouldBe($"DRAGOMAN_DATA is '{bench["nowhere"]}', which is not a folder; name the folder of the data sets, or unset it to use the network.\n");
    }

    [Fact]
    public async Task Get_WrongBytes_FailsAndKeepsNothing()
    {
        await using var bench = new PublisherBench((asked, answer) => answer.FileAsync(asked, "not an apple"u8.ToArray()));

        var outcome = await bench.RunAsync("get", "mine/set");

        outcome.ExitCode.ShouldBe(1);
        outcome.Output.ShouldBeEmpty();
        outcome.Errors.Trim().Split('\n')[^1].ShouldStartWith($"http://{bench.Server.Authority}/docs.tsv gave a file that is not the right one: SHA-256 ");
        Directory.Exists(Path.Combine(bench["cache"], "mine/set")).ShouldBeFalse();
    }

    [Fact]
    public async Task Get_NoNetwork_SaysAddressCauseAndPlace()
    {
        await using var bench = new PublisherBench();
        bench.Catalogue();
        await bench.Server.DisposeAsync();

        var outcome = await DragomanProcess.RunAsync(bench.Surroundings(), "data", "get", "mine/set", "--catalogue", bench["mine.json"]);

        outcome.ExitCode.ShouldBe(1);
        var last = outcome.Errors.Trim().Split('\n')[^1];
        last.ShouldStartWith("http://127.0.0.1:");
        last.ShouldContain("/docs.tsv cannot be reached: ");
        last.ShouldEndWith($"put it at {bench.Cached("docs.tsv")}.");
    }

    [Fact]
    public async Task Get_ThroughAProxy_AsksTheProxy()
    {
        await using var bench = new PublisherBench { Host = "publisher.invalid" };
        bench.Environment["http_proxy"] = $"http://{bench.Server.Authority}";

        var outcome = await bench.RunAsync("get", "mine/set");

        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        bench.Server.Requests.Select(asked => asked.Target).ShouldBe(["http://publisher.invalid/docs.tsv", "http://publisher.invalid/queries.tsv"]);
    }

    [Fact]
    public async Task Get_HostOfNoProxy_IsAskedItself()
    {
        await using var bench = new PublisherBench();
        bench.Environment["http_proxy"] = "http://127.0.0.1:1";
        bench.Environment["no_proxy"] = "127.0.0.1";

        var outcome = await bench.RunAsync("get", "mine/set");

        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        bench.Server.Requests[0].Target.ShouldBe("/docs.tsv");
    }

    [Fact]
    public async Task Get_ProxyWantsAPassword_SaysSo()
    {
        await using var bench = new PublisherBench((_, answer) => answer.StatusAsync(407, "Proxy-Authenticate: Basic realm=\"here\"")) { Host = "publisher.invalid" };
        bench.Environment["http_proxy"] = $"http://{bench.Server.Authority}";

        var outcome = await bench.RunAsync("get", "mine/set");

        outcome.ExitCode.ShouldBe(1);
        outcome.Errors.ShouldContain("the proxy wants a user and password; give them in HTTPS_PROXY");
    }

    [Fact]
    public async Task Get_TwoProcesses_FetchOnce()
    {
        var (begun, open) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var bench = new PublisherBench(async (asked, answer) =>
        {
            begun.TrySetResult();
            await open.Task;
            await answer.FileAsync(asked, PublisherBench.FileOf(asked.Target));
        });
        var first = bench.RunAsync("get", "mine/set");
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        var second = bench.RunAsync("get", "mine/set");
        // Whether the second waits for the first or comes after it, it fetches nothing.
        open.SetResult();

        (await first).ExitCode.ShouldBe(0);
        (await second).ExitCode.ShouldBe(0);
        (await second).Errors.ShouldContain("nothing was done");
        bench.Server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Get_UnknownName_NamesTheNearestBeforeAnythingIsFetched()
    {
        await using var bench = new PublisherBench();

        var outcome = await bench.RunAsync("get", "mine/set", "xqaud");

        outcome.ExitCode.ShouldBe(1);
        outcome.Errors.ShouldStartWith("'xqaud' is not in the catalogue; nearest are xquad, ");
        bench.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_UnusableCatalogue_IsWrongUsage()
    {
        await using var bench = new PublisherBench { Host = "" };

        var outcome = await bench.RunAsync("get", "mine/set");

        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.ShouldContain("mine.json has 2 problems:\n  - mine/set, docs.tsv: url is 'http:///docs.tsv'; use an address");
    }
}
