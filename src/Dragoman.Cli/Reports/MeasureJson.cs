using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Evaluation;
using Dragoman.Evaluation.Guards;
using Dragoman.Evaluation.Languages;

namespace Dragoman.Cli.Reports;

/// <summary>The measures of runs as JSON, all digits; null where a measure is not defined.</summary>
internal static class MeasureJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Of(IReadOnlyList<EvaluatedRun> runs, bool byQuery) =>
        new JsonObject { ["runs"] = new JsonArray([.. runs.Select(run => Run(run, byQuery))]) }.ToJsonString(Indented);

    private static JsonObject Run(EvaluatedRun evaluated, bool byQuery)
    {
        var (path, tag, result) = evaluated;
        var run = new JsonObject
        {
            ["path"] = path,
            ["tag"] = tag,
            ["queries"] = result.QueryIds.Count,
            ["queries_only_in_run"] = result.QueriesOnlyInRun,
            ["queries_only_in_qrels"] = result.QueriesOnlyInQrels,
            ["constant_score_queries"] = result.ConstantScoreQueries,
            ["measures"] = Values(result, result.Overall),
            ["warnings"] = new JsonArray([.. evaluated.Warnings.Select(Warning)]),
        };
        if (evaluated.Languages.Count > 0) run["by_language"] = new JsonArray([.. evaluated.Languages.Select(Language)]);
        if (byQuery) run["by_query"] = new JsonObject(result.QueryIds.Select((id, i) => KeyValuePair.Create<string, JsonNode?>(id, Values(result, result.ByQuery[i]))));
        return run;
    }

    private static JsonObject Warning(EvaluationWarning warning) => new()
    {
        ["name"] = warning.Name,
        ["text"] = warning.Text,
        ["measures"] = new JsonArray([.. warning.Measures.Select(measure => (JsonNode)measure)]),
        ["queries"] = warning.Queries,
    };

    private static JsonObject Language(LanguageRow row) => new()
    {
        ["queries_in"] = row.QueryLanguage,
        ["passages_in"] = row.PassageLanguage,
        ["queries"] = row.Result.QueryIds.Count,
        ["share"] = row.Share,
        ["measures"] = Values(row.Result, row.Result.Overall),
    };

    private static JsonObject Values(EvaluationResult result, IReadOnlyList<double> values) =>
        new(result.Measures.Select((measure, i) => KeyValuePair.Create(measure.Name, double.IsNaN(values[i]) ? null : (JsonNode?)values[i])));
}
