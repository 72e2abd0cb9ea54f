using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation;

/// <summary>The values of a run's measures, by query and over all queries.</summary>
public sealed record EvaluationResult
{
    /// <summary>The measures, as asked for.</summary>
    public required IReadOnlyList<Measure> Measures { get; init; }

    /// <summary>The queries that count, in ordinal order of id.</summary>
    public required IReadOnlyList<string> QueryIds { get; init; }

    /// <summary>Values of each query, in the order of <see cref="QueryIds"/>; each holds one value a measure, in the order of <see cref="Measures"/>; <see cref="double.NaN"/> where a measure is not defined (Accuracy and LPR say when).</summary>
    public required IReadOnlyList<IReadOnlyList<double>> ByQuery { get; init; }

    /// <summary>Mean over the queries for which the measure is defined (the sum for counts), one a measure; 0 when no query counts, <see cref="double.NaN"/> when it is defined for none.</summary>
    public required IReadOnlyList<double> Overall { get; init; }

    /// <summary>How many queries of the run have no judgements; they do not count.</summary>
    public required int QueriesOnlyInRun { get; init; }

    /// <summary>How many judged queries the run lacks; they count, as 0, only with <see cref="EvaluationOptions.Complete"/>.</summary>
    public required int QueriesOnlyInQrels { get; init; }

    /// <summary>How many queries that count rank two passages or more that all have the same score, so that their order says nothing but the passages' ids.</summary>
    public required int ConstantScoreQueries { get; init; }

    /// <summary>Between which values each measure lies over all orders of ties, in the order of <see cref="Measures"/>; empty when that was not computed.</summary>
    public IReadOnlyList<TieBound> Ties { get; init; } = [];

    /// <summary>What was seen of the run beside its measures; null when that was not looked at.</summary>
    public RunFacts? Run { get; init; }

    /// <summary>The value of a measure over all queries.</summary>
    /// <param name="measure">One of <see cref="Measures"/>.</param>
    /// <exception cref="ArgumentException">The measure was not computed.</exception>
    public double this[Measure measure]
    {
        get
        {
            for (var i = 0; i < Measures.Count; i++)
                if (Measures[i] == measure) return Overall[i];
            throw new ArgumentException($"{measure} was not computed.", nameof(measure));
        }
    }
}
