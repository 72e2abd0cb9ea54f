using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dragoman.Collections.Storage;

namespace Dragoman.Training.TranslationTables;

/// <summary>Writes a table in the JSON form of PSQ tables, <c>{"term": {"translation": probability}}</c>, gzip-compressed.</summary>
internal static class TranslationTableFile
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void Write(string path, IReadOnlyList<TranslationRow> rows) => AtomicFile.Write(path, stream =>
    {
        using var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        using var json = new Utf8JsonWriter(gzip, Plain);
        json.WriteStartObject();
        foreach (var row in rows)
        {
            json.WriteStartObject(row.Term);
            foreach (var (term, probability) in row.Translations) json.WriteNumber(term, Math.Round(probability, 6));
            json.WriteEndObject();
        }
        json.WriteEndObject();
    });
}
