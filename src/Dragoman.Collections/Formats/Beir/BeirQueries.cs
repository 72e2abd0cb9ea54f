using System.Text;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Beir;

/// <summary>Queries as JSON lines <c>{"_id", "text", "lang"}</c> or as <c>id&lt;TAB&gt;text</c> lines; which of the two, the first line says.</summary>
public static class BeirQueries
{
    /// <summary>Reads queries as a stream.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <param name="language">Language of queries that carry none, a BCP 47 tag.</param>
    /// <exception cref="DataFormatException">When enumerated: a line is malformed, an id occurs twice, a text is empty, a language tag is malformed, or there is no query.</exception>
    public static IEnumerable<Query> Read(string path, string language = LanguageShape.Unknown)
    {
        using var reader = new Utf8LineReader(path);
        var ids = new DistinctIds("query");
        foreach (var query in Read(reader, language))
        {
            ids.Add(reader, query.Id);
            yield return query;
        }
        if (ids.Count == 0) throw new DataFormatException(path, 0, $"there are no queries; expected lines like {BeirRecord.QueryExample}, or an id, a tab and the text.");
    }

    /// <summary>Reads queries from where the reader stands; ids may repeat, and there may be none.</summary>
    internal static IEnumerable<Query> Read(Utf8LineReader reader, string language)
    {
        bool? json = null;
        while (Next(reader, language, ref json) is { } query) yield return query;
    }

    /// <summary>Writes queries as JSON lines; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="queries">The queries, written in this order.</param>
    /// <returns>How many were written.</returns>
    public static int Write(string path, IEnumerable<Query> queries)
    {
        var count = 0;
        AtomicFile.WriteText(path, writer =>
        {
            foreach (var query in queries)
            {
                writer.WriteLine(JsonLine.Of(("_id", query.Id), ("text", query.Text), ("lang", query.Language)));
                count++;
            }
        });
        return count;
    }

    private static Query? Next(Utf8LineReader reader, string language, ref bool? json)
    {
        while (reader.TryRead(out var line))
        {
            var trimmed = line.Trim(" \t"u8);
            if (trimmed.IsEmpty) continue;
            json ??= trimmed[0] == '{';
            var query = json.Value ? FromJson(reader, line, language) : FromTabs(reader, line, language);
            return query.Text.Length > 0 ? query : throw reader.Failure($"the text of query {query.Id} is empty; remove the query or give it a text.");
        }
        return null;
    }

    private static Query FromJson(Utf8LineReader reader, ReadOnlySpan<byte> line, string language)
    {
        var record = BeirRecord.Parse(reader, line, BeirRecord.QueryExample, language);
        return new Query(record.Id, record.Text.Trim(), record.Language);
    }

    private static Query FromTabs(Utf8LineReader reader, ReadOnlySpan<byte> line, string language)
    {
        var tab = line.IndexOf((byte)'\t');
        if (tab < 0) throw reader.Failure($"no tab; expected an id, a tab and the text, or JSON lines like {BeirRecord.QueryExample}.");
        var id = Encoding.UTF8.GetString(line[..tab]).Trim();
        Ids.Require(reader, id);
        return new Query(id, Encoding.UTF8.GetString(line[(tab + 1)..]).Trim(), BeirRecord.RequireLanguage(reader, language));
    }
}
