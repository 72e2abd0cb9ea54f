using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>What an epoch is sampled from.</summary>
internal sealed record EpochSources
{
    /// <summary>The groups as they are without sampling.</summary>
    internal required GroupSampler Sampler { get; init; }

    /// <summary>The collection's passages.</summary>
    internal required PassageCatalogue Passages { get; init; }

    /// <summary>The run of the section <c>negatives</c>; null for none.</summary>
    internal Run? Run { get; init; }

    /// <summary>Negatives of a group.</summary>
    internal required int Negatives { get; init; }

    /// <summary>The model in training.</summary>
    internal required Func<IPairScorer> Model { get; init; }

    /// <summary>Whether what a search finds has the scores of the model in training.</summary>
    internal bool SearchIsModel { get; init; }

    /// <summary>The teacher; null for none.</summary>
    internal IRelevanceTeacher? Teacher { get; init; }

    /// <summary>The data set, as a ledger names it.</summary>
    internal required string Data { get; init; }

    /// <summary>Threads to draw with.</summary>
    internal required int Threads { get; init; }

    /// <summary>The clock.</summary>
    internal required TimeProvider Time { get; init; }

    /// <summary>Told people.</summary>
    internal required Action<string> Tell { get; init; }

    /// <summary>Told programs.</summary>
    internal required Action<string, JsonObject> Note { get; init; }
}
