using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Ledger;

namespace Dragoman.Cli.Commands.Sampling;

/// <summary>Ledgers as JSON, all digits; null where a number is not known or not finite.</summary>
internal static class LedgerJson
{
    internal static JsonObject Of(LedgerContent content)
    {
        var json = new JsonObject { ["epochs"] = new JsonArray([.. content.Epochs.Select(epoch => (JsonNode)Summary(epoch))]) };
        if (content.Seconds is { } seconds) (json["proposal_seconds"], json["target_seconds"]) = (seconds.Proposal, seconds.Target);
        if (content.Entries.Count > 0) json["queries"] = new JsonArray([.. content.Entries.Select(entry => (JsonNode)Entry(entry))]);
        else if (content.Queries.Count > 0) json["queries"] = new JsonArray([.. content.Queries.Select(query => (JsonNode)Named(query.QueryId, query.Summary))]);
        return json;
    }

    private static JsonObject Summary(LedgerSummary summary) => new()
    {
        ["epoch"] = summary.Epoch, ["part"] = summary.Part, ["scheme"] = summary.Scheme, ["queries"] = summary.Queries, ["proposed"] = summary.Proposed, ["accepted"] = summary.Accepted, ["rate"] = Number(summary.Rate),
        ["expected_rate"] = Number(summary.ExpectedRate), ["rate_deviation"] = Number(summary.RateDeviation), ["median_bound"] = Number(summary.MedianBound), ["effective_share"] = Number(summary.EffectiveShare),
        ["distinct"] = summary.Distinct, ["grade_entropy"] = Number(summary.GradeEntropy), ["above_bound"] = summary.AboveBound, ["bound_raised"] = summary.BoundRaised, ["thinned"] = summary.Thinned,
        ["capped"] = summary.Capped, ["empty"] = summary.Empty, ["target_evaluations"] = summary.TargetEvaluations,
        ["proposals_per_accepted"] = Number(1 / summary.Rate), ["evaluations_per_accepted"] = Number((double)summary.TargetEvaluations / summary.Accepted),
        ["grades"] = new JsonObject(summary.Grades.Select(grade => KeyValuePair.Create<string, JsonNode?>(grade.Key.ToString(CultureInfo.InvariantCulture), new JsonObject { ["proposed"] = grade.Value.Proposed, ["accepted"] = grade.Value.Accepted }))),
    };

    private static JsonObject Named(string queryId, LedgerSummary summary)
    {
        var json = Summary(summary);
        json.Insert(0, "query", queryId);
        return json;
    }

    private static JsonObject Entry(LedgerEntry entry)
    {
        var json = Named(entry.QueryId, LedgerSummary.Of([entry]));
        json["bound"] = Number(Math.Exp(entry.LogBound));
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
