using Dragoman.Collections.Storage;

namespace Dragoman.Cli.Reports;

/// <summary>Reads how a run was made. A manifest that was left beside another run says nothing about this one.</summary>
internal static class ManifestOfRun
{
    /// <summary>The manifest of a run; null when there is none that fits.</summary>
    /// <param name="path">The run's file.</param>
    /// <param name="warning">Why a manifest that is there is not looked at; null when all is well.</param>
    internal static RunManifest? Read(string path, out string? warning)
    {
        warning = null;
        if (RunManifest.ReadOrNull(path) is not { } manifest) return null;
        if (manifest.IsOf(path)) return manifest;
        warning = $"{path}{RunManifest.Suffix} belongs to another run and is not looked at; the run was changed after it was made.";
        return null;
    }
}
