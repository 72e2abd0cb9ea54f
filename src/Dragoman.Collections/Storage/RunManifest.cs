using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Storage;

/// <summary>
/// How a run was made: a side-car <c>RUN.manifest.json</c> beside the run, so that a number can be traced to its inputs. It holds no time and no machine, so that the same
/// inputs give the same bytes.
/// </summary>
public sealed record RunManifest
{
    /// <summary>What is added to a run's name.</summary>
    public const string Suffix = ".manifest.json";

    /// <summary>How manifests are written: indented, names in snake case, letters of all scripts as they are.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
    };

    /// <summary>The command that made the run: <c>retrieve</c>, <c>fuse</c> or <c>rerank</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>Version of Dragoman that made it.</summary>
    public required string Dragoman { get; init; }

    /// <summary>The effective options, defaults included.</summary>
    public required JsonObject Options { get; init; }

    /// <summary>What it was made from.</summary>
    public required IReadOnlyList<RunInput> Inputs { get; init; }

    /// <summary>How many queries the run holds.</summary>
    public required int Queries { get; init; }

    /// <summary>How many passages it holds over all queries.</summary>
    public required int Passages { get; init; }

    /// <summary>Fingerprint of the run's file, so that a manifest left beside another run is known as such.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What the models behind the run were selected by: those among the inputs, and those behind the input runs.</summary>
    [JsonIgnore]
    public IReadOnlyList<ModelSelection> Selections =>
        [.. Inputs.SelectMany(input => (input.Selection is { } own ? [own] : Enumerable.Empty<ModelSelection>()).Concat(input.Manifest?.Selections ?? []))];

    /// <summary>Writes the manifest beside a run that was just written; does nothing when the run went into a pipe or a device.</summary>
    /// <param name="path">The run's file.</param>
    /// <param name="run">The run.</param>
    /// <param name="stage">The command that made it.</param>
    /// <param name="options">The effective options.</param>
    /// <param name="inputs">What it was made from.</param>
    /// <exception cref="DragomanException">The manifest cannot be written.</exception>
    public static void Write(string path, Run run, string stage, JsonObject options, IReadOnlyList<RunInput> inputs)
    {
        if (OutputPath.IsStream(OutputPath.ThroughLinks(Path.GetFullPath(path)))) return;
        var manifest = new RunManifest
        {
            Stage = stage,
            Dragoman = typeof(RunManifest).Assembly.GetName().Version!.ToString(3),
            Options = options,
            Inputs = inputs,
            Queries = run.QueryIds.Count,
            Passages = run.EntryCount,
            Fingerprint = Storage.Fingerprint.OfFile(path),
        };
        AtomicFile.WriteText(path + Suffix, writer => writer.WriteLine(JsonSerializer.Serialize(manifest, Json)));
    }

    /// <summary>Reads the manifest beside a run.</summary>
    /// <param name="path">The run's file.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="DataFormatException">The file there is no manifest.</exception>
    public static RunManifest? ReadOrNull(string path)
    {
        var file = path + Suffix;
        if (OutputPath.IsStream(OutputPath.ThroughLinks(Path.GetFullPath(path))) || !File.Exists(file)) return null;
        try
        {
            return JsonSerializer.Deserialize<RunManifest>(File.ReadAllBytes(file), Json) ?? throw new JsonException("null");
        }
        catch (JsonException failure)
        {
            throw new DataFormatException(file, 0, "this is not the manifest of a run, or it was cut short; make the run again, or delete this file to do without.", failure);
        }
    }

    /// <summary>Whether this is the manifest of a run's file as it is now; reads the whole file.</summary>
    /// <param name="path">The run's file.</param>
    public bool IsOf(string path) => (IsEmpty(path) ? Storage.Fingerprint.OfText("") : Storage.Fingerprint.OfFile(path)) == Fingerprint;

    // A named pipe has no length either; it was read already, and to open it again would wait for ever.
    private static bool IsEmpty(string path) => new FileInfo(OutputPath.ThroughLinks(Path.GetFullPath(path))) is { Exists: true, Length: 0 };
}
