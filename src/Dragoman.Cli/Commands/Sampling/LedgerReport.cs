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

    internal static void Print(List<LedgerEntry> entries, List<LedgerTotals> totals, bool byQuery)
    {
        var groups = entries.GroupBy(entry => (entry.Epoch, entry.Scheme)).OrderBy(group => group.Key).Select(group => LedgerSummary.Of([.. group])).ToList();
        TextTable.Print(["epoch", "scheme", .. Columns], [.. groups.Select(group => (string[])[group.Epoch.ToString(CultureInfo.InvariantCulture), group.Scheme, .. Cells(group)])], 2);
        if (byQuery)
        {
            Console.Out.WriteLine();
            TextTable.Print(["query", "epoch", "scheme", .. Columns[1..]], [.. entries.Select(entry => (string[])[entry.QueryId, entry.Epoch.ToString(CultureInfo.InvariantCulture), entry.Scheme, .. Cells(LedgerSummary.Of([entry]))[1..]])], 3);
        }
        Console.Out.WriteLine();
        PrintGrades(entries);
        PrintCosts(groups, entries.Count == totals.Sum(total => total.Queries) ? totals : []);
    }

    internal static void PrintQuery(List<LedgerEntry> entries)
    {
        foreach (var entry in entries.OrderBy(entry => entry.Epoch))
        {
            var summary = LedgerSummary.Of([entry]);
            Console.Out.WriteLine($"Query {entry.QueryId}, epoch {entry.Epoch}, scheme {entry.Scheme}: {Amount.Of(summary.Proposed, "proposal")} of {entry.Passages.Count} of {Amount.Of(entry.CandidateCount, "candidate")}, {summary.Accepted} accepted{(entry.Capped ? "; stopped by the cap" : "")}.");
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

    private static void PrintGrades(List<LedgerEntry> entries)
    {
        var summary = LedgerSummary.Of(entries);
        TextTable.Print(["grade", "proposed", "share", "accepted", "share", "rate"], [.. summary.Grades.Select(grade => (string[])
        [
            Count(grade.Key), Count(grade.Value.Proposed), Percent(grade.Value.Proposed, summary.Proposed), Count(grade.Value.Accepted), Percent(grade.Value.Accepted, summary.Accepted), Percent(grade.Value.Accepted, grade.Value.Proposed),
        ])], 0);
    }

    private static void PrintCosts(List<LedgerSummary> groups, List<LedgerTotals> totals)
    {
        var (accepted, proposed, evaluated) = (groups.Sum(group => group.Accepted), groups.Sum(group => group.Proposed), groups.Sum(group => group.TargetEvaluations));
        Console.Out.WriteLine();
        if (accepted == 0)
        {
            Console.Out.WriteLine("Nothing was accepted.");
            return;
        }
        var (cost, seconds) = (1.0 / accepted, totals.Sum(total => total.ProposalTime.TotalSeconds + total.TargetTime.TotalSeconds));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Cost of an accepted passage: {proposed * cost:F2} proposals, {evaluated * cost:F2} target evaluations{(totals.Count > 0 ? $", {seconds * cost * 1e6:F1} µs ({totals.Sum(total => total.TargetTime.TotalSeconds) * cost * 1e6:F1} of them in the target's scorer)" : "")}."));
        if (groups.Sum(group => group.AboveBound) is > 0 and var above) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The bound was violated by {above:N0} of {proposed:N0} proposals ({(double)above / proposed:P2}): they are accepted always, and what is accepted differs from the target."));
        if (groups.Sum(group => group.BoundRaised) is > 0 and var raised) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The running bound grew {raised:N0} times, and {groups.Sum(group => group.Thinned):N0} acceptances were thinned."));
        foreach (var group in groups.Where(group => Math.Abs(group.RateDeviation) > 4)) Console.Out.WriteLine($"Epoch {group.Epoch}, {group.Scheme}: the rate is {Short(group.RateDeviation)} standard deviations from what it should be; was the proposal another than the one that was scored?");
    }

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
