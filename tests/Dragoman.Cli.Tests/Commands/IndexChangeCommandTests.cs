using System.Globalization;
using System.Text.Json.Nodes;

namespace Dragoman.Cli.Tests.Commands;

public class IndexChangeCommandTests
{
    [Fact]
    public async Task AddDeleteMerge_SmallIndex_IsSearchedAtOnce()
    {
        var folder = await Start();
        folder.Write("more/corpus.jsonl", """{"_id": "en3", "text": "A caravan of camel and horse", "lang": "en"}""" + "\n" + """{"_id": "en2", "text": "no beast at all", "lang": "en"}""" + "\n");

        var add = await folder.Run("index", "add", "--index", "i", "--collection", "more", "--replace");
        add.ExitCode.ShouldBe(0, add.Errors);
        add.Output.ShouldStartWith("Added 2 passages to i, 1 of them in place of others; it holds 5 now.");
        (await Found(folder, "camel")).ShouldBe(["en1", "en3"], ignoreOrder: true);

        folder.Write("old.txt", "en3\nnever-there\n");
        var delete = await folder.Run("index", "delete", "--index", "i", "--ids", "old.txt");
        delete.ExitCode.ShouldBe(0, delete.Errors);
        delete.Output.ShouldBe("Deleted 1 passage from i; it holds 4 now.\n");
        delete.Errors.ShouldContain("1 of 2 ids not in the index");
        (await Found(folder, "camel")).ShouldBe(["en1"]);

        var merge = await folder.Run("index", "merge", "--index", "i");
        merge.ExitCode.ShouldBe(0, merge.Errors);
        merge.Output.ShouldStartWith("i holds 4 passages in 1 segments of ");
        (await Found(folder, "camel")).ShouldBe(["en1"]);

        var info = JsonNode.Parse((await folder.Run("index", "info", "--index", "i", "--verify")).Output)!;
        ((int)info["passages"]!).ShouldBe(4);
        info["segments"]!.AsArray().Count.ShouldBe(1);
        await folder.DisposeAsync();
    }

    [Fact]
    public async Task RetrievePairsAndExplain_EveryTermMethod_GiveTheScoreOfTheSearch()
    {
        var folder = await Start();
        folder.Write("q.tsv", "q1\tcamel stands Samarkand\n");
        foreach (var method in new[] { "bm25", "qld", "qljm" })
        {
            (await folder.Run("retrieve", "--index", "i", "--queries", "q.tsv", "--method", method, "--output", "found.run")).ExitCode.ShouldBe(0);
            (await folder.Run("retrieve", "--index", "i", "--queries", "q.tsv", "--method", method, "--pairs", "found.run", "--output", "again.run")).ExitCode.ShouldBe(0);
            folder.Read("again.run").ShouldBe(folder.Read("found.run"));
            var (id, score) = folder.Read("found.run").Split('\n')[0].Split(' ') switch { var fields => (fields[2], double.Parse(fields[4], CultureInfo.InvariantCulture)) };

            var json = await folder.Run("explain", "--index", "i", "--passage", id, "--method", method, "--format", "json", "camel stands Samarkand");
            var text = await folder.Run("explain", "--index", "i", "--passage", id, "--method", method, "camel stands Samarkand");

            json.ExitCode.ShouldBe(0, json.Errors);
            ((double)JsonNode.Parse(json.Output)!["score"]!).ShouldBe(score);
            text.Output.ShouldContain($"by {method}; ");
            text.Output.ShouldContain("samarkand");
        }
        await folder.DisposeAsync();
    }

    [Fact]
    public async Task RetrieveWeightedAndExpanded_SmallIndex_FollowTheWeights()
    {
        var folder = await Start();
        folder.Write("weights.tsv", "q1\tcamel^0.01 verblud верблюд^5\n");

        (await folder.Run("retrieve", "--index", "i", "--queries", "weights.tsv", "--weighted", "--output", "w.run")).ExitCode.ShouldBe(0);
        folder.Read("w.run").Split('\n')[0].ShouldStartWith("q1 Q0 ru1 1 ");

        folder.Write("heat.tsv", "q1\theat\n");
        var plain = await folder.Run("retrieve", "--index", "i", "--queries", "heat.tsv", "--method", "bm25", "--output", "plain.run");
        var expanded = await folder.Run("retrieve", "--index", "i", "--queries", "heat.tsv", "--method", "bm25", "--rm3", "--output", "rm3.run");
        plain.Errors.ShouldContain("Found 1 passage for");
        expanded.ExitCode.ShouldBe(0, expanded.Errors);
        expanded.Errors.ShouldContain("by bm25+rm3");
        // "camel" and "Samarkand" of the passage found bring the two others that hold them.
        folder.Read("rm3.run").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[2]).ShouldBe(["en1", "en2", "ru1"], ignoreOrder: true);
        await folder.DisposeAsync();
    }

    private static async Task<SearchFolder> Start()
    {
        var folder = new SearchFolder();
        await folder.InitializeAsync();
        return folder;
    }

    private static async Task<List<string>> Found(SearchFolder folder, string query)
    {
        var run = await folder.Run("search", "--index", "i", query, "--format", "json");
        run.ExitCode.ShouldBe(0, run.Errors);
        return [.. JsonNode.Parse(run.Output)!["results"]!.AsArray().Select(result => (string)result!["id"]!)];
    }
}
