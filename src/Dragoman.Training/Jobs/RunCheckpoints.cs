using Dragoman.Training.Fitting;

namespace Dragoman.Training.Jobs;

/// <summary>What a run that did not come to its end left in its folder of checkpoints.</summary>
public static class RunCheckpoints
{
    /// <summary>What the name of a fold's finished model ends in.</summary>
    internal const string FoldModelSuffix = ".model";

    /// <summary>Whether a checkpoint that is whole is there, of the run's own model or of a fold's: the folder is older than the first one, as it also holds the negatives of the epoch.</summary>
    /// <param name="folder">The folder of checkpoints, there or not.</param>
    public static bool HasOne(string folder)
    {
        var folds = Path.Combine(folder, FitCheckpoint.PartsName);
        return HasStep(folder) || (Directory.Exists(folds) && Directory.EnumerateDirectories(folds).Any(fold => fold.EndsWith(FoldModelSuffix, StringComparison.Ordinal) || HasStep(fold)));
    }

    private static bool HasStep(string folder) => Directory.Exists(folder) && Directory.EnumerateDirectories(folder, "step-*").Any(path => !path.EndsWith(".tmp", StringComparison.Ordinal));

    /// <summary>What to tell when a run was stopped; null when it had nothing to keep.</summary>
    /// <param name="folder">The folder of checkpoints, there or not.</param>
    internal static string? Standing(string folder) => !Directory.Exists(folder) ? null : HasOne(folder)
        ? $"Stopped; what the run had saved is in {folder}, and --resume goes on from there."
        : "Stopped before the first checkpoint; training begins anew next time. training.checkpoint_steps makes checkpoints within an epoch.";
}
