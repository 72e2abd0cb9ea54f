using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Beir;

/// <summary>Passages as JSON lines: <c>{"_id", "title", "text", "lang"}</c>. <c>title</c> may be missing; without <c>lang</c> the language is <c>und</c>.</summary>
public static class BeirCorpus
{
    /// <summary>Reads passages as a stream; memory holds one passage and the ids seen.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <exception cref="DataFormatException">When enumerated: a line is malformed, an id occurs twice, a language tag is malformed, or there is no passage.</exception>
    public static IEnumerable<Passage> Read(string path)
    {
        using var reader = new Utf8LineReader(path);
        var ids = new DistinctIds("passage");
        foreach (var passage in Read(reader, LanguageShape.Unknown))
        {
            ids.Add(reader, passage.Id);
            yield return passage;
        }
        if (ids.Count == 0) throw new DataFormatException(path, 0, $"the collection is empty; expected one passage a line: {BeirRecord.PassageExample}.");
    }

    /// <summary>Reads passages from where the reader stands; ids may repeat, and there may be none.</summary>
    internal static IEnumerable<Passage> Read(Utf8LineReader reader, string language)
    {
        while (Next(reader, language) is { } record) yield return new Passage(record.Id, record.Title, record.Text, record.Language);
    }

    /// <summary>Writes passages; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="passages">The passages, written in this order.</param>
    /// <returns>How many were written.</returns>
    public static int Write(string path, IEnumerable<Passage> passages)
    {
        var count = 0;
        AtomicFile.WriteText(path, writer =>
        {
            foreach (var passage in passages)
            {
                writer.WriteLine(JsonLine.Of(("_id", passage.Id), ("title", passage.Title), ("text", passage.Text), ("lang", passage.Language)));
                count++;
            }
        });
        return count;
    }

    private static BeirRecord? Next(Utf8LineReader reader, string language)
    {
        while (reader.TryRead(out var line))
            if (!line.Trim(" \t"u8).IsEmpty) return BeirRecord.Parse(reader, line, BeirRecord.PassageExample, language);
        return null;
    }
}
