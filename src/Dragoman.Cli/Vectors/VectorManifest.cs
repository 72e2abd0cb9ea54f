using System.Text.Json;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Cli.Vectors;

/// <summary>How a file of vectors was made: <c>OUT.jsonl.manifest.json</c> beside it, written last, so that a file with its manifest is finished. Like that of a run it holds no time and no machine.</summary>
internal sealed record VectorManifest
{
    /// <summary><c>encode</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>Version of Dragoman that made it.</summary>
    public required string Dragoman { get; init; }

    /// <summary>What decided the vectors.</summary>
    public required VectorForm Form { get; init; }

    /// <summary>Name of the file of texts.</summary>
    public required string Input { get; init; }

    /// <summary>Its fingerprint; null for a pipe.</summary>
    public string? InputFingerprint { get; init; }

    /// <summary>How many texts it holds.</summary>
    public required int Texts { get; init; }

    /// <summary>Which part of them these are; null for all.</summary>
    public TextShard? Shard { get; init; }

    /// <summary>How many vectors the file holds.</summary>
    public required int Vectors { get; init; }

    /// <summary>Fingerprint of the file of vectors.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Where the manifest of a file is.</summary>
    internal static string PathOf(string file) => file + RunManifest.Suffix;

    /// <summary>Writes the manifest of a file that was just written; does nothing when it went into a pipe or a device.</summary>
    /// <param name="file">The file of vectors.</param>
    /// <param name="of">Makes the manifest of the file's fingerprint.</param>
    internal static void Write(string file, Func<string, VectorManifest> of)
    {
        if (!OutputPath.IsFile(file)) return;
        var manifest = of(Collections.Storage.Fingerprint.OfFile(file));
        AtomicFile.WriteText(PathOf(file), writer => writer.WriteLine(JsonSerializer.Serialize(manifest, RunManifest.Json)));
    }

    /// <summary>Reads the manifest of a file; null when there is none.</summary>
    /// <exception cref="DataFormatException">What is there is not one.</exception>
    internal static VectorManifest? ReadOrNull(string file)
    {
        var path = PathOf(file);
        if (!File.Exists(path)) return null;
        try
        {
            var manifest = JsonSerializer.Deserialize<VectorManifest>(File.ReadAllBytes(path), RunManifest.Json);
            return manifest is { Stage: "encode" } ? manifest : throw new JsonException("not of encode");
        }
        catch (JsonException failure)
        {
            throw new DataFormatException(path, 0, "this is not the manifest of vectors, or it was cut short; remove it and encode again.", failure);
        }
    }

    /// <summary>Whether two files are of the same texts by the same encoder.</summary>
    /// <returns>Where they differ; null where they do not.</returns>
    internal static string? Difference(VectorManifest one, VectorManifest other) => VectorForm.Difference(one.Form, other.Form)
        ?? (one.InputFingerprint != other.InputFingerprint || one.Texts != other.Texts ? $"{one.Input} ({one.InputFingerprint}) and {other.Input} ({other.InputFingerprint})" : null);

    /// <summary>Whether the file is that of the manifest; reads all of it.</summary>
    internal bool IsOf(string file) => File.Exists(file) && Collections.Storage.Fingerprint.OfFile(file) == Fingerprint;
}
