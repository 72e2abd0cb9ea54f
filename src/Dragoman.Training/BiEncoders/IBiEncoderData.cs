using System.Text.Json.Nodes;
using Dragoman.Models.Encoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.BiEncoders;

/// <summary>What a bi-encoder is trained on: a judged collection, or parallel text.</summary>
internal interface IBiEncoderData : IDisposable
{
    /// <summary>Groups of every epoch, as long as nothing is sampled.</summary>
    int Count { get; }

    /// <summary>Groups of an epoch, at most.</summary>
    int MostGroups => Count;

    /// <summary>What the sampling of every epoch came to, for the manifest; null without sampling.</summary>
    JsonArray? SamplingAccounts => null;

    /// <summary>What there is, in one sentence for people.</summary>
    string Description { get; }

    /// <summary>What could not be used, one sentence each.</summary>
    IEnumerable<string> Warnings { get; }

    /// <summary>Whether epochs are compared by a test split.</summary>
    bool OnTest { get; }

    /// <summary>Fingerprints of what is read.</summary>
    JsonObject Inputs { get; }

    /// <summary>What a teacher of relevance tells the manifest; null without one.</summary>
    JsonNode? Teacher => null;

    /// <summary>What epochs are compared by, for the manifest; null when nothing of a collection is.</summary>
    JsonNode? Selection { get; }

    /// <summary>Whether a passage is known to answer a query, by their ids, so that it is none of its negatives.</summary>
    /// <param name="queryId">The query.</param>
    /// <param name="passageId">The passage.</param>
    bool IsRelevant(string queryId, string passageId);

    /// <summary>What epochs are compared by; null for nothing.</summary>
    /// <param name="trained">The model that is trained.</param>
    /// <param name="warn">Told of alarms.</param>
    /// <param name="note">Told of histograms, as events of the log.</param>
    BiEncoderDev? Dev(ITextEncoder trained, Action<string> warn, Action<string, JsonObject> note);

    /// <summary>Makes ready to give groups.</summary>
    /// <param name="context">The run.</param>
    /// <param name="run">What is trained.</param>
    /// <param name="cancellationToken">Stops the training of a teacher.</param>
    void Begin(TrainingContext context, BiEncoderRun run, CancellationToken cancellationToken);

    /// <summary>The groups of an epoch.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="cancellationToken">Stops a search.</param>
    IReadOnlyList<TrainingGroup> Groups(int epoch, CancellationToken cancellationToken);

    /// <summary>Moves what was trained on into a model's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>For the manifest: each file with its fingerprint.</returns>
    JsonObject Publish(string folder);
}

/// <summary>A bi-encoder in training, for whoever looks at it or trains one like it.</summary>
internal sealed record BiEncoderRun
{
    /// <summary>The model.</summary>
    internal required BiEncoderTrainee Trainee { get; init; }

    /// <summary>Starts the same model again, in a folder.</summary>
    internal required Func<string, ITrainee> Start { get; init; }

    /// <summary>How its weights stand.</summary>
    internal required TrainingWeights Weights { get; init; }

    /// <summary>Names the run's configuration and data.</summary>
    internal required RunFingerprint Fingerprint { get; init; }
}
