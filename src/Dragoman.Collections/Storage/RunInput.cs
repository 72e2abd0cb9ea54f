namespace Dragoman.Collections.Storage;

/// <summary>A file or folder that a run was made from.</summary>
public sealed record RunInput
{
    /// <summary>What it is: <c>collection</c>, <c>queries</c>, <c>index</c>, <c>model</c>, <c>translation-table</c> or <c>run</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Where it lay, as the user named it.</summary>
    public required string Path { get; init; }

    /// <summary>Fingerprint of its bytes (of an index and of a finished model: of their manifest, which holds those of the files); null for a pipe, which can be read once only.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>What a model was selected by; null for other inputs, and for a model that was not selected or does not say.</summary>
    public ModelSelection? Selection { get; init; }

    /// <summary>The manifest of an input run; null for other inputs, and for a run that has none.</summary>
    public RunManifest? Manifest { get; init; }

    /// <summary>Describes an input file.</summary>
    /// <param name="role">What it is.</param>
    /// <param name="path">The file; a pipe gets no fingerprint.</param>
    public static RunInput OfFile(string role, string path) => new() { Role = role, Path = path, Fingerprint = FingerprintOf(path) };

    /// <summary>Describes a run with its manifest, if it has one; one that was left beside another run says nothing about this one and is not taken.</summary>
    /// <param name="path">The run.</param>
    /// <exception cref="Errors.DataFormatException">The file beside the run is no manifest.</exception>
    public static RunInput OfRun(string path) => OfFile("run", path) with { Manifest = RunManifest.ReadOrNull(path) is { } manifest && manifest.IsOf(path) ? manifest : null };

    /// <summary>Describes a folder that a stage wrote (an index, a model): the fingerprint is that of its <c>manifest.json</c>; of all its files when it has none.</summary>
    /// <param name="role">What it is.</param>
    /// <param name="folder">The folder.</param>
    public static RunInput OfStage(string role, string folder)
    {
        var manifest = System.IO.Path.Combine(folder, "manifest.json");
        return new()
        {
            Role = role,
            Path = folder,
            Fingerprint = File.Exists(manifest) ? Storage.Fingerprint.OfFile(manifest) : Storage.Fingerprint.OfFolder(folder),
            Selection = ModelSelection.OfModelOrNull(folder),
        };
    }

    // A pipe has been read by now; reading it again would give nothing or wait for ever. It has no length.
    private static string? FingerprintOf(string path) =>
        OutputPath.IsStream(System.IO.Path.GetFullPath(path)) || new FileInfo(path).Length == 0 ? null : Storage.Fingerprint.OfFile(path);
}
