using System.Text.Json;
using Dragoman.Collections.Storage;

namespace Dragoman.Cli.Vectors;

/// <summary>A line of <c>dragoman encode</c>'s input.</summary>
/// <param name="Id">The text's id, copied to the output.</param>
/// <param name="Text">The text.</param>
internal sealed record TextRecord(string Id, string Text)
{
    private const string Expected = """expected {"id": "...", "text": "..."}""";

    /// <summary>Reads a file line by line; empty lines are passed over.</summary>
    /// <exception cref="Collections.Errors.DataFormatException">A line is not such an object.</exception>
    internal static IEnumerable<TextRecord> Read(string path)
    {
        using var reader = new Utf8LineReader(path);
        while (TryRead(reader, out var record))
            if (record is not null) yield return record;
    }

    private static bool TryRead(Utf8LineReader reader, out TextRecord? record)
    {
        record = null;
        if (!reader.TryRead(out var line)) return false;
        if (line.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r') < 0) return true;
        JsonElement root;
        try
        {
            var json = new Utf8JsonReader(line);
            root = JsonElement.ParseValue(ref json);
            if (json.Read()) throw new JsonException("text follows the object");
        }
        catch (JsonException broken)
        {
            throw reader.Failure($"not valid JSON; {Expected}.", broken);
        }
        record = new TextRecord(Field(reader, root, "id"), Field(reader, root, "text"));
        return true;
    }

    private static string Field(Utf8LineReader reader, JsonElement root, string name)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out var value)) throw reader.Failure($"\"{name}\" is missing; {Expected}.");
        if (value.ValueKind != JsonValueKind.String) throw reader.Failure($"\"{name}\" is not a text; {Expected}.");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException broken)
        {
            throw reader.Failure($"\"{name}\" is not valid Unicode; {Expected}.", broken);
        }
    }
}
