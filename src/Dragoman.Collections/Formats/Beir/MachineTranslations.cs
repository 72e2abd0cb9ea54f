using System.Text.Json;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Beir;

/// <summary>Says of a text that a machine translated it.</summary>
/// <param name="Language">Language that it was translated from, a BCP 47 tag.</param>
/// <param name="Translator">Identity of the translator.</param>
public sealed record MachineTranslation(string Language, string Translator);

/// <summary>
/// Writes translated passages and queries as JSON lines; each that a machine translated says so: <c>"metadata": {"machine_translation": {"from": "kk", "translator": "…"}}</c>. <see cref="BeirCorpus"/> and <see cref="BeirQueries"/>
/// read them, and pass the mark over.
/// </summary>
public static class MachineTranslations
{
    /// <summary>Writes passages; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="passages">The passages, written in this order, with a mark for those that were translated.</param>
    /// <returns>How many were written.</returns>
    public static int WritePassages(string path, IEnumerable<(Passage Passage, MachineTranslation? Mark)> passages) =>
        Write(path, passages, (json, passage) => Members(json, passage.Passage.Id, passage.Passage.Title, passage.Passage.Text, passage.Passage.Language, passage.Mark));

    /// <summary>Writes queries; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="queries">The queries, written in this order, with a mark for those that were translated.</param>
    /// <returns>How many were written.</returns>
    public static int WriteQueries(string path, IEnumerable<(Query Query, MachineTranslation? Mark)> queries) =>
        Write(path, queries, (json, query) => Members(json, query.Query.Id, null, query.Query.Text, query.Query.Language, query.Mark));

    private static int Write<T>(string path, IEnumerable<T> records, Action<Utf8JsonWriter, T> members)
    {
        var count = 0;
        AtomicFile.WriteText(path, writer =>
        {
            foreach (var record in records)
            {
                writer.WriteLine(JsonLine.Write(json => members(json, record)));
                count++;
            }
        });
        return count;
    }

    private static void Members(Utf8JsonWriter json, string id, string? title, string text, string language, MachineTranslation? mark)
    {
        json.WriteString("_id", id);
        if (title is not null) json.WriteString("title", title);
        json.WriteString("text", text);
        json.WriteString("lang", language);
        if (mark is null) return;
        json.WriteStartObject("metadata");
        json.WriteStartObject("machine_translation");
        json.WriteString("from", mark.Language);
        json.WriteString("translator", mark.Translator);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
