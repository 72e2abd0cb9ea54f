using System.Globalization;
using Dragoman.Cli.Reports;
using Dragoman.Collections;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Cli.Comparing;

/// <summary>Prints comparisons: a table a measure with a sentence a system under it, tab-separated values, or JSON.</summary>
internal static class ComparisonReport
{
    private const string Missing = "-", MissingInTsv = "NA";
    private const int MostQueries = 10;

    /// <summary>Prints.</summary>
    /// <param name="compared">What was compared.</param>
    /// <param name="comparisons">What came of it.</param>
    /// <param name="options">How it was compared.</param>
    /// <param name="warnings">Reasons to doubt it, for JSON; the others have them on stderr.</param>
    /// <param name="queries">Which queries count, in words.</param>
    /// <param name="byQuery">True to print queries too.</param>
    /// <param name="format"><c>table</c>, <c>tsv</c> or <c>json</c>.</param>
    internal static void Print(ComparedRuns compared, IReadOnlyList<Comparison> comparisons, ComparisonOptions options, IReadOnlyList<string> warnings, string queries, bool byQuery, string format)
    {
        if (format == "json") Console.Out.WriteLine(ComparisonJson.Of(comparisons, options, warnings, byQuery));
        else if (format == "tsv" && byQuery) PrintQueryValues(comparisons);
        else if (format == "tsv") PrintValues(comparisons);
        else PrintTables(compared, comparisons, options, queries, byQuery);
    }

    private static void PrintTables(ComparedRuns compared, IReadOnlyList<Comparison> comparisons, ComparisonOptions options, string queries, bool byQuery)
    {
        foreach (var (measure, baseline, systems) in compared.Scores)
        {
            var own = comparisons.Where(comparison => comparison.Measure == measure).ToList();
            Console.Out.WriteLine($"{measure} over {Amount.Of(baseline.QueryIds.Count, compared.Noun)} ({queries}{(baseline.QueryIds.Count < compared.Queries ? ", with a value in every run" : "")}), against {baseline.Name}");
            Console.Out.WriteLine();
            var level = string.Create(CultureInfo.InvariantCulture, $"{1 - options.Alpha:0.#%} interval");
            string[] header = ["system", "mean", "difference", level, "p", "p (t)", "corrected p", "d_z", "MDD", "win/tie/loss"];
            List<string[]> rows = [[baseline.Name, ComparisonText.Number(baseline.Mean, "F4", Missing), "", "", "", "", "", "", "", ""], .. own.Select(Row)];
            TextTable.Print(header, rows, leftColumns: 1);
            Console.Out.WriteLine();
            foreach (var comparison in own) Console.Out.WriteLine(ComparisonSentence.Of(comparison, options, compared.Noun));
            foreach (var system in systems.Prepend(baseline)) PrintSeeds(system);
            Console.Out.WriteLine();
            if (byQuery) foreach (var comparison in own) PrintQueries(comparison);
        }
        PrintMethod(comparisons, options);
    }

    private static string[] Row(Comparison comparison) =>
    [
        comparison.System.Name,
        ComparisonText.Number(comparison.System.Mean, "F4", Missing),
        ComparisonText.Signed(comparison.Difference),
        ComparisonText.Interval(comparison) is { } interval ? $"{ComparisonText.Signed(interval.Low)} to {ComparisonText.Signed(interval.High)}" : Missing,
        ComparisonText.Probability(comparison.Randomisation.PValue),
        comparison.TTest is { } test ? ComparisonText.Probability(test.PValue) : Missing,
        ComparisonText.Probability(comparison.CorrectedPValue) + (comparison.IsSignificant ? "*" : " "),
        ComparisonText.Number(comparison.EffectSize, "F2", Missing),
        ComparisonText.Number(comparison.MinimalDetectableDifference, "F4", Missing),
        $"{comparison.Wins}/{comparison.Ties}/{comparison.Losses}",
    ];

    private static void PrintSeeds(SystemScores system)
    {
        if (system.ByRun.Count < 2) return;
        var means = string.Join(", ", system.ByRun.Select(run => ComparisonText.Number(run.Average(), "F4", Missing)));
        var spread = VarianceComponents.Of(system) is { } variance
            ? string.Create(CultureInfo.InvariantCulture,
                $"; standard deviation between seeds {Math.Sqrt(variance.Run):F4}, between queries {Math.Sqrt(variance.Query):F4}, rest {Math.Sqrt(variance.Residual):F4}")
            : "";
        Console.Out.WriteLine($"{system.Name} has {system.ByRun.Count} runs with means {means}{spread}.");
    }

