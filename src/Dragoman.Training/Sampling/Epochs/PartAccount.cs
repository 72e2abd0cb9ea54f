using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Training.Sampling.Rejection.Ledger;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>What a part of an epoch's sampling came to and cost.</summary>
internal sealed record PartAccount
{
    /// <summary>The part's name.</summary>
    internal required string Part { get; init; }

    /// <summary>What it made.</summary>
    internal required PartResult Result { get; init; }

    /// <summary>Time in the scores that the model in training gave.</summary>
    internal required TimeSpan Scoring { get; init; }

    /// <summary>Time in the teacher.</summary>
    internal required TimeSpan Teacher { get; init; }

    /// <summary>Pairs that the teacher was asked for.</summary>
    internal required long Asked { get; init; }

    /// <summary>Time in all.</summary>
    internal required TimeSpan Elapsed { get; init; }

    /// <summary>As an event of the log.</summary>
    /// <param name="epoch">The epoch.</param>
    internal JsonObject ToJson(int epoch)
    {
        var weights = Result.Groups.Select(group => group.Group.Weight).ToList();
        var squares = weights.Sum(weight => weight * weight);
        var json = new JsonObject
        {
            ["epoch"] = epoch, ["part"] = Part, ["groups"] = Result.Groups.Count, ["fallbacks"] = Result.Fallbacks, ["from_pool"] = Result.FromPool, ["added"] = Result.Added,
            ["mean_weight"] = Number(weights.Count == 0 ? 0 : weights.Average()), ["effective_groups"] = Number(squares > 0 ? weights.Sum() * weights.Sum() / squares : 0),
        };
        if (Result.NoiseRate is { } noise) json["noise_rate"] = noise;
        if (Result.Draws.Count > 0) AddDraws(json, LedgerSummary.Of(Result.Draws.Select(LedgerEntry.Of)));
        (json["scoring_seconds"], json["teacher_seconds"], json["spent_seconds"], json["teacher_pairs"]) = (Seconds(Scoring), Seconds(Teacher), Seconds(Elapsed), Asked);
        return json;
    }

    /// <summary>For people.</summary>
    /// <param name="epoch">The epoch.</param>
    internal string ToText(int epoch)
    {
        var (proposed, accepted) = (Result.Draws.Sum(draws => draws.Account.Proposed), Result.Draws.Sum(draws => draws.Account.Accepted));
        var more = new List<string>();
        if (Result.Fallbacks > 0) more.Add(FormattableString.Invariant($"{Result.Fallbacks:N0} stay as without sampling, as nothing could be accepted"));
        if (Result.FromPool > 0) more.Add(FormattableString.Invariant($"{Result.FromPool:N0} negatives are from the pool, as too few were accepted"));
        if (Result.NoiseRate is { } noise) more.Add(FormattableString.Invariant($"{100 * noise:0.0} % of the labels are taken to be wrong"));
        if (Result.Added > 0) more.Add(FormattableString.Invariant($"{Result.Added:N0} groups are added, of passages of which the teacher is sure"));
        return FormattableString.Invariant($"Sampling of epoch {epoch}, {Part}: {accepted:N0} of {proposed:N0} proposals accepted, {Result.Groups.Count:N0} groups, {Elapsed.TotalSeconds:F1} s{(more.Count == 0 ? "" : "; " + string.Join("; ", more))}.");
    }

    private void AddDraws(JsonObject json, LedgerSummary summary)
    {
        var bounds = Result.Draws.Select(draws => draws.Account.LogBound).Where(double.IsFinite).ToList();
        json["scheme"] = summary.Scheme;
        json["proposals"] = summary.Proposed;
        json["accepted"] = summary.Accepted;
        json["rate"] = Number(summary.Rate);
        json["expected_rate"] = Number(summary.ExpectedRate);
        json["mean_log_bound"] = bounds.Count == 0 ? null : Number(bounds.Average());
        json["effective_share"] = Number(summary.EffectiveShare);
        json["above_bound"] = summary.AboveBound;
        json["above_bound_share"] = Number((double)summary.AboveBound / summary.Proposed);
        json["capped"] = summary.Capped;
        json["grades_accepted"] = new JsonObject(summary.Grades.Where(grade => grade.Value.Accepted > 0).Select(grade => KeyValuePair.Create<string, JsonNode?>(grade.Key.ToString(CultureInfo.InvariantCulture), grade.Value.Accepted)));
        json["target_evaluations"] = summary.TargetEvaluations;
        json["seconds_per_accepted"] = Number(Elapsed.TotalSeconds / summary.Accepted);
    }

    private static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 6);
}
