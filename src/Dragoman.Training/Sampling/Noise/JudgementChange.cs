namespace Dragoman.Training.Sampling.Noise;

/// <summary>What was done to a judgement.</summary>
public enum NoiseKind
{
    /// <summary>A passage that answers another query was put in as a positive.</summary>
    Mismatched,

    /// <summary>A positive was taken out, as a mismatched one took its place.</summary>
    Displaced,

    /// <summary>A positive was taken out; the query has others.</summary>
    Hidden,

    /// <summary>The grade moved by one.</summary>
    Jitter,
}

/// <summary>A judgement that was changed on purpose.</summary>
/// <param name="QueryId">The query.</param>
/// <param name="PassageId">The passage.</param>
/// <param name="Kind">What was done.</param>
/// <param name="TrueGrade">The grade before; 0 for a passage that was not judged.</param>
/// <param name="Grade">The grade now; 0 for one that was taken out.</param>
public sealed record JudgementChange(string QueryId, string PassageId, NoiseKind Kind, int TrueGrade, int Grade);

/// <summary>Judgements with noise, and what was changed.</summary>
public sealed record InjectedNoise
{
    /// <summary>The judgements as they are now; every query that had a positive has one.</summary>
    public required Collections.Qrels Judgements { get; init; }

    /// <summary>What was changed, in the order of the queries.</summary>
    public required IReadOnlyList<JudgementChange> Changes { get; init; }

    /// <summary>Queries with a positive.</summary>
    public required int Queries { get; init; }

    /// <summary>Positives that have another one of their query and language beside them: those that may be hidden. Of queries that were not mismatched.</summary>
    public required int Accompanied { get; init; }

    /// <summary>Queries whose positives were replaced.</summary>
    public int MismatchedQueries => Changes.Where(change => change.Kind == NoiseKind.Mismatched).Select(change => change.QueryId).Distinct(StringComparer.Ordinal).Count();

    /// <summary>How many changes there are of a kind.</summary>
    /// <param name="kind">The kind.</param>
    public int Count(NoiseKind kind) => Changes.Count(change => change.Kind == kind);
}
