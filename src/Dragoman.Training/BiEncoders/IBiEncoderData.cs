using System.Text.Json.Nodes;
using Dragoman.Models.Encoders;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling;

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
    /// <param name="trained">The model that is trained.</param>
    void Begin(TrainingContext context, ITextEncoder trained);

    /// <summary>The groups of an epoch.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="cancellationToken">Stops a search.</param>
    IReadOnlyList<TrainingGroup> Groups(int epoch, CancellationToken cancellationToken);

    /// <summary>Moves what was trained on into a model's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>For the manifest: each file with its fingerprint.</returns>
    JsonObject Publish(string folder);
}
