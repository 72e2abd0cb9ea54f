using System.Text.Json.Nodes;

namespace Dragoman.Cli.Tests.Commands;

public class SearchingCommandsTests(SearchFolder folder) : IClassFixture<SearchFolder>
{
    [Fact]
    public async Task Index_SmallCollection_SaysWhatItHolds()
    {
        var run = await folder.Run("index", "--collection", "c", "--output", "again", "--model", "none", "--analyzer", "plain");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldStartWith("Indexed 4 passages (en 2, kk 1, ru 1), ");
        run.Output.ShouldContain("terms by plain-v");
        run.Output.ShouldContain("no vectors, into again in ");
        folder.Exists("again/.complete").ShouldBeTrue();
        ((string)JsonNode.Parse(folder.Read("again/config.json"))!["analyzer"]!).ShouldBe("plain");
    }

    [Fact]
    public async Task Index_NoModelNamedAndNoneShipped_SaysWhatToDo()
    {
        var run = await folder.Run("index", "--collection", "c", "--output", "none");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("No encoder ships with this copy");
        run.Errors.ShouldContain("--model none");
        folder.Exists("none").ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "corpus.jsonl: ")]
    [InlineData("""{"_id": "a", "text": "x", "lang": "kk"}""" + "\n" + """{"_id": "a", "text": "y", "lang": "kk"}""", "line 2: ")]
    [InlineData("""{"_id": "a", "text": "x", "lang": "not a tag"}""", "line 1: ")]
    [InlineData("""{"_id": "a", "text": "x", "lang": "xx"}""", "bad/corpus.jsonl, line 1: \"xx\" is not a language tag")]
    [InlineData("""{"_id": "a", "text": """, "line 1: ")]
    public async Task Index_BadCollection_SaysWhereAndLeavesNothing(string corpus, string expected)
    {
        folder.Write("bad/corpus.jsonl", corpus);

        var run = await folder.Run("index", "--collection", "bad", "--output", "bad-index", "--model", "none");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain(expected);
        run.Errors.Trim().ShouldNotContain('\n');
        Directory.EnumerateFileSystemEntries(folder.Path, "bad-index*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Retrieve_Bm25InOneLanguage_WritesATrecRun()
    {
        var run = await folder.Run("retrieve", "--index", "i", "--queries", "queries.tsv", "--method", "bm25", "--depth", "2", "--output", "en.run", "--in", "en");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldContain("Found 3 passages for 2 of 3 queries by bm25 in ");
        var lines = folder.Read("en.run").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToArray();
        lines.ShouldAllBe(fields => fields.Length == 6 && fields[1] == "Q0" && fields[5] == "bm25" && fields[2].StartsWith("en", StringComparison.Ordinal));
        lines.Select(fields => (fields[0], fields[3])).ShouldBe([("q1", "1"), ("q1", "2"), ("q2", "1")]);
    }

    [Fact]
    public async Task Retrieve_SgmlTopics_AreItsQueries()
    {
        var text = folder.Read("queries.tsv").Split('\n')[0].Split('\t')[1];
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "topics.txt"), $"<top>\n<num> Number: 007\n<title> Topic: {text}\n<desc> Description:\nnone\n</top>\n", TestContext.Current.CancellationToken);

        var run = await folder.Run("retrieve", "--index", "i", "--queries", "topics.txt", "--from", "en", "--method", "bm25", "--depth", "2", "--output", "topics.run");

        run.ExitCode.ShouldBe(0, run.Errors);
        folder.Read("topics.run").ShouldStartWith("7 Q0 ");
    }

    [Theory]
    [InlineData("--method psq", 2, "the method psq needs translation tables; name their folder with --translation-table DIR")]
    [InlineData("--k1 -1", 2, "Bm25.K1 is -1; use 0 or more")]
    [InlineData("--mu 0", 2, "QueryLikelihood.Mu is 0; use more than 0")]
    [InlineData("--b many", 2, "--b is 'many'; use a number")]
    [InlineData("--pairs unknown.run", 1, "unknown.run names 1 passage that index i lacks, the first is gone")]
    [InlineData("--pairs other.run", 1, "other.run has passages for query q9, which has no text")]
    [InlineData("--method magic", 2, "--method magic is unknown; use bm25, qld, qljm, psq, dense, hybrid or pivot")]
    [InlineData("--method dense", 2, "the method dense needs vectors, and index i was built without")]
    [InlineData("--depth 0", 2, "--depth must be 1 or more")]
    [InlineData("--in fr", 2, "is in fr; it holds en, kk, ru")]
    [InlineData("--from klingonish", 2, "is not a language tag")]
    [InlineData("--queries missing.tsv", 1, "missing.tsv")]
    [InlineData("--index nowhere", 1, "nowhere does not exist; make it with 'dragoman index'")]
    [InlineData("--index c", 1, "c is not a finished output of 'dragoman index'")]
    public async Task Retrieve_BadOption_SaysSoWithItsExitCode(string option, int exitCode, string expected)
    {
        folder.Write("unknown.run", "q1 Q0 gone 1 1 x\n");
        folder.Write("other.run", "q9 Q0 en1 1 1 x\n");
        var (name, value) = (option.Split(' ')[0], option.Split(' ')[1]);
        var arguments = new Dictionary<string, string> { ["--index"] = "i", ["--queries"] = "queries.tsv", ["--output"] = "bad.run", [name] = value };

        var run = await folder.Run(["retrieve", .. arguments.SelectMany(argument => new[] { argument.Key, argument.Value })]);

        run.ExitCode.ShouldBe(exitCode, run.Errors);
        run.Errors.ShouldContain(expected);
        folder.Exists("bad.run").ShouldBeFalse();
    }

    [Fact]
    public async Task Retrieve_DuplicateQueryIds_NamesTheLine()
    {
        folder.Write("twice.tsv", "q1\ta\nq1\tb\n");

        var run = await folder.Run("retrieve", "--index", "i", "--queries", "twice.tsv", "--output", "twice.run");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("twice.tsv, line 2");
        folder.Exists("twice.run").ShouldBeFalse();
    }

    [Fact]
    public async Task Fuse_RunsInAnyOrder_WritesTheSameFile()
    {
        folder.Write("a.run", "q2 Q0 d1 1 3 a\nq2 Q0 d2 2 2 a\nq1 Q0 d9 1 1 a\n");
        folder.Write("b.run", "q2 Q0 d2 1 9 b\nq2 Q0 d3 2 8 b\n");

        (await folder.Run("fuse", "--run", "a.run", "--run", "b.run", "--output", "ab.run")).ExitCode.ShouldBe(0);
        (await folder.Run("fuse", "--run", "b.run", "--run", "a.run", "--output", "ba.run")).ExitCode.ShouldBe(0);

        folder.Read("ab.run").ShouldBe(folder.Read("ba.run"));
        folder.Read("ab.run").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(' ', line.Split(' ').Take(4))).ShouldBe(["q1 Q0 d9 1", "q2 Q0 d2 1", "q2 Q0 d1 2", "q2 Q0 d3 3"]);
    }

    [Fact]
    public async Task RetrieveAndFuse_LeaveAManifestEach_ThatLeadsBackToTheCollection()
    {
        (await folder.Run("retrieve", "--index", "i", "--queries", "queries.tsv", "--method", "bm25", "--depth", "3", "--output", "all.run", "--in", "en,ru")).ExitCode.ShouldBe(0);
        (await folder.Run("fuse", "--run", "all.run", "--run", "all.run", "--output", "all2.run")).ExitCode.ShouldBe(0);

        var fused = JsonNode.Parse(folder.Read("all2.run.manifest.json"))!;
        ((string)fused["stage"]!).ShouldBe("fuse");
        ((double)fused["options"]!["k"]!).ShouldBe(60);
        var retrieved = fused["inputs"]![1]!["manifest"]!;
        retrieved.ToJsonString().ShouldBe(JsonNode.Parse(folder.Read("all.run.manifest.json"))!.ToJsonString());
        ((int)retrieved["options"]!["depth"]!).ShouldBe(3);
        retrieved["options"]!["in"]!.ToJsonString().ShouldBe("""["en","ru"]""");
        retrieved["inputs"]!.AsArray().Select(input => (string)input!["role"]!).ShouldBe(["index", "queries", "collection"]);
        ((string)retrieved["inputs"]![2]!["path"]!).ShouldBe("c/corpus.jsonl");
    }

    [Fact]
    public async Task Retrieve_ToStandardOutput_LeavesNoManifest()
    {
        var run = await folder.Run("retrieve", "--index", "i", "--queries", "queries.tsv", "--method", "bm25", "--output", "/dev/stdout");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldStartWith("q1 Q0 ");
        run.Output.ShouldNotContain("{");
        folder.Exists("/dev/stdout.manifest.json").ShouldBeFalse();
    }

    [Fact]
    public async Task Fuse_OneRunOrAMalformedOne_IsRefused()
    {
        folder.Write("good.run", "q1 Q0 d1 1 3 a\n");
        folder.Write("short.run", "q1 Q0 d1 1 3\n");

        var one = await folder.Run("fuse", "--run", "good.run", "--output", "bad.run");
        var malformed = await folder.Run("fuse", "--run", "good.run", "--run", "short.run", "--output", "bad.run");

        one.ExitCode.ShouldBe(2);
        one.Errors.ShouldContain("at least two runs");
        malformed.ExitCode.ShouldBe(1);
        malformed.Errors.ShouldContain("short.run, line 1: 5 fields, expected 6");
        folder.Exists("bad.run").ShouldBeFalse();
    }

    [Fact]
    public async Task Search_Redirected_IsPlainText()
    {
        var run = await folder.Run("search", "--index", "i", "Samarkand", "--in", "ru,en");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldNotContain('\u001b');
        run.Output.ShouldNotContain('\u2068');
        run.Output.ShouldContain("  ru  Верблюд\n");
        run.Output.ShouldContain("  en  Camel\n     The camel stands heat and cold. Samarkand was far.\n");
        run.Errors.ShouldContain("2 of 4 passages by bm25 in ");
    }

    [Fact]
    public async Task Search_Json_IsOneObject()
    {
        var run = await folder.Run("search", "--index", "i", "түйе", "--from", "kk", "--format", "json");

        var answer = JsonNode.Parse(run.Output)!;
        ((string)answer["from"]!).ShouldBe("kk");
        ((string)answer["results"]![0]!["id"]!).ShouldBe("kk1");
    }

    [Fact]
    public async Task Search_NothingFound_SaysSoAndSucceeds()
    {
        var run = await folder.Run("search", "--index", "i", "absent");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldBe("No passage found.\n");
    }

    [Fact]
    public async Task Serve_BadPortOrAddress_IsWrongUsage()
    {
        (await folder.Run("serve", "--index", "i", "--port", "70000")).ExitCode.ShouldBe(2);
        var address = await folder.Run("serve", "--index", "i", "--urls", "nonsense");
        address.ExitCode.ShouldBe(2);
        address.Errors.ShouldContain("\"nonsense\" is not an address to listen at");
    }

    [Fact]
    public async Task Serve_PortInUse_SaysSoInOneSentence()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;

        var run = await folder.Run("serve", "--index", "i", "--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture));

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("address already in use; stop the other program or choose another with --port.");
        run.Errors.Trim().ShouldNotContain('\n');
    }
}