    private static void PrintQueries(Comparison comparison)
    {
        var gains = comparison.ByQuery.Where(query => query.Difference > 0).Take(MostQueries).ToList();
        var losses = comparison.ByQuery.Where(query => query.Difference < 0).Reverse().Take(MostQueries).ToList();
        foreach (var (queries, what) in (IEnumerable<(List<QueryDifference>, string)>)[(gains, "gains"), (losses, "losses")])
        {
            if (queries.Count == 0) continue;
            Console.Out.WriteLine($"Largest {what} of {comparison.System.Name} over {comparison.Baseline.Name} in {comparison.Measure}");
            Console.Out.WriteLine();
            TextTable.Print(["query", comparison.Baseline.Name, comparison.System.Name, "difference"], [.. queries.Select(Row)], leftColumns: 1);
            Console.Out.WriteLine();
        }
    }

    private static string[] Row(QueryDifference query) =>
        [query.QueryId, ComparisonText.Number(query.Baseline, "F4", Missing), ComparisonText.Number(query.System, "F4", Missing), ComparisonText.Signed(query.Difference)];

    private static void PrintMethod(IReadOnlyList<Comparison> comparisons, ComparisonOptions options)
    {
        var signs = comparisons.All(comparison => comparison.Randomisation.IsExact)
            ? "all sign assignments"
            : string.Create(CultureInfo.InvariantCulture, $"{options.Permutations:N0} random sign assignments");
        var several = comparisons.Any(comparison => comparison.System.ByRun.Count + comparison.Baseline.ByRun.Count > 2);
        var corrected = options.Correction == Correction.None || comparisons.Count == 1 ? "not corrected" : $"{options.Correction} over {comparisons.Count} comparisons";
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"p: paired randomisation{(several ? " of queries, and of runs where there are several" : "")}, {signs}; p (t): {(several ? "t test over queries and runs" : "paired t test")}; " +
            $"corrected p: {corrected}, * at most {options.Alpha};{(options.PairedRuns ? " runs are paired in the order given;" : "")}"));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"interval: BCa bootstrap{(several ? ", of queries and runs where there are several" : "")}, {options.Resamples:N0} resamples; " +
            $"d_z: mean / standard deviation of differences; MDD: found with {options.Power:0.#%} chance; seed {options.Seed}."));
    }

    private static void PrintValues(IReadOnlyList<Comparison> comparisons)
    {
        Console.Out.WriteLine("measure\tbaseline\tsystem\tqueries\tbaseline_mean\tsystem_mean\tdifference\tlow\thigh\tp\tp_t\tcorrected_p\td_z\tmdd\twins\tties\tlosses");
        foreach (var comparison in comparisons)
        {
            var interval = ComparisonText.Interval(comparison);
            double?[] numbers =
            [
                comparison.Baseline.Mean, comparison.System.Mean, comparison.Difference, interval?.Low, interval?.High,
                comparison.Randomisation.PValue, comparison.TTest?.PValue, comparison.CorrectedPValue, comparison.EffectSize, comparison.MinimalDetectableDifference,
            ];
            Console.Out.WriteLine($"{comparison.Measure}\t{comparison.Baseline.Name}\t{comparison.System.Name}\t{comparison.ByQuery.Count}\t" +
                $"{string.Join('\t', numbers.Select(number => ComparisonText.Number(number, "R", MissingInTsv)))}\t{comparison.Wins}\t{comparison.Ties}\t{comparison.Losses}");
        }
    }

    private static void PrintQueryValues(IReadOnlyList<Comparison> comparisons)
    {
        Console.Out.WriteLine("measure\tbaseline\tsystem\tquery\tbaseline_value\tsystem_value\tdifference");
        foreach (var comparison in comparisons)
        {
            var names = $"{comparison.Measure}\t{comparison.Baseline.Name}\t{comparison.System.Name}";
            foreach (var (id, before, after, difference) in comparison.ByQuery)
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{names}\t{id}\t{before:R}\t{after:R}\t{difference:R}"));
        }
    }
}
