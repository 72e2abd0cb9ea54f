using Dragoman.Evaluation.Measures;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Evaluation.Reports;

/// <summary>Every number of a report: measures, intervals, and comparisons with the baseline.</summary>
internal sealed class ReportNumbers
{
    private readonly Dictionary<(string System, Measure Measure), Interval> _intervals = [];
    private readonly Dictionary<(string System, Measure Measure), Comparison> _comparisons = [];

    internal ReportNumbers(ReportInput input)
    {
        (Measures, Alpha) = (input.Measures, input.Comparison.Alpha);
        Systems = [.. input.Systems.Select(system => new EvaluatedSystem(system.Name, system.Run, Evaluator.Evaluate(input.Qrels, system.Run, input.Measures, input.Evaluation)))];
        Baseline = Systems.SingleOrDefault(system => system.Name == (input.Baseline ?? input.Systems[0].Name))
            ?? throw new ArgumentException($"No system is called {input.Baseline}.", nameof(input));
        Others = [.. Systems.Where(system => system != Baseline)];
        Compared = [.. Measures.Where(measure => !measure.IsCount && measure is not Judged)];
        CommonQueries = [.. Systems.Skip(1).Aggregate<EvaluatedSystem, IEnumerable<string>>(Systems[0].Result.QueryIds,
            (ids, system) => ids.Intersect(system.Result.QueryIds, StringComparer.Ordinal)).Order(StringComparer.Ordinal)];
        foreach (var system in Systems.Where(system => system.Result.QueryIds.Count > 0))
            foreach (var measure in Compared) _intervals[(system.Name, measure)] = Bootstrap.OfMean(Values(system, measure), input.Comparison).Corrected;
        if (Others.Count > 0 && CommonQueries.Count > 0) Compare(input.Comparison);
    }

    internal IReadOnlyList<Measure> Measures { get; }

    /// <summary>The measures that say how good a system is, so that intervals and comparisons make sense.</summary>
    internal IReadOnlyList<Measure> Compared { get; }

    /// <summary>The measure that decides which queries are shown; null when none is compared.</summary>
    internal Measure? Main => Compared.Count == 0 ? null : Compared[0];

    internal double Alpha { get; }

    internal IReadOnlyList<EvaluatedSystem> Systems { get; }

    internal EvaluatedSystem Baseline { get; }

    /// <summary>The systems but the baseline.</summary>
    internal IReadOnlyList<EvaluatedSystem> Others { get; }

    /// <summary>Queries that count for every system, in ordinal order; comparisons are over these.</summary>
    internal IReadOnlyList<string> CommonQueries { get; }

    /// <summary>True when the systems were evaluated over different queries, so that means and comparisons are not over the same.</summary>
    internal bool QueriesDiffer => Systems.Any(system => system.Result.QueryIds.Count != CommonQueries.Count);

    internal Interval? Interval(EvaluatedSystem system, Measure measure) => _intervals.TryGetValue((system.Name, measure), out var interval) ? interval : null;

    internal Comparison? Comparison(EvaluatedSystem system, Measure measure) => _comparisons.GetValueOrDefault((system.Name, measure));

    /// <summary>Values of the queries in the order of the result's queries.</summary>
    internal static IReadOnlyList<double> Values(EvaluatedSystem system, Measure measure)
    {
        var at = system.Result.Measures.ToList().IndexOf(measure);
        return [.. system.Result.ByQuery.Select(values => values[at])];
    }

    internal static Dictionary<string, double> ByQuery(EvaluatedSystem system, Measure measure) =>
        system.Result.QueryIds.Zip(Values(system, measure)).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);

    private void Compare(ComparisonOptions options)
    {
        var scores = Compared.Select(measure => new MeasureScores(measure.Name, Common(Baseline, measure), [.. Others.Select(system => Common(system, measure))])).ToList();
        var compared = SystemComparer.Compare(scores, options);
        for (var measure = 0; measure < Compared.Count; measure++)
            for (var system = 0; system < Others.Count; system++) _comparisons[(Others[system].Name, Compared[measure])] = compared[measure * Others.Count + system];
    }

    private SystemScores Common(EvaluatedSystem system, Measure measure)
    {
        var byQuery = ByQuery(system, measure);
        return new SystemScores(system.Name, CommonQueries, [[.. CommonQueries.Select(id => byQuery[id])]]);
    }
}
