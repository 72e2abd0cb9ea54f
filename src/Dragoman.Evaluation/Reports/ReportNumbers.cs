using Dragoman.Evaluation.Languages;
using Dragoman.Evaluation.Measures;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Evaluation.Reports;

/// <summary>Every number of a report: measures, intervals, and comparisons with the baseline, all over the same queries.</summary>
internal sealed class ReportNumbers
{
    private readonly Dictionary<(string System, Measure Measure), SystemScores> _scores = [];
    private readonly Dictionary<(string System, Measure Measure), Interval> _intervals = [];
    private readonly Dictionary<(string System, Measure Measure), Comparison> _comparisons = [];

    internal ReportNumbers(ReportInput input, LanguageMap? languages)
    {
        (Measures, Alpha) = (input.Measures, input.Comparison.Alpha);
        var results = new Queue<EvaluationResult>(SharedQueries.Evaluate(input.Qrels, [.. input.Systems.SelectMany(system => system.Runs).Select(run => run.Run)], input.Measures, input.Evaluation, languages));
        Systems = [.. input.Systems.Select(system => new EvaluatedSystem(system.Name, system.Runs, [.. system.Runs.Select(_ => results.Dequeue())]))];
        Baseline = Systems.SingleOrDefault(system => system.Name == (input.Baseline ?? input.Systems[0].Name))
            ?? throw new ArgumentException($"No system is called {input.Baseline}.", nameof(input));
        Others = [.. Systems.Where(system => system != Baseline)];
        QueryIds = Systems[0].Results[0].QueryIds;
        Compared = QueryIds.Count == 0 ? [] : [.. Measures.Where(IsCompared)];
        foreach (var system in Systems)
        {
            foreach (var measure in Compared)
            {
                var scores = SystemScores.From(system.Name, system.Results, measure);
                _scores[(system.Name, measure)] = scores;
                if (QueryIds.Count > 1) _intervals[(system.Name, measure)] = Bootstrap.OfMean(scores, input.Comparison).Corrected;
            }
        }
        if (Others.Count > 0) Compare(input.Comparison);
    }

    internal IReadOnlyList<Measure> Measures { get; }

    /// <summary>The measures that say how good a system is at every query, so that intervals and comparisons make sense.</summary>
    internal IReadOnlyList<Measure> Compared { get; }

    /// <summary>The measure that decides which queries are shown; null when none is compared.</summary>
    internal Measure? Main => Compared.Count == 0 ? null : Compared[0];

    internal double Alpha { get; }

    internal IReadOnlyList<EvaluatedSystem> Systems { get; }

    internal EvaluatedSystem Baseline { get; }

    /// <summary>The systems but the baseline.</summary>
    internal IReadOnlyList<EvaluatedSystem> Others { get; }

    /// <summary>The queries that count, in ordinal order.</summary>
    internal IReadOnlyList<string> QueryIds { get; }

    /// <summary>A compared measure of a system, by run and query.</summary>
    internal SystemScores Scores(EvaluatedSystem system, Measure measure) => _scores[(system.Name, measure)];

    /// <summary>The interval of a system's mean; null when the measure is not compared, and for one query, from which nothing follows for others.</summary>
    internal Interval? Interval(EvaluatedSystem system, Measure measure) => _intervals.TryGetValue((system.Name, measure), out var interval) ? interval : null;

    internal Comparison? Comparison(EvaluatedSystem system, Measure measure) => _comparisons.GetValueOrDefault((system.Name, measure));

    // Counts and the share of judged passages describe a run; more preference for one language is not better.
    private bool IsCompared(Measure measure, int index) =>
        !measure.IsCount && measure is not (Judged or LanguagePreference)
        && Systems.All(system => system.Results.All(result => result.ByQuery.All(values => double.IsFinite(values[index]))));

    private void Compare(ComparisonOptions options)
    {
        var scores = Compared.Select(measure => new MeasureScores(measure.Name, Scores(Baseline, measure), [.. Others.Select(system => Scores(system, measure))])).ToList();
        var compared = SystemComparer.Compare(scores, options);
        for (var measure = 0; measure < Compared.Count; measure++)
            for (var system = 0; system < Others.Count; system++) _comparisons[(Others[system].Name, Compared[measure])] = compared[measure * Others.Count + system];
    }
}
