using System.Text.Json.Nodes;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Evaluation.Tests.Significance;

/// <summary>The numbers in <c>tests/fixtures/significance</c>, computed by scipy.</summary>
internal static class Reference
{
    private static readonly JsonNode Root = JsonNode.Parse(File.ReadAllText(TestPaths.Fixture("significance", "reference.json")))!;

    internal static JsonNode Of(string key) => Root[key]!;

    internal static double Number(string key, string name) => (double)Root[key]![name]!;

    internal static double[] Values(JsonNode node) => [.. node.AsArray().Select(value => (double)value!)];

    internal static double[] Values(string key, string name) => Values(Root[key]![name]!);

    internal static double[][] Rows(JsonNode node) => [.. node.AsArray().Select(row => Values(row!))];

    internal static SystemScores System(string key, string name)
    {
        var rows = Root[key]![name]!.AsArray()[0] is JsonArray ? Rows(Root[key]![name]!) : [Values(key, name)];
        return Scores(name, rows);
    }

    internal static SystemScores Scores(string name, params double[][] runs) => new(name, [.. Enumerable.Range(0, runs[0].Length).Select(query => $"q{query:000}")], runs);
}
