using System.Text.Json;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Parallel;

/// <summary>
/// Parallel text, streamed row by row. Two layouts, told apart by the first line: JSON lines <c>{"_id", "src", "en": "…", "kk": "…"}</c>, where every field
/// but <c>_id</c> and <c>src</c> is a language; and TSV with a header line of language tags (a column <c>_id</c> or <c>src</c> may be among them), where an empty cell is no text.
/// </summary>
public static class ParallelText
{
    private const string IdField = "_id", SourceField = "src";
    private const string Example = """{"_id": "r1", "zh": "…", "kk": "…"}""";

    /// <summary>Reads the rows of a file.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <exception cref="DataFormatException">When enumerated: a line is malformed, a language tag is malformed, or there is no row.</exception>
    public static IEnumerable<ParallelRow> Read(string path)
    {
        using var reader = new Utf8LineReader(path);
        string[]? columns = null;
        bool? json = null;
        var count = 0;
        while (Next(reader, ref json, ref columns) is { } row)
        {
            count++;
            yield return row;
        }
        if (count == 0) throw new DataFormatException(path, 0, $"there are no rows; expected lines like {Example}, or TSV with a header of language tags.");
    }

    /// <summary>Writes rows as JSON lines; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="rows">The rows, written in this order.</param>
    public static void Write(string path, IEnumerable<ParallelRow> rows) => AtomicFile.WriteText(path, writer =>
    {
        foreach (var row in rows)
        {
            writer.WriteLine(JsonLine.Write(json =>
            {
                json.WriteString(IdField, row.Id);
                if (row.Source is not null) json.WriteString(SourceField, row.Source);
                foreach (var (language, text) in row.Texts) json.WriteString(language, text);
            }));
        }
    });

    /// <summary>Writes rows as TSV with a header line; gzip-compressed when the name ends in <c>.gz</c>. Tabs and line ends in a text become spaces.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="rows">The rows, written in this order.</param>
    /// <param name="languages">The columns; a row without a text in one of them gets an empty cell, texts in other languages are left out.</param>
    public static void Write(string path, IEnumerable<ParallelRow> rows, IReadOnlyList<string> languages) => AtomicFile.WriteText(path, writer =>
    {
        writer.WriteLine($"{IdField}\t{SourceField}\t{string.Join('\t', languages)}");
        foreach (var row in rows)
        {
            var cells = languages.Select(language => Tabs.TabbedLine.Cell(row.Texts.GetValueOrDefault(language) ?? ""));
            writer.WriteLine($"{row.Id}\t{row.Source}\t{string.Join('\t', cells)}");
        }
    });

    private static ParallelRow? Next(Utf8LineReader reader, ref bool? json, ref string[]? columns)
    {
        while (reader.TryRead(out var line))
        {
            var trimmed = line.Trim(" \t"u8);
            if (trimmed.IsEmpty) continue;
            json ??= trimmed[0] == '{';
            if (json.Value) return FromJson(reader, line);
            if (columns is not null) return FromTabs(reader, line, columns);
            columns = Header(reader, line);
        }
        return null;
    }

    private static ParallelRow FromJson(Utf8LineReader reader, ReadOnlySpan<byte> line)
    {
        string? id = null, source = null;
        var texts = new Dictionary<string, string>(4, StringComparer.Ordinal);
        try
        {
            var json = new Utf8JsonReader(line);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject) throw reader.Failure($"the line is not an object; expected {Example}.");
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = json.GetString()!;
                json.Read();
                if (json.TokenType == JsonTokenType.Null) continue;
                if (json.TokenType != JsonTokenType.String) throw reader.Failure($"the field \"{name}\" is not a string; expected {Example}.");
                var value = json.GetString()!;
                if (name == IdField) id = value;
                else if (name == SourceField) source = value;
                else if (value.Length > 0) texts[Language(reader, name)] = value;
            }
            json.Read();
        }
        catch (JsonException broken)
        {
            throw reader.Failure(JsonProblem.Describe(broken, line, Example), broken);
        }
        catch (InvalidOperationException half)
        {
            throw reader.Failure("a text holds half of a surrogate pair (\\ud800 to \\udfff alone), which is no character; write the text as UTF-8.", half);
        }
        return new ParallelRow(id ?? LineId(reader), source, texts);
    }

    private static ParallelRow FromTabs(Utf8LineReader reader, ReadOnlySpan<byte> line, string[] columns)
    {
        var cells = System.Text.Encoding.UTF8.GetString(line).Split('\t');
        if (cells.Length != columns.Length) throw reader.Failure($"{cells.Length} columns, expected {columns.Length} ({string.Join(", ", columns)}) as in the header line.");
        string? id = null, source = null;
        var texts = new Dictionary<string, string>(columns.Length, StringComparer.Ordinal);
        for (var column = 0; column < columns.Length; column++)
        {
            var cell = cells[column].Trim();
            if (cell.Length == 0) continue;
            if (columns[column] == IdField) id = cell;
            else if (columns[column] == SourceField) source = cell;
            else texts[columns[column]] = cell;
        }
        return new ParallelRow(id ?? LineId(reader), source, texts);
    }

    private static string[] Header(Utf8LineReader reader, ReadOnlySpan<byte> line)
    {
        var columns = System.Text.Encoding.UTF8.GetString(line).Split('\t');
        for (var column = 0; column < columns.Length; column++)
        {
            columns[column] = columns[column].Trim();
            if (columns[column] is not (IdField or SourceField)) columns[column] = Language(reader, columns[column]);
        }
        if (columns.Distinct(StringComparer.Ordinal).Count() < columns.Length) throw reader.Failure("a column name occurs twice in the header line.");
        return columns;
    }

    private static string Language(Utf8LineReader reader, string tag) =>
        tag.Length == 0 ? throw reader.Failure("a column or field without a name; expected a language tag.") : LanguageShape.Normalise(tag) ?? throw reader.Failure(LanguageShape.Problem(tag));

    private static string LineId(Utf8LineReader reader) => $"{Path.GetFileName(reader.Path)}:{reader.LineNumber}";
}
