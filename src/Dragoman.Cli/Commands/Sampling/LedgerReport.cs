using System.Globalization;
using Dragoman.Cli.Reports;
using Dragoman.Collections;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Ledger;

namespace Dragoman.Cli.Commands.Sampling;

/// <summary>Ledgers as tables for a person.</summary>
internal static class LedgerReport
{
    private static readonly string[] Columns = ["queries", "proposed", "accepted", "rate", "expected", "z", "median M", "ESS/T", "distinct", "entropy", "above M", "capped", "empty"];

    internal static void Print(LedgerContent content)
    {
        // Ledgers of 'sampling draw' know no parts.
        var hasParts = content.Parts.Any(part => part.Part.Length > 0);
        string[] part = hasParts ? ["part"] : [];
        string[] PartOf(LedgerSummary summary) => hasParts ? [summary.Part] : [];
        TextTable.Print(["epoch", .. part, "scheme", .. Columns], [.. content.Epochs.Select(group => (string[])[Count(group.Epoch), .. PartOf(group), group.Scheme, .. Cells(group)])], 2 + part.Length);
        if (content.Queries.Count > 0)
        {
            Console.Out.WriteLine();
            TextTable.Print(["query", "epoch", .. part, "scheme", .. Columns[1..]], [.. content.Queries.Select(query => (string[])[query.QueryId, Count(query.Summary.Epoch), .. PartOf(query.Summary), query.Summary.Scheme, .. Cells(query.Summary)[1..]])], 3 + part.Length);
        }
        foreach (var summary in content.Parts)
        {
            Console.Out.WriteLine();
            if (hasParts) Console.Out.WriteLine($"{summary.Part}:");
            PrintGrades(summary);
        }
        PrintCosts(content);
    }

    internal static void PrintQuery(IReadOnlyList<LedgerEntry> entries)
    {
        foreach (var entry in entries.OrderBy(entry => entry.Epoch).ThenBy(entry => entry.Part, StringComparer.Ordinal))
        {
            var summary = LedgerSummary.Of([entry]);
            Console.Out.WriteLine($"Query {entry.QueryId}, epoch {entry.Epoch}{(entry.Part.Length > 0 ? $", {entry.Part}" : "")}, scheme {entry.Scheme}: {Amount.Of(summary.Proposed, "proposal")} of {entry.Passages.Count} of {Amount.Of(entry.CandidateCount, "candidate")}, {summary.Accepted} accepted{(entry.Capped ? "; stopped by the cap" : "")}.");
            Console.Out.WriteLine(Why(entry));
            var rows = entry.Passages.Select((passage, at) => (Passage: passage, Draws: entry.Draws.Where(draw => draw.Candidate == at).ToList()))
                .OrderByDescending(row => row.Draws.Count(draw => draw.IsTaken)).ThenByDescending(row => row.Passage.LogRatio).ThenBy(row => row.Passage.PassageId, StringComparer.Ordinal);
            TextTable.Print(["passage", "grade", "q", "p/q", "acceptance", "proposed", "accepted", "weight", "above M", "thinned", "repeated"], [.. rows.Select(row => (string[])
            [
                row.Passage.PassageId, Count(row.Passage.Grade), Short(Math.Exp(row.Passage.LogProposal)), Short(Math.Exp(row.Passage.LogRatio)), Short(Math.Exp(Math.Min(0, row.Passage.LogRatio - entry.LogBound))), Count(row.Draws.Count),
                Count(row.Draws.Count(draw => draw.IsTaken)), Short(row.Draws.Sum(draw => draw.Weight)), Count(Of(row.Draws, Decision.AboveBound)), Count(Of(row.Draws, Decision.Thinned)), Count(Of(row.Draws, Decision.Repeated)),
            ])], 1);
            Console.Out.WriteLine();
        }
    }

