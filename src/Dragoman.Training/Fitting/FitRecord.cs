using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Storage;
using Dragoman.Models;
using Dragoman.Tensors;
using Dragoman.Training.Encoders;
using Dragoman.Training.Jobs;
using Dragoman.Training.Workers;

namespace Dragoman.Training.Fitting;

/// <summary>What the manifest of every neural ranker says alike: its inputs, how it was chosen, what it ran with and what it reached.</summary>
internal static class FitRecord
{
    /// <summary>Fingerprints of what every training reads.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="trainSplit">Split that is trained on; null for the only one.</param>
    /// <param name="devSplit">Split that epochs are compared by; null for none.</param>
    /// <param name="encoder">What it starts from.</param>
    internal static JsonObject Inputs(Collection collection, string? trainSplit, string? devSplit, EncoderStart encoder)
    {
        var inputs = new JsonObject
        {
            ["corpus"] = Fingerprint.OfFile(collection.CorpusPath),
            ["queries"] = Fingerprint.OfFile(collection.QueriesPath!),
            ["train"] = Fingerprint.OfFile(collection.QrelsPath(trainSplit)),
            ["encoder"] = Fingerprint.OfFolder(StartingModel.Source(encoder)),
        };
        if (devSplit is not null) inputs["dev"] = Fingerprint.OfFile(collection.QrelsPath(devSplit));
        return inputs;
    }

    /// <summary>What epochs are compared by: a run of the model must not be evaluated on the same judgements.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="devSplit">The split; null for the only one.</param>
    /// <param name="dev">Its judgements.</param>
    /// <param name="measure">The measure that decides.</param>
    /// <param name="onTest">Whether it is a test split.</param>
    /// <param name="run">The candidates that are reranked; null where the collection is searched.</param>
    internal static ModelSelection Selection(Collection collection, string? devSplit, Qrels dev, string measure, bool onTest, string? run)
    {
        var (qrels, queries) = (collection.QrelsPath(devSplit), collection.QueriesPath!);
        return new ModelSelection
        {
            Measure = measure,
            Qrels = qrels,
            QrelsFingerprint = Fingerprint.OfFile(qrels),
            JudgementsFingerprint = dev.Fingerprint(),
            Queries = queries,
            QueriesFingerprint = Fingerprint.OfFile(queries),
            Run = run,
            RunFingerprint = run is null ? null : Fingerprint.OfFile(run),
            ChosenOnTest = onTest,
            QueryIds = [.. dev.QueryIds.Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>The beginning of a manifest: versions, type of the products, threads, seed.</summary>
    /// <param name="settings">How it was fitted.</param>
    /// <param name="device">Where.</param>
    /// <param name="workers">By whom.</param>
    internal static JsonObject Manifest(FitSettings settings, Device device, WorkerGroup workers) => new()
    {
        ["stage"] = "train",
        ["dragoman"] = typeof(FitRecord).Assembly.GetName().Version?.ToString(3),
        ["libtorch"] = Torch.Version,
        ["precision"] = PrecisionChoice.Resolve(settings.Precision, device.Kind).ToString().ToLowerInvariant(),
        ["device"] = device.ToString(),
        ["workers"] = workers.Count,
        ["threads"] = Torch.Threads,
        ["seed"] = settings.Seed,
    };

    /// <summary>What a run came to, without its dev measures.</summary>
    /// <param name="progress">How far it came.</param>
    /// <param name="withoutDev">Why the last epoch was kept, where nothing was measured.</param>
    /// <param name="onTest">Whether epochs were compared by a test split.</param>
    /// <param name="context">Holds the clock.</param>
    internal static JsonObject Reached(FitProgress progress, string withoutDev, bool onTest, TrainingContext context) => new()
    {
        ["epochs"] = progress.Epoch,
        ["steps"] = progress.Step,
        ["seconds"] = Math.Round(context.Log.Elapsed.TotalSeconds, 1),
        ["chosen"] = progress.BestEpoch == 0 ? $"the last epoch, as {withoutDev}" : $"epoch {progress.BestEpoch}, the best on {(onTest ? "TEST, as data.choose_on_test asks" : "dev")}",
    };

    /// <summary>Measures of the epoch that was kept, to four decimals; those it lacks are left out.</summary>
    /// <param name="progress">The run, with an epoch that was measured.</param>
    /// <param name="names">The measures.</param>
    internal static JsonObject Best(FitProgress progress, IEnumerable<string> names)
    {
        var best = progress.History.Single(entry => entry!["epoch"]!.GetValue<int>() == progress.BestEpoch)!.AsObject();
        return Rounded(names.Where(best.ContainsKey).Select(name => KeyValuePair.Create(name, best[name]!.GetValue<double>())));
    }

    /// <summary>Measures to four decimals.</summary>
    /// <param name="measures">Values by name.</param>
    internal static JsonObject Rounded(IEnumerable<KeyValuePair<string, double>> measures) =>
        new(measures.Select(measure => KeyValuePair.Create<string, JsonNode?>(measure.Key, Math.Round(measure.Value, 4))));
}
