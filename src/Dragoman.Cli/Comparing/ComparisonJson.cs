using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Cli.Comparing;

/// <summary>Comparisons as JSON, all digits; what could not be computed is null.</summary>
internal static class ComparisonJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Of(IReadOnlyList<Comparison> comparisons, ComparisonOptions options, IReadOnlyList<string> warnings, bool byQuery) => new JsonObject
    {
        ["alpha"] = options.Alpha,
        ["power"] = options.Power,
        ["correction"] = options.Correction.ToString().ToLowerInvariant(),
        ["permutations"] = options.Permutations,
        ["resamples"] = options.Resamples,
        ["seed"] = options.Seed,
        ["paired_runs"] = options.PairedRuns,
        ["warnings"] = new JsonArray([.. warnings.Select(warning => (JsonNode)warning)]),
        ["comparisons"] = new JsonArray([.. comparisons.Select(comparison => Object(comparison, byQuery))]),
    }.ToJsonString(Indented);

    private static JsonObject Object(Comparison comparison, bool byQuery)
    {
        var node = new JsonObject
        {
            ["measure"] = comparison.Measure,
            ["queries"] = comparison.ByQuery.Count,
            ["baseline"] = Object(comparison.Baseline),
            ["system"] = Object(comparison.System),
            ["difference"] = comparison.Difference,
            ["interval"] = Array(ComparisonText.Interval(comparison)),
            ["percentile_interval"] = comparison.ByQuery.Count > 1 ? Array(comparison.Interval.Percentile) : null,
            ["p"] = comparison.Randomisation.PValue,
            ["p_standard_error"] = comparison.Randomisation.StandardError,
            ["p_is_exact"] = comparison.Randomisation.IsExact,
            ["assignments"] = comparison.Randomisation.Assignments,
            ["t"] = comparison.TTest?.T,
            ["degrees_of_freedom"] = comparison.TTest?.DegreesOfFreedom,
            ["standard_error"] = comparison.TTest?.StandardError,
            ["p_t"] = comparison.TTest?.PValue,
            ["corrected_p"] = comparison.CorrectedPValue,
            ["significant"] = comparison.IsSignificant,
            ["d_z"] = comparison.EffectSize,
            ["g_z"] = comparison.CorrectedEffectSize,
            ["minimal_detectable_difference"] = comparison.MinimalDetectableDifference,
            ["wins"] = comparison.Wins,
            ["ties"] = comparison.Ties,
            ["losses"] = comparison.Losses,
        };
        if (byQuery)
        {
            node["by_query"] = new JsonArray([.. comparison.ByQuery.Select(query =>
                new JsonObject { ["query"] = query.QueryId, ["baseline"] = query.Baseline, ["system"] = query.System, ["difference"] = query.Difference })]);
        }
        return node;
    }

    private static JsonObject Object(SystemScores system)
    {
        var node = new JsonObject { ["name"] = system.Name, ["mean"] = system.Mean, ["run_means"] = new JsonArray([.. system.ByRun.Select(run => JsonValue.Create(run.Average()))]) };
        if (VarianceComponents.Of(system) is { } variance)
            node["variance"] = new JsonObject { ["query"] = variance.Query, ["run"] = variance.Run, ["residual"] = variance.Residual };
        return node;
    }

    private static JsonArray? Array(Interval? interval) => interval is { } known ? [known.Low, known.High] : null;
}
