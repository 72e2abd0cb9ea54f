using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Tensors.Modules;
using Dragoman.Tensors.Optimisation;
using Dragoman.Tensors.Weights;
using Dragoman.Training.Workers;

namespace Dragoman.Training.Fitting;

/// <summary>
/// The folder beside the output where a run is kept: a folder <c>step-N</c> per checkpoint (weights, optimiser, running mean, <c>state.json</c>) that gets its name when it is whole, and the weights
/// of the best measurement so far. Random numbers start anew from seed and step, so that nothing else is needed to go on bit by bit.
/// </summary>
internal sealed class FitCheckpoint(string folder, string fingerprint, int keep)
{
    /// <summary>Folder in the folder for the models of runs that belong to this one and that are trained before it.</summary>
    internal const string PartsName = "folds";
    private const string Prefix = "step-", StateName = "state.json";

    /// <summary>The folder.</summary>
    internal string FolderPath => folder;

    /// <summary>The folder of the newest checkpoint that is whole; null when there is none.</summary>
    internal string? Newest => Steps() is [.., var newest] ? newest.Path : null;

    /// <summary>Keeps the run as it is now.</summary>
    /// <param name="model">The model with its weights, not their mean.</param>
    /// <param name="optimiser">The optimiser.</param>
    /// <param name="average">The mean of the weights; null when there is none.</param>
    /// <param name="progress">How far it has come.</param>
    internal void Save(Module model, AdamW optimiser, WeightAverage? average, FitProgress progress)
    {
        var target = Path.Combine(folder, Prefix + progress.Step.ToString(CultureInfo.InvariantCulture));
        var working = target + ".tmp";
        if (Directory.Exists(working)) Directory.Delete(working, recursive: true);
        Directory.CreateDirectory(working);
        ModuleWeights.Save(model, Path.Combine(working, "weights.safetensors"));
        SafetensorsWriter.Write(Path.Combine(working, "optimiser.safetensors"), optimiser.State());
        if (average is not null) SafetensorsWriter.Write(Path.Combine(working, "average.safetensors"), average.State());
        var state = progress.ToJson();
        state.Insert(0, "configuration", fingerprint);
        AtomicFile.WriteText(Path.Combine(working, StateName), writer => writer.WriteLine(state.ToJsonString()));
        if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
        Directory.Move(working, target);
        foreach (var old in Steps().SkipLast(keep)) Directory.Delete(old.Path, recursive: true);
        foreach (var old in Directory.EnumerateFiles(folder, "best-*").Where(path => path != Best(progress.BestStep)).ToList()) File.Delete(old);
    }

    /// <summary>Keeps the weights of the best measurement; they count once <see cref="Save"/> has named it.</summary>
    /// <param name="model">The model with the weights that were measured.</param>
    /// <param name="step">Steps done.</param>
    internal void SaveBest(Module model, long step)
    {
        Directory.CreateDirectory(folder);
        ModuleWeights.Save(model, Best(step));
    }

    /// <summary>Gives the other workers the newest checkpoint of worker 0, in folders of their own.</summary>
    /// <param name="workers">The workers, which all call this.</param>
    internal void Share(WorkerGroup workers)
    {
        if (workers.IsAlone) return;
        if (!workers.IsFirst) Delete();
        var files = workers.Decide(() => Steps() is [.., var newest] ? string.Join('\n', Directory.EnumerateFiles(newest.Path).Order(StringComparer.Ordinal).Select(path => Path.GetRelativePath(folder, path))) : "");
        foreach (var file in files.Split('\n', StringSplitOptions.RemoveEmptyEntries)) workers.ShareFile(Path.Combine(folder, file), Path.Combine(folder, file));
    }

    /// <summary>Puts model, optimiser and mean back to where the newest checkpoint left them.</summary>
    /// <returns>How far that was; null when there is no checkpoint.</returns>
    /// <exception cref="DragomanException">The checkpoint belongs to another configuration.</exception>
    internal FitProgress? Load(Module model, AdamW optimiser, WeightAverage? average)
    {
        if (Steps() is not [.., var newest]) return null;
        var path = Path.Combine(newest.Path, StateName);
        JsonObject state;
        try
        {
            state = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        }
        catch (Exception failure) when (failure is JsonException or FileNotFoundException or InvalidOperationException)
        {
            throw new DataFormatException(path, 0, $"this is not the state of a run; delete {newest.Path} to go on from an older checkpoint, or train without --resume.", failure);
        }
        if (state["configuration"]?.GetValue<string>() != fingerprint)
            throw new DragomanException($"The checkpoint {folder} was made with another configuration or other data; train without --resume to begin anew.");
        using (var weights = WeightFile.Open(Path.Combine(newest.Path, "weights.safetensors"))) ModuleWeights.Load(model, weights);
        using (var moments = WeightFile.Open(Path.Combine(newest.Path, "optimiser.safetensors"))) optimiser.Load(moments);
        if (average is not null)
        {
            using var means = WeightFile.Open(Path.Combine(newest.Path, "average.safetensors"));
            average.Load(means);
        }
        return FitProgress.FromJson(state);
    }

    /// <summary>Puts the best weights into the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="step">Steps done when they were measured.</param>
    internal void LoadBest(Module model, long step)
    {
        using var weights = WeightFile.Open(Best(step));
        ModuleWeights.Load(model, weights);
    }

    /// <summary>Removes what is in the folder, but for the models of other runs that belong to this one.</summary>
    internal void Clear()
    {
        if (!Directory.Exists(folder)) return;
        foreach (var part in Directory.EnumerateDirectories(folder).Where(path => Path.GetFileName(path) != PartsName).ToList()) Directory.Delete(part, recursive: true);
        foreach (var file in Directory.EnumerateFiles(folder).ToList()) File.Delete(file);
    }

    /// <summary>Removes the folder.</summary>
    internal void Delete()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    /// <summary>Whole checkpoints in ascending order of their steps.</summary>
    private IReadOnlyList<(long Step, string Path)> Steps() => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateDirectories(folder, Prefix + "*")
            .Select(path => (Known: long.TryParse(Path.GetFileName(path).AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var step), Step: step, Path: path))
            .Where(found => found.Known).Select(found => (found.Step, found.Path)).OrderBy(found => found.Step),
    ];

    private string Best(long step) => Path.Combine(folder, FormattableString.Invariant($"best-{step}.safetensors"));
}
