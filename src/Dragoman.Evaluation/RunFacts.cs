using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation;

/// <summary>What was seen of a run while it was measured; the guards look at it.</summary>
public sealed record RunFacts
{
    /// <summary>The run's tag.</summary>
    public required string Tag { get; init; }

    /// <summary>How many queries it holds.</summary>
    public required int Queries { get; init; }

    /// <summary>How many passages it holds over all queries.</summary>
    public required long Entries { get; init; }

    /// <summary>The id of one of its queries; empty when it has none.</summary>
    public required string AnyQueryId { get; init; }

    /// <summary>Mean over the ranked queries of the share of the first ten passages that are in the judgements.</summary>
    public double JudgedShare { get; init; }

    /// <summary>Relevant passages over the queries that count.</summary>
    public long Relevant { get; init; }

    /// <summary>How many of them were retrieved.</summary>
    public long RelevantRetrieved { get; init; }

    /// <summary>Queries that have a relevant passage with the query's own id.</summary>
    public int SameIdRelevant { get; init; }

    /// <summary>How many of those passages were retrieved.</summary>
    public int SameIdRetrieved { get; init; }

    /// <summary>Entries, over the queries that count, whose passage no collection has; null when no collection was given.</summary>
    public long? UnknownPassages { get; init; }

    /// <summary>The queries whose passages all have the same score.</summary>
    public IReadOnlyList<string> ConstantQueryIds { get; init; } = [];
}

/// <summary>Between which values a measure lies over all orders of passages whose scores tie.</summary>
public sealed record TieBound
{
    /// <summary>The measure.</summary>
    public required Measure Measure { get; init; }

    /// <summary>Its value over all queries with lower grades first within ties.</summary>
    public required double Worst { get; init; }

    /// <summary>Its value over all queries with higher grades first within ties.</summary>
    public required double Best { get; init; }

    /// <summary>How many queries' values depend on the order of ties.</summary>
    public required int Queries { get; init; }

    /// <summary>False when there are ties and the measure does not say which order is best: <see cref="Worst"/> and <see cref="Best"/> are then the value as ranked.</summary>
    public required bool IsKnown { get; init; }
}
