using System.Globalization;
using System.Text;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Formats.Beir;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Scanning;

/// <summary>
/// Reads a collection's files for checking: a line that the readers would refuse is told of and passed over, duplicate ids and empty texts come through. Memory holds one line.
/// </summary>
public static class CollectionScan
{
    private delegate T LineReader<T>(Utf8LineReader reader, ReadOnlySpan<byte> line);

    /// <summary>Scans <c>corpus.jsonl</c>.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <exception cref="DragomanException">When enumerated: there is no such file, or the compressed data are damaged.</exception>
    public static IEnumerable<ScannedText> Passages(string path) => Scan(path, (reader, line) => FromJson(reader, line, BeirRecord.PassageExample), Broken);

    /// <summary>Scans <c>queries.jsonl</c> or <c>queries.tsv</c>; the first line tells which.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <exception cref="DragomanException">When enumerated: there is no such file, or the compressed data are damaged.</exception>
    public static IEnumerable<ScannedText> Queries(string path)
    {
        bool? json = null;
        return Scan(path, (reader, line) =>
        {
            json ??= line.Trim(" \t"u8)[0] == '{';
            if (json.Value) return FromJson(reader, line, BeirRecord.QueryExample);
            var tab = line.IndexOf((byte)'\t');
            if (tab < 0) throw reader.Failure($"no tab; expected an id, a tab and the text, or JSON lines like {BeirRecord.QueryExample}.");
            var id = Encoding.UTF8.GetString(line[..tab]).Trim();
            Ids.Require(reader, id);
            return new ScannedText(reader.LineNumber, id, "", Encoding.UTF8.GetString(line[(tab + 1)..]).Trim(), LanguageShape.Unknown, null);
        }, Broken);
    }

    /// <summary>Scans judgements, TREC or BEIR; the first line tells which.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <exception cref="DragomanException">When enumerated: there is no such file, or the compressed data are damaged.</exception>
    public static IEnumerable<ScannedPair> Judgements(string path)
    {
        QrelsLayout? layout = null;
        var first = true;
        return Scan(path, (reader, line) =>
        {
            if (TrecFields.IsBlankOrComment(line)) return default;
            var header = first ? QrelsReader.HeaderOf(line) : null;
            layout ??= header ?? (QrelsReader.IsBareBeir(path, line) ? QrelsLayout.Beir : QrelsLayout.Trec);
            first = false;
            return header is not null ? default : Judgement(reader, layout.Commas ? QrelsReader.WithTabs(line) : line, layout);
        }, BrokenPair).Where(pair => pair.Line > 0);
    }

    /// <summary>Scans a TREC run.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <exception cref="DragomanException">When enumerated: there is no such file, or the compressed data are damaged.</exception>
    public static IEnumerable<ScannedPair> Run(string path) => Scan(path, (reader, line) =>
    {
        if (TrecFields.IsBlankOrComment(line)) return default;
        if (TrecFields.Count(line) != 6) throw TrecFields.WrongCount(reader, line, 6, "query, Q0, passage, rank, score, tag");
        var fields = new TrecFields(line);
        var query = fields.Next();
        fields.Next();
        return new ScannedPair(reader.LineNumber, Encoding.UTF8.GetString(query), Encoding.UTF8.GetString(fields.Next()), 0, null);
    }, BrokenPair).Where(pair => pair.Line > 0);

    private static ScannedText FromJson(Utf8LineReader reader, ReadOnlySpan<byte> line, string example)
    {
        var record = BeirRecord.Parse(reader, line, example, LanguageShape.Unknown);
        return new ScannedText(reader.LineNumber, record.Id, record.Title, record.Text, record.Language, null);
    }

    private static ScannedPair Judgement(Utf8LineReader reader, ReadOnlySpan<byte> line, QrelsLayout layout)
    {
        if (TrecFields.Count(line) != layout.Count) throw TrecFields.WrongCount(reader, line, layout.Count, layout.Columns);
        var fields = new TrecFields(line);
        var query = Encoding.UTF8.GetString(fields.Next());
        if (layout.Count == 4) fields.Next();
        var passage = Encoding.UTF8.GetString(fields.Next());
        var grade = fields.Next();
        return int.TryParse(grade, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? new ScannedPair(reader.LineNumber, query, passage, value, null)
            : throw reader.Failure($"the grade {TrecFields.Quote(grade)} is not a whole number; expected {layout.Columns}.");
    }

    private static ScannedText Broken(int line, string problem) => new(line, "", "", "", LanguageShape.Unknown, problem);

    private static ScannedPair BrokenPair(int line, string problem) => new(line, "", "", 0, problem);

    private static IEnumerable<T> Scan<T>(string path, LineReader<T> read, Func<int, string, T> broken)
    {
        using var reader = new Utf8LineReader(path);
        while (true)
        {
            var (more, found, record) = Next(reader, read, broken);
            if (!more) yield break;
            if (found) yield return record;
        }
    }

    private static (bool More, bool Found, T Record) Next<T>(Utf8LineReader reader, LineReader<T> read, Func<int, string, T> broken)
    {
        var before = reader.LineNumber;
        try
        {
            if (!reader.TryRead(out var line)) return (false, false, default!);
            return line.Trim(" \t"u8).IsEmpty ? (true, false, default!) : (true, true, read(reader, line));
        }
        catch (DataFormatException refused) when (reader.LineNumber > before)
        {
            // The line was taken, so that the next can be read. Damaged compressed data take none.
            var prefix = $"{reader.Path}, line {reader.LineNumber}: ";
            return (true, true, broken(reader.LineNumber, refused.Message.StartsWith(prefix, StringComparison.Ordinal) ? refused.Message[prefix.Length..] : refused.Message));
        }
    }
}
