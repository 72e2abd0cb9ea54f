using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Evaluation;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Cli.Reports;

/// <summary>Prints the measures of runs as a table, as tab-separated values (run, query, measure, value), or as JSON.</summary>
internal static class MeasureReport
{
    private const string AllQueries = "all";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void Print(IReadOnlyList<EvaluatedRun> runs, bool byQuery, string format)
    {
        if (format == "json") Console.Out.WriteLine(Json(runs, byQuery).ToJsonString(Indented));
        else if (format == "tsv") PrintValues(runs, byQuery);
        else PrintTable(runs, byQuery);
    }

    private static void PrintTable(IReadOnlyList<EvaluatedRun> runs, bool byQuery)
    {
        string[] header = ["run", .. byQuery ? ["query"] : Array.Empty<string>(), .. runs[0].Result.Measures.Select(measure => measure.Name)];
        var rows = Rows(runs, byQuery).Select(row => (string[])
            [row.Run, .. byQuery ? [row.Query] : Array.Empty<string>(), .. runs[0].Result.Measures.Select((measure, i) => Text(measure, row.Values[i]))]).ToList();
        TextTable.Print(header, rows, leftColumns: byQuery ? 2 : 1);
    }

    private static void PrintValues(IReadOnlyList<EvaluatedRun> runs, bool byQuery)
    {
        Console.Out.WriteLine("run\tquery\tmeasure\tvalue");
        foreach (var (run, query, values) in Rows(runs, byQuery))
            for (var i = 0; i < values.Count; i++)
                Console.Out.WriteLine($"{run}\t{query}\t{runs[0].Result.Measures[i]}\t{Text(runs[0].Result.Measures[i], values[i])}");
    }

    private static JsonObject Json(IReadOnlyList<EvaluatedRun> runs, bool byQuery)
    {
        var list = new JsonArray();
        foreach (var (path, tag, result) in runs)
        {
            var run = new JsonObject
            {
                ["path"] = path,
                ["tag"] = tag,
                ["queries"] = result.QueryIds.Count,
                ["queries_only_in_run"] = result.QueriesOnlyInRun,
                ["queries_only_in_qrels"] = result.QueriesOnlyInQrels,
                ["constant_score_queries"] = result.ConstantScoreQueries,
                ["measures"] = Object(result, result.Overall),
            };
            if (byQuery) run["by_query"] = new JsonObject(result.QueryIds.Select((id, i) => KeyValuePair.Create<string, JsonNode?>(id, Object(result, result.ByQuery[i]))));
            list.Add(run);
        }
        return new JsonObject { ["runs"] = list };
    }

    private static JsonObject Object(EvaluationResult result, IReadOnlyList<double> values) =>
        new(result.Measures.Select((measure, i) => KeyValuePair.Create<string, JsonNode?>(measure.Name, values[i])));

    private static IEnumerable<(string Run, string Query, IReadOnlyList<double> Values)> Rows(IReadOnlyList<EvaluatedRun> runs, bool byQuery)
    {
        // A run goes by its tag, or by its file when two runs share the tag.
        var byTag = runs.Select(run => run.Tag).Distinct(StringComparer.Ordinal).Count() == runs.Count;
        foreach (var run in runs)
        {
            var name = byTag ? run.Tag : run.Path;
            for (var i = 0; byQuery && i < run.Result.QueryIds.Count; i++) yield return (name, run.Result.QueryIds[i], run.Result.ByQuery[i]);
            yield return (name, AllQueries, run.Result.Overall);
        }
    }

    private static string Text(Measure measure, double value) => value.ToString(measure.IsCount ? "F0" : "F4", CultureInfo.InvariantCulture);
}
