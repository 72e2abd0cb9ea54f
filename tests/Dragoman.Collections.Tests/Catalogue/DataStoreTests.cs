using System.Text.Json.Nodes;
using Dragoman.Collections.Catalogue;
using Dragoman.Collections.Downloads;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Tests.Downloads;

namespace Dragoman.Collections.Tests.Catalogue;

public sealed class DataStoreTests
{
    [Fact]
    public async Task Get_NewEntry_IsFetchedCheckedAndRecorded()
    {
        await using var bench = new StoreBench();

        var fetched = await bench.GetAsync();

        fetched.Outcome.ShouldBe(FetchOutcome.Fetched);
        fetched.Folder.ShouldBe(Path.Combine(bench.Places.Cache, "mine", "set"));
        File.ReadAllText(bench.CacheOf("docs.tsv")).ShouldBe(StoreBench.Documents);
        File.ReadAllText(bench.CacheOf("sub/queries.jl")).ShouldBe(StoreBench.Queries);
        var record = JsonNode.Parse(File.ReadAllText(bench.CacheOf("dragoman-data.json")))!;
        record["entry"]!.GetValue<string>().ShouldBe("mine/set");
        record["licence"]!.GetValue<string>().ShouldBe("CC0");
        var documents = record["files"]![0]!;
        documents["path"]!.GetValue<string>().ShouldBe("docs.tsv");
        documents["from"]!.GetValue<string>().ShouldBe(bench.Server.Url("docs.tsv").AbsoluteUri);
        documents["eTag"]!.GetValue<string>().ShouldBe("\"v1\"");
        documents["bytes"]!.GetValue<long>().ShouldBe(StoreBench.FileOf("docs.tsv").Length);
        documents["sha256"]!.GetValue<string>().Length.ShouldBe(64);
        documents["checked"]!.GetValue<string>().ShouldStartWith("MD5 ");
        documents["fetched"]!.GetValue<DateTimeOffset>().ShouldBe(QuickTime.Now);
        record["files"]![1]!["checked"].ShouldBeNull();
    }

    [Fact]
    public async Task Get_Again_DoesNothing()
    {
        await using var bench = new StoreBench();
        await bench.GetAsync();

        var fetched = await bench.GetAsync();

        fetched.Outcome.ShouldBe(FetchOutcome.AlreadyThere);
        bench.Server.Requests.Count.ShouldBe(2);
        EntryState.Of(bench.Entry, bench.Places).Files.ShouldAllBe(file => file.Presence == FilePresence.Complete);
    }

    [Fact]
    public async Task Get_Force_FetchesAgain()
    {
        await using var bench = new StoreBench();
        await bench.GetAsync();

        (await bench.GetAsync(force: true)).Outcome.ShouldBe(FetchOutcome.Fetched);

        bench.Server.Requests.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("docs.tsv")]
    [InlineData("sub/queries.jl")]
    public async Task Get_FileWasChanged_IsRefused(string file)
    {
        await using var bench = new StoreBench();
        await bench.GetAsync();
        await File.AppendAllTextAsync(bench.CacheOf(file), "more", TestContext.Current.CancellationToken);

        var failure = await Should.ThrowAsync<DragomanException>(bench.GetAsync());

        failure.Message.ShouldStartWith($"{bench.CacheOf(file)} is not the right file (");
        failure.Message.ShouldContain("--force");
        (await bench.GetAsync(force: true)).Outcome.ShouldBe(FetchOutcome.Fetched);
    }

    [Fact]
    public async Task Get_FilesPutThereByHand_AreCheckedAndUsed()
    {
        await using var bench = new StoreBench();
        bench.Folder.Write("cache/mine/set/docs.tsv", StoreBench.Documents);
        bench.Folder.Write("cache/mine/set/sub/queries.jl", StoreBench.Queries);

        (await bench.GetAsync()).Outcome.ShouldBe(FetchOutcome.Fetched);

        bench.Server.Requests.ShouldBeEmpty();
        (await bench.GetAsync()).Outcome.ShouldBe(FetchOutcome.AlreadyThere);
        File.ReadAllText(bench.CacheOf("dragoman-data.json")).ShouldContain("put there by hand");
    }

    [Fact]
    public async Task Get_DataFolderHasAll_IsUsedInPlace()
    {
        await using var bench = new StoreBench();
        bench.Folder.Write("data/mine/set/docs.tsv", StoreBench.Documents);
        bench.Folder.Write("data/mine/set/sub/queries.jl", StoreBench.Queries);
        bench.Places = bench.Places with { Data = bench.Folder["data"] };

        var fetched = await bench.GetAsync();

        fetched.Outcome.ShouldBe(FetchOutcome.UsedInPlace);
        fetched.Folder.ShouldBe(Path.Combine(bench.Folder["data"], "mine/set"));
        bench.Server.Requests.ShouldBeEmpty();
        Directory.Exists(bench.Places.Cache).ShouldBeFalse();
    }

