using System.Text.Json.Nodes;
using Dragoman.Collections.Storage;
using Dragoman.Models.Encoders;
using Dragoman.Training.Encoders;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.BiEncoders;

/// <summary>Trains on the two sides of parallel text; dev are its held-out rows. Pairs follow from the configuration, so that no lists are kept.</summary>
internal sealed class ParallelData(BiEncoderSettings settings) : IBiEncoderData
{
    private readonly ParallelPairs _pairs = new(settings.Parallel!, settings.Fit.Seed);

    public int Count => _pairs.Count;

    public string Description => FormattableString.Invariant($"{_pairs.Count:N0} pairs an epoch from {_pairs.Rows:N0} rows of parallel text.");

    public IEnumerable<string> Warnings => _pairs.Excluded == 0 ? [] : [FormattableString.Invariant($"{_pairs.Excluded:N0} rows were left out, as a text of theirs is also held out.")];

    public bool OnTest => false;

    public JsonObject Inputs
    {
        get
        {
            var files = settings.Parallel!.Sources.Select((source, place) => KeyValuePair.Create(FormattableString.Invariant($"parallel_{place + 1}"), (JsonNode?)Fingerprint.OfFile(source.Path)));
            return new JsonObject(files.Append(KeyValuePair.Create("encoder", (JsonNode?)Fingerprint.OfFolder(StartingModel.Source(settings.Encoder)))));
        }
    }

    public JsonNode? Selection => null;

    public bool IsRelevant(string queryId, string passageId) => _pairs.AreAlike(queryId, passageId);

    public BiEncoderDev? Dev(ITextEncoder trained, Action<string> warn, Action<string, JsonObject> note) =>
        _pairs.HeldOut() is { } texts ? new BiEncoderDev(trained, texts.Qrels, texts.Queries, new PassageCatalogue(texts.Passages.Values), warn, note) : null;

    public void Begin(TrainingContext context, BiEncoderRun run, CancellationToken cancellationToken)
    {
    }

    public IReadOnlyList<TrainingGroup> Groups(int epoch, CancellationToken cancellationToken) => _pairs.Draw(epoch);

    public JsonObject Publish(string folder) => [];

    public void Dispose()
    {
    }
}
