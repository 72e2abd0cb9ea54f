using Dragoman.Collections;
using Dragoman.Collections.Storage;

namespace Dragoman.Evaluation.Guards;

/// <summary>What guards look at.</summary>
public sealed record GuardInput
{
    /// <summary>The judgements.</summary>
    public required Qrels Qrels { get; init; }

    /// <summary>The measures, with what was seen of the run.</summary>
    public required EvaluationResult Result { get; init; }

    /// <summary>How it was measured.</summary>
    public EvaluationOptions Options { get; init; } = new();

    /// <summary>The run's manifest; null when it has none.</summary>
    public RunManifest? Manifest { get; init; }

    /// <summary>What models were selected by, where that is known otherwise than by the manifest; none by default.</summary>
    public IReadOnlyList<ModelSelection> Selections { get; init; } = [];
}