    private static string Why(LedgerEntry entry) => entry.Scheme switch
    {
        SamplingScheme.Rejection or SamplingScheme.QuasiRejection or SamplingScheme.Rso => string.Create(CultureInfo.InvariantCulture,
            $"A proposal is accepted with min(1, p/(M q)), M = {Short(Math.Exp(entry.LogBound))}{(entry.BoundRaised > 0 ? $", which grew {entry.BoundRaised} times; earlier acceptances were thinned" : "")}; expected rate {Short(entry.ExpectedRate)}, effective size {Short(entry.EffectiveSize)}."),
        SamplingScheme.Importance => $"Every proposal counts with weight p/q, normalised; effective size {Short(entry.EffectiveSize)}.",
        SamplingScheme.Resampling => $"Of the proposals some are taken in proportion to p/q, without replacement; effective size {Short(entry.EffectiveSize)}.",
        SamplingScheme.GumbelTopK => "Distinct passages by Gumbel keys from p; weights make weighed sums unbiased.",
        SamplingScheme.Raft => "The distinct proposals with the best rewards (p/q is exp(reward)).",
        SamplingScheme.Rest => "The distinct proposals with a reward above the epoch's threshold (p/q is exp(reward)).",
        _ => "Each candidate is kept with its own probability, which stands under p/q.",
    };

    private static void PrintGrades(LedgerSummary summary) =>
        TextTable.Print(["grade", "proposed", "share", "accepted", "share", "rate"], [.. summary.Grades.Select(grade => (string[])
        [
            Count(grade.Key), Count(grade.Value.Proposed), Percent(grade.Value.Proposed, summary.Proposed), Count(grade.Value.Accepted), Percent(grade.Value.Accepted, summary.Accepted), Percent(grade.Value.Accepted, grade.Value.Proposed),
        ])], 0);

    private static void PrintCosts(LedgerContent content)
    {
        var (proposed, accepted, evaluations) = (content.Parts.Sum(part => part.Proposed), content.Parts.Sum(part => part.Accepted), content.Parts.Sum(part => part.TargetEvaluations));
        Console.Out.WriteLine();
        if (accepted == 0)
        {
            Console.Out.WriteLine("Nothing was accepted.");
            return;
        }
        var cost = 1.0 / accepted;
        var time = content.Seconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $", {(seconds.Proposal + seconds.Target) * cost * 1e6:F1} µs ({seconds.Target * cost * 1e6:F1} of them in the target's scorer)") : "";
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Cost of an accepted passage: {proposed * cost:F2} proposals, {evaluations * cost:F2} target evaluations{time}."));
        foreach (var group in content.Epochs.Where(group => group.AboveBound > 0)) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Epoch {group.Epoch}, {group.Scheme}: {Above(group.Scheme, $"{group.AboveBound:N0} of {group.Proposed:N0} proposals ({(double)group.AboveBound / group.Proposed:P2})")}"));
        if (content.Parts.Sum(part => part.BoundRaised) is var raised and > 0) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The running bound grew {raised:N0} times, and {content.Parts.Sum(part => part.Thinned):N0} acceptances were thinned."));
        foreach (var group in content.Epochs.Where(group => Math.Abs(group.RateDeviation) > 4)) Console.Out.WriteLine($"Epoch {group.Epoch}, {group.Scheme}: the rate is {Short(group.RateDeviation)} standard deviations from what it should be; was the proposal another than the one that was scored?");
    }

    private static string Above(string scheme, string proposals) => scheme switch
    {
        SamplingScheme.Importance => $"the weights of {proposals} were cut.",
        SamplingScheme.QuasiRejection => $"{proposals} were above M' and accepted always, as the scheme has it.",
        _ => $"the bound was violated by {proposals}: they are accepted always, and what is accepted differs from the target.",
    };

    private static string[] Cells(LedgerSummary summary) =>
    [
        Count(summary.Queries), Count(summary.Proposed), Count(summary.Accepted), Short(summary.Rate), Short(summary.ExpectedRate), Short(summary.RateDeviation), Short(summary.MedianBound), Short(summary.EffectiveShare),
        Count(summary.Distinct), Short(summary.GradeEntropy), Count(summary.AboveBound), Count(summary.Capped), Count(summary.Empty),
    ];

    private static int Of(List<Draw> draws, Decision decision) => draws.Count(draw => draw.Decision == decision);

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Percent(long part, long whole) => whole == 0 ? "-" : ((double)part / whole).ToString("P1", CultureInfo.InvariantCulture);

    private static string Short(double value) => double.IsNaN(value) ? "-" : Math.Abs(value) is >= 1e5 or < 1e-4 and > 0 ? value.ToString("0.00e0", CultureInfo.InvariantCulture) : value.ToString("0.0000", CultureInfo.InvariantCulture);
}
