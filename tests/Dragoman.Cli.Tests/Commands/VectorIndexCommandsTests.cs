using System.Text.Json.Nodes;

namespace Dragoman.Cli.Tests.Commands;

/// <summary>Vectors of an index through the command line: their form, graphs of them, and exact search.</summary>
public class VectorIndexCommandsTests(SearchFolder folder) : IClassFixture<SearchFolder>
{
    private static readonly string Model = Path.Combine(TestPaths.Repository, "models", "dragoman-static");

    [Fact]
    public async Task IndexAndRetrieve_RescoredVectorsWithGraphs_FindWhatExactSearchFinds()
    {
        (await folder.Run("index", "--collection", "c", "--output", "v", "--model", Model, "--vectors", "rescored", "--vectors-index", "hnsw", "--hnsw-from", "1", "--hnsw-links", "4")).ExitCode.ShouldBe(0);

        var described = JsonNode.Parse((await folder.Run("index", "info", "--index", "v")).Output)!;
        ((string)described["precision"]!).ShouldBe("rescored");
        ((int)described["graphs"]!["passages"]!).ShouldBe(4);
        ((int)described["graphs"]!["options"]!["links"]!).ShouldBe(4);
        (await folder.Run("retrieve", "--index", "v", "--queries", "queries.tsv", "--method", "dense", "--depth", "3", "--output", "graph.run")).ExitCode.ShouldBe(0);
        (await folder.Run("retrieve", "--index", "v", "--queries", "queries.tsv", "--method", "dense", "--depth", "3", "--exact", "--output", "exact.run")).ExitCode.ShouldBe(0);
        folder.Read("graph.run").ShouldBe(folder.Read("exact.run"));

        var removed = await folder.Run("index", "hnsw", "--index", "v", "--vectors-index", "none");
        removed.Output.Trim().ShouldBe("v holds no graphs now.");
    }

    [Fact]
    public async Task Hnsw_IndexWithoutVectors_IsRefused()
    {
        var run = await folder.Run("index", "hnsw", "--index", "i");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("Index i has no vectors to make graphs of");
        run.Errors.Trim().ShouldNotContain('\n');
    }

    [Theory]
    [InlineData("--hnsw-links", "1", "--hnsw-links must be 2 to 128")]
    [InlineData("--vectors-index", "trees", "--vectors-index is 'trees'; use hnsw or none")]
    [InlineData("--breadth", "0", "--breadth")]
    public async Task Hnsw_BadOption_IsWrongUsage(string option, string value, string problem)
    {
        var run = await folder.Run("index", "hnsw", "--index", "i", option, value);

        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain(problem);
    }

    [Fact]
    public async Task Encode_Side_IsQueryOrPassage()
    {
        folder.Write("texts.jsonl", """{"id": "a", "text": "camel"}""");

        (await folder.Run("encode", "--model", Model, "--input", "texts.jsonl", "--output", "q.jsonl", "--side", "query")).ExitCode.ShouldBe(0);
        var wrong = await folder.Run("encode", "--model", Model, "--input", "texts.jsonl", "--output", "w.jsonl", "--side", "both");

        folder.Read("q.jsonl").ShouldStartWith("{\"id\":\"a\",\"vector\":[");
        wrong.ExitCode.ShouldBe(2);
        wrong.Errors.ShouldContain("--side is 'both'; use query or passage");
    }
}
