using System.Text.Json.Nodes;

namespace Dragoman.Cli.Tests.Commands;

/// <summary>Queries that carry no language, over an index whose stems go by language.</summary>
public sealed class AssumedLanguageTests(SearchFolder folder) : IClassFixture<SearchFolder>
{
    [Fact]
    public async Task Search_NoLanguage_StemsByTheOneAssumedAndSaysSo()
    {
        await Build();

        var assumed = await folder.Run("search", "--index", "p", "camels carrying papers", "--format", "json");
        var stated = await folder.Run("search", "--index", "p", "camels carrying papers", "--from", "ru", "--format", "json");

        var answer = JsonNode.Parse(assumed.Output)!;
        ((string)answer["from"]!).ShouldBe("en");
        ((double)answer["fromProbability"]!).ShouldBeInRange(0.5, 1);
        answer["results"]!.AsArray().Select(result => (string)result!["id"]!).ShouldBe(["en2", "en1"]);
        assumed.Errors.ShouldContain("The query carries no language and was taken for English (en, probability ");
        JsonNode.Parse(stated.Output)!["fromProbability"].ShouldBeNull();
        stated.Errors.ShouldNotContain("taken for");
    }

    [Fact]
    public async Task Explain_NoLanguage_ExplainsTheScoreThatSearchGives()
    {
        await Build();

        var explained = await folder.Run("explain", "--index", "p", "--passage", "en2", "camels carrying papers", "--format", "json");
        var searched = await folder.Run("search", "--index", "p", "camels carrying papers", "--format", "json");

        explained.Errors.ShouldContain("taken for English");
        ((double)JsonNode.Parse(explained.Output)!["score"]!).ShouldBe((double)JsonNode.Parse(searched.Output)!["results"]![0]!["score"]!, 1e-9);
    }

    [Fact]
    public async Task Retrieve_QueriesWithoutLanguage_AreCountedAndRecorded()
    {
        await Build();
        folder.Write("und.tsv", "q1\tcamels carrying\nq2\tтүйелеріміз\nq3\t12345\n");

        var run = await folder.Run("retrieve", "--index", "p", "--queries", "und.tsv", "--output", "und.run");
        var again = await folder.Run("retrieve", "--index", "p", "--queries", "und.tsv", "--output", "again.run");
        var stated = await folder.Run("retrieve", "--index", "p", "--queries", "und.tsv", "--from", "en", "--output", "en.run");

        run.Errors.ShouldContain("warning: 3 queries of 3 without a language, taken by their text for en 1, kk 1; 1 left without.");
        var recorded = JsonNode.Parse(folder.Read("und.run.manifest.json"))!["options"]!["assumed_languages"]!;
        recorded["queries"]!.ToJsonString().ShouldBe("""{"en":1,"kk":1}""");
        ((string)recorded["identifier"]!).ShouldNotBeEmpty();
        folder.Read("again.run").ShouldBe(folder.Read("und.run"));
        again.ExitCode.ShouldBe(0);
        stated.Errors.ShouldNotContain("without a language");
        JsonNode.Parse(folder.Read("en.run.manifest.json"))!["options"]!["assumed_languages"].ShouldBeNull();
    }

    private async Task Build()
    {
        if (!folder.Exists("p")) (await folder.Run("index", "--collection", "c", "--output", "p", "--model", "none", "--analyzer", "per-language")).ExitCode.ShouldBe(0);
    }
}
