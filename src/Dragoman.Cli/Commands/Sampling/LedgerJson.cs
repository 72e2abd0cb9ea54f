using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Ledger;

namespace Dragoman.Cli.Commands.Sampling;

/// <summary>Ledgers as JSON, all digits; null where a number is not known or not finite.</summary>
internal static class LedgerJson
{
    internal static JsonObject Of(List<LedgerEntry> entries, List<LedgerTotals> totals, bool withPassages, bool byQuery)
    {
        var json = new JsonObject { ["epochs"] = new JsonArray([.. entries.GroupBy(entry => (entry.Epoch, entry.Scheme)).OrderBy(group => group.Key).Select(group => (JsonNode)Summary(LedgerSummary.Of([.. group])))]) };
        if (entries.Count == totals.Sum(total => total.Queries))
        {
            json["proposal_seconds"] = totals.Sum(total => total.ProposalTime.TotalSeconds);
            json["target_seconds"] = totals.Sum(total => total.TargetTime.TotalSeconds);
        }
        if (withPassages || byQuery) json["queries"] = new JsonArray([.. entries.Select(entry => (JsonNode)Entry(entry, withPassages))]);
        return json;
    }

    private static JsonObject Summary(LedgerSummary summary) => new()
    {
        ["epoch"] = summary.Epoch, ["scheme"] = summary.Scheme, ["queries"] = summary.Queries, ["proposed"] = summary.Proposed, ["accepted"] = summary.Accepted, ["rate"] = Number(summary.Rate),
        ["expected_rate"] = Number(summary.ExpectedRate), ["rate_deviation"] = Number(summary.RateDeviation), ["median_bound"] = Number(summary.MedianBound), ["effective_share"] = Number(summary.EffectiveShare),
        ["distinct"] = summary.Distinct, ["grade_entropy"] = Number(summary.GradeEntropy), ["above_bound"] = summary.AboveBound, ["bound_raised"] = summary.BoundRaised, ["thinned"] = summary.Thinned,
        ["capped"] = summary.Capped, ["empty"] = summary.Empty, ["target_evaluations"] = summary.TargetEvaluations,
        ["proposals_per_accepted"] = Number(1 / summary.Rate), ["evaluations_per_accepted"] = Number((double)summary.TargetEvaluations / summary.Accepted),
        ["grades"] = new JsonObject(summary.Grades.Select(grade => KeyValuePair.Create<string, JsonNode?>(grade.Key.ToString(CultureInfo.InvariantCulture), new JsonObject { ["proposed"] = grade.Value.Proposed, ["accepted"] = grade.Value.Accepted }))),
    };

    private static JsonObject Entry(LedgerEntry entry, bool withPassages)
    {
        var json = Summary(LedgerSummary.Of([entry]));
        json.Insert(0, "query", entry.QueryId);
        json["bound"] = Number(Math.Exp(entry.LogBound));
        if (!withPassages) return json;
        json["passages"] = new JsonArray([.. entry.Passages.Select((passage, at) => (JsonNode)new JsonObject
        {
            ["passage"] = passage.PassageId, ["grade"] = passage.Grade, ["log_q"] = Number(passage.LogProposal), ["log_ratio"] = Number(passage.LogRatio),
            ["acceptance"] = Number(Math.Exp(Math.Min(0, passage.LogRatio - entry.LogBound))), ["proposed"] = entry.Draws.Count(draw => draw.Candidate == at),
            ["accepted"] = entry.Draws.Count(draw => draw.Candidate == at && draw.IsTaken), ["weight"] = entry.Draws.Where(draw => draw.Candidate == at).Sum(draw => draw.Weight),
            ["decisions"] = new JsonArray([.. entry.Draws.Where(draw => draw.Candidate == at).Select(draw => (JsonNode)draw.Decision.ToString().ToLowerInvariant())]),
        })]);
        return json;
    }

    private static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;
}
