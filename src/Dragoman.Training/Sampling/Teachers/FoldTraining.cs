using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling.Rejection.Agreement;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>How the models of an out-of-fold teacher are trained.</summary>
internal sealed record FoldTrainingSettings
{
    /// <summary>Which queries each model is trained on.</summary>
    internal required FoldPlan Plan { get; init; }

    /// <summary>Starts a model in a folder, as the run's own starts.</summary>
    internal required Func<string, ITrainee> Start { get; init; }

    /// <summary>What the models are trained on.</summary>
    internal required PlainGroups Groups { get; init; }

    /// <summary>How the run's own model is fitted.</summary>
    internal required FitSettings Fit { get; init; }

    /// <summary>Epochs of each model.</summary>
    internal int Epochs { get; init; } = 1;

    /// <summary>Calibrates each model; null for none.</summary>
    internal TeacherCalibration? Calibration { get; init; }

    /// <summary>Fingerprint of all that decides what the models become.</summary>
    internal required string Fingerprint { get; init; }

    /// <summary>Folder that keeps the models for other runs, in a folder named by <see cref="Fingerprint"/>; null keeps them with the run's checkpoint.</summary>
    internal string? Keep { get; init; }
}

/// <summary>
/// Trains a model for each fold of the queries, on all other folds: from the same start, with the same loss and batches as the run's own model, without sampling. Nothing chooses among its epochs: it has one task, to be
/// ignorant of its fold, and dev is for calibration. Each is kept in a folder <c>folds/N.model</c> of the run's checkpoint, or where other runs find it too, when it is whole, and a run that goes on trains those that are missing.
/// </summary>
/// <remarks>Several workers train each model together, as they train the run's own; worker 0 calibrates and keeps it.</remarks>
/// <param name="settings">How.</param>
/// <param name="context">The run.</param>
internal sealed class FoldTraining(FoldTrainingSettings settings, TrainingContext context)
{
    private readonly string _folder = Path.Combine(context.CheckpointPath, FitCheckpoint.PartsName);
    private readonly string? _kept = settings.Keep is { } keep ? Path.Combine(keep, settings.Fingerprint) : null;

    /// <summary>The run's own folder of all folds: scores, and the models if no other run is to find them.</summary>
    internal string FolderPath => _folder;

    /// <summary>Trains what is missing.</summary>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>Each fold's model folder with its manifest; null in other workers than the first.</returns>
    /// <exception cref="DragomanException">A model that is there was trained with another configuration.</exception>
    internal IReadOnlyList<(string Path, JsonObject Manifest)>? Run(CancellationToken cancellationToken)
    {
        // Of two runs that want the same models one trains them and the other waits.
        using var held = _kept is null || !context.Workers.IsFirst ? null
            : FolderLock.TakeAsync(_kept, context.Time, () => context.Log.Message($"Another run trains the models of the folds in {_kept}; waiting for it."), OutputPath.Unwritable, cancellationToken).GetAwaiter().GetResult();
        for (var fold = 0; fold < settings.Plan.Count; fold++)
        {
            var path = ModelOf(fold);
            if (context.Workers.Decide(() => IsThere(path) ? "there" : "missing") == "missing") Train(fold, path, cancellationToken);
            else if (_kept is not null && context.Workers.IsFirst) TellTaken(fold, path);
        }
        if (context.Workers.IsFirst) return [.. Enumerable.Range(0, settings.Plan.Count).Select(ModelOf).Select(path => (path, ManifestOf(path)))];
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        return null;
    }

    private void TellTaken(int fold, string path)
    {
        context.Log.Message(string.Create(CultureInfo.InvariantCulture, $"Fold {fold + 1} of {settings.Plan.Count}: its model is in {path} already."));
        if (ManifestOf(path)["calibration"] is JsonObject fitted) settings.Calibration?.Tell(FormattableString.Invariant($"Fold {fold + 1}"), TeacherProbabilities.FromJson(fitted));
    }

    private void Train(int fold, string path, CancellationToken cancellationToken)
    {
        var (number, queries) = (fold + 1, settings.Plan.Trained(fold).ToHashSet(StringComparer.Ordinal));
        var (count, start) = (settings.Groups.Count(queries), context.Time.GetTimestamp());
        context.Log.Message(string.Create(CultureInfo.InvariantCulture, $"Fold {number} of {settings.Plan.Count}: a model for {settings.Plan.Scored(fold).Count:N0} queries is trained on {count:N0} groups of the {queries.Count:N0} others."));
        var checkpoint = new FitCheckpoint(Path.Combine(_folder, number.ToString(CultureInfo.InvariantCulture)), settings.Fingerprint, keep: 1);
        using var stage = StageFolder.Begin(path);
        using var log = context.Log.Part(Path.Combine(_folder, FormattableString.Invariant($"{number}.log.jsonl")));
        using var trainee = settings.Start(stage.WorkingPath);
        var progress = trainee.Fit(new TraineeFit
        {
            Count = count,
            Groups = epoch => settings.Groups.Of(epoch, queries, cancellationToken),
            Settings = FitOf(settings.Fit, settings.Epochs),
            Checkpoint = checkpoint,
        }, context with { Log = log }, cancellationToken);
        if (context.Workers.IsFirst)
        {
            trainee.Save();
            var entry = new JsonObject { ["fold"] = number, ["queries"] = queries.Count, ["groups"] = count, ["steps"] = progress.Step, ["loss"] = progress.History[^1]!["loss"]!.GetValue<double>() };
            var manifest = entry.DeepClone().AsObject();
            manifest["calibration"] = settings.Calibration?.Of(trainee.Scorer, FormattableString.Invariant($"Fold {number}"), new JsonObject { ["fold"] = number }, cancellationToken).ToJson();
            manifest["fingerprint"] = settings.Fingerprint;
            stage.Complete([], manifest, "training.json");
            entry["seconds"] = Math.Round(context.Time.GetElapsedTime(start).TotalSeconds, 1);
            context.Log.Event("fold", entry);
        }
        checkpoint.Delete();
    }

    /// <summary>The run's own settings for fewer epochs: a warm-up in epochs keeps its share, and there is no running mean, which a short run's steps would leave behind.</summary>
    /// <param name="fit">The run's.</param>
    /// <param name="epochs">Epochs of a fold's model.</param>
    internal static FitSettings FitOf(FitSettings fit, int epochs) => fit with { Epochs = epochs, Average = 0, WarmupEpochs = fit.WarmupEpochs * epochs / fit.Epochs };

    private bool IsThere(string path)
    {
        if (!File.Exists(Path.Combine(path, ".complete"))) return false;
        if ((string?)ManifestOf(path)["fingerprint"] == settings.Fingerprint) return true;
        throw new DragomanException($"The fold's model {path} was trained with another configuration or other data; train without --resume to begin anew.");
    }

    private static JsonObject ManifestOf(string path) => JsonNode.Parse(File.ReadAllText(Path.Combine(path, "manifest.json")))!.AsObject();

    private string ModelOf(int fold) => Path.Combine(_kept ?? _folder, FormattableString.Invariant($"{fold + 1}{RunCheckpoints.FoldModelSuffix}"));
}