    [Fact]
    public async Task Get_DataFolderHasSome_TheRestIsFetchedBeside()
    {
        await using var bench = new StoreBench();
        bench.Folder.Write("data/elsewhere/docs.tsv", StoreBench.Documents);
        bench.Places = bench.Places with { Data = bench.Folder["data"] };

        (await bench.GetAsync()).Folder.ShouldBe(bench.Places.FolderOf(bench.Entry));

        bench.Server.Requests.Single().Target.ShouldBe("/queries.jl");
        File.ReadAllText(bench.CacheOf("docs.tsv")).ShouldBe(StoreBench.Documents);
        bench.Said.ShouldContain(line => line.Contains("was copied from", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_NetworkFails_WhatIsHereIsInPlace()
    {
        await using var bench = new StoreBench((_, answer) => answer.StatusAsync(404));
        bench.Folder.Write("data/elsewhere/sub/queries.jl", StoreBench.Queries);
        bench.Places = bench.Places with { Data = bench.Folder["data"] };

        await Should.ThrowAsync<DownloadException>(bench.GetAsync());

        EntryState.Of(bench.Entry, bench.Places).Files.Select(file => file.Presence).ShouldBe([FilePresence.Missing, FilePresence.Complete]);
    }

    [Fact]
    public async Task Get_RecordIsDamaged_FilesAreCheckedAgain()
    {
        await using var bench = new StoreBench();
        await bench.GetAsync();
        foreach (var damage in (string[])["{", "null", "{\"entry\": \"mine/set\", \"licence\": \"\", \"citation\": \"\", \"files\": [null]}", "{\"entry\": \"another\", \"licence\": \"\", \"citation\": \"\", \"files\": []}"])
        {
            await File.WriteAllTextAsync(bench.CacheOf("dragoman-data.json"), damage, TestContext.Current.CancellationToken);
            (await bench.GetAsync()).Outcome.ShouldBe(FetchOutcome.Fetched);
        }
        bench.Server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Get_DataFolderHasAnotherFile_IsRefused()
    {
        await using var bench = new StoreBench();
        bench.Folder.Write("data/mine/set/docs.tsv", "something else");
        bench.Folder.Write("data/mine/set/sub/queries.jl", StoreBench.Queries);
        bench.Places = bench.Places with { Data = bench.Folder["data"] };

        var failure = await Should.ThrowAsync<DragomanException>(bench.GetAsync());

        failure.Message.ShouldContain("docs.tsv is not the file that the catalogue describes (MD5 ");
        failure.Message.ShouldContain("unset DRAGOMAN_DATA");
        bench.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_Output_TakesWhatTheCacheHas()
    {
        await using var bench = new StoreBench();
        await bench.GetAsync();

        var fetched = await bench.GetAsync(output: bench.Folder["here"]);

        fetched.Folder.ShouldBe(bench.Folder["here"]);
        File.ReadAllText(Path.Combine(bench.Folder["here"], "sub/queries.jl")).ShouldBe(StoreBench.Queries);
        bench.Server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Get_WrongBytes_KeepsNothingOfThem()
    {
        await using var bench = new StoreBench((asked, answer) => answer.FileAsync(asked, "<html>no</html>"u8.ToArray()));

        await Should.ThrowAsync<DownloadException>(bench.GetAsync());

        File.Exists(bench.CacheOf("docs.tsv")).ShouldBeFalse();
        EntryState.Of(bench.Entry, bench.Places).Files.ShouldAllBe(file => file.Presence == FilePresence.Missing);
    }

    [Fact]
    public async Task Get_SecondFileFails_FirstIsNotFetchedAgain()
    {
        var fails = true;
        await using var bench = new StoreBench((asked, answer) => fails && asked.Target == "/queries.jl" ? answer.StatusAsync(404) : answer.FileAsync(asked, StoreBench.FileOf(asked.Target)));

        await Should.ThrowAsync<DownloadException>(bench.GetAsync());
        fails = false;
        await bench.GetAsync();

        bench.Server.Requests.Select(asked => asked.Target).ShouldBe(["/docs.tsv", "/queries.jl", "/queries.jl"]);
    }

    [Fact]
    public async Task Get_TwoAtOnce_FetchOnce()
    {
        var waiting = new TaskCompletionSource();
        await using var bench = new StoreBench(async (asked, answer) =>
        {
            await waiting.Task;
            await answer.FileAsync(asked, StoreBench.FileOf(asked.Target));
        });
        bench.OnSaid = line => { if (line.Contains("another process is fetching here", StringComparison.Ordinal)) waiting.TrySetResult(); };

        var outcomes = await Task.WhenAll(bench.GetAsync(), bench.GetAsync());

        outcomes.Select(fetched => fetched.Outcome).Order().ShouldBe([FetchOutcome.AlreadyThere, FetchOutcome.Fetched]);
        bench.Server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Get_CacheIsAFile_SaysWhatCannotBeWritten()
    {
        await using var bench = new StoreBench();
        bench.Folder.Write("cache", "in the way");

        var failure = await Should.ThrowAsync<DragomanException>(bench.GetAsync());

        failure.Message.ShouldContain("cannot be written (");
        failure.Message.ShouldContain("--cache or --output");
    }

    [Fact]
    public async Task Get_MoreThanTheDiskHolds_IsRefusedBeforeTheFirstByte()
    {
        await using var bench = new StoreBench();
        bench.Entry = bench.Catalogue(documents: $"\"url\": \"{bench.Server.Url("docs.tsv")}\", \"bytes\": {long.MaxValue / 2}").Find("mine/set");

        var failure = await Should.ThrowAsync<DragomanException>(bench.GetAsync());

        failure.Message.ShouldContain("has room for ");
        bench.Server.Requests.ShouldBeEmpty();
        Directory.Exists(bench.Folder["cache"]).ShouldBeFalse(); // nor folders that nothing came into
    }
}
