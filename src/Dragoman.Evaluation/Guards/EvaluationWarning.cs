namespace Dragoman.Evaluation.Guards;

/// <summary>A reason to doubt a number, to be shown beside it.</summary>
public sealed record EvaluationWarning
{
    /// <summary>The guard's name: <c>decisive-ties</c>.</summary>
    public required string Name { get; init; }

    /// <summary>A sentence with the numbers, and what to do.</summary>
    public required string Text { get; init; }

    /// <summary>Names of the measures that are in doubt; empty when all are.</summary>
    public IReadOnlyList<string> Measures { get; init; } = [];

    /// <summary>How many queries are affected; null when that is not known or it concerns the whole.</summary>
    public int? Queries { get; init; }
}
