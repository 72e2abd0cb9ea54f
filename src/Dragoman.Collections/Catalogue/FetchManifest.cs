using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Catalogue;

/// <summary>What is recorded of a file beside it.</summary>
/// <param name="Path">Its name in the folder.</param>
/// <param name="From">The address or the path that it came from, or that it was put there by hand.</param>
/// <param name="ETag">The server's mark of the version; null when it gave none.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its bytes, in hexadecimal digits.</param>
/// <param name="Checked">The published checksum that it was compared with; null when none is published.</param>
/// <param name="Fetched">When.</param>
/// <param name="Modified">The file's time of change, by which a later look sees that it is still the same.</param>
public sealed record FetchRecord(string Path, string From, string? ETag, long Bytes, string Sha256, string? Checked, DateTimeOffset Fetched, DateTime Modified);

/// <summary>The record of a folder of fetched files, <c>dragoman-data.json</c>: where each came from, when, its hash, and under which terms.</summary>
internal sealed record FetchManifest
{
    internal const string FileName = "dragoman-data.json";

    public required string Entry { get; init; }
    public required string Licence { get; init; }
    public required string Citation { get; init; }
    public IReadOnlyList<FetchRecord> Files { get; init; } = [];

    internal static FetchManifest Read(string folder, CatalogueEntry entry)
    {
        var path = System.IO.Path.Combine(folder, FileName);
        var none = new FetchManifest { Entry = entry.Name, Licence = entry.Licence, Citation = entry.Citation };
        try
        {
            var read = File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), ManifestJson.Default.FetchManifest) : null;
            return read?.Files is null || read.Files.Any(record => record is null) || read.Entry != entry.Name ? none : read with { Licence = entry.Licence, Citation = entry.Citation };
        }
        catch (JsonException)
        {
            return none; // Files without a record are checked again.
        }
    }

    internal FetchRecord? Of(CatalogueFile file) => Files.FirstOrDefault(record => record.Path == file.Path);

    internal FetchManifest With(FetchRecord record) => this with { Files = [.. Files.Where(other => other.Path != record.Path).Append(record).OrderBy(other => other.Path, StringComparer.Ordinal)] };

    internal void Write(string folder) => AtomicFile.WriteText(System.IO.Path.Combine(folder, FileName), writer => writer.WriteLine(JsonSerializer.Serialize(this, Readable.FetchManifest)));

    private static ManifestJson Readable { get; } =
        new(new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase });
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FetchManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
