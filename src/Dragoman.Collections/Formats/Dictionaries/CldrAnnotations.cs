using System.Text.Json;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Parallel;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Dictionaries;

/// <summary>
/// Names and keywords of symbols in many languages, JSON lines as <c>{"_id", "name": {language: text}, "keywords": {language: [text]}}</c> (after CLDR's annotations).
/// A symbol becomes one row of names and, when two languages have keywords, one row of keywords.
/// </summary>
public static class CldrAnnotations
{
    /// <summary>Reads the symbols as rows of parallel text.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <exception cref="DataFormatException">When enumerated: a line is not such an object.</exception>
    public static IEnumerable<ParallelRow> Read(string path)
    {
        foreach (var line in TextLines.Read(path))
        {
            foreach (var row in Rows(path, line)) yield return row;
        }
    }

    private static List<ParallelRow> Rows(string path, TextLine line)
    {
        try
        {
            using var json = JsonDocument.Parse(line.Text);
            var id = json.RootElement.GetProperty("_id").GetString()!;
            var rows = new List<ParallelRow>(2)
            {
                new(id, null, json.RootElement.GetProperty("name").EnumerateObject().ToDictionary(name => name.Name, name => name.Value.GetString()!, StringComparer.Ordinal)),
            };
            if (!json.RootElement.TryGetProperty("keywords", out var keywords)) return rows;
            var texts = keywords.EnumerateObject().Where(language => language.Value.GetArrayLength() > 0)
                .ToDictionary(language => language.Name, language => string.Join(' ', language.Value.EnumerateArray().Select(word => word.GetString())), StringComparer.Ordinal);
            if (texts.Count > 1) rows.Add(new ParallelRow(id + "/keywords", null, texts));
            return rows;
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new DataFormatException(path, line.Number, "expected {\"_id\": …, \"name\": {language: text}, \"keywords\": {language: [text]}}.", broken);
        }
    }
}
