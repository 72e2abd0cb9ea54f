using System.Globalization;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats;

/// <summary>How a line of qrels is laid out.</summary>
/// <param name="Columns">Names of the columns, for messages; the passage is the last but one, the grade the last, the query the first.</param>
/// <param name="Count">How many columns there are: 3 or 4.</param>
internal sealed record QrelsLayout(string Columns, int Count)
{
    internal static QrelsLayout Trec { get; } = new("query, iteration, passage, grade", 4);

    internal static QrelsLayout Beir { get; } = new("query, passage, grade", 3);
}

/// <summary>Reads qrels of either layout in one pass, so that pipes can be read too.</summary>
internal static class QrelsReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <param name="layout">The layout; null to take it from the first line.</param>
    internal static Qrels Read(string path, QrelsLayout? layout)
    {
        using var reader = new Utf8LineReader(path);
        var builder = new QrelsBuilder();
        var (any, first) = (false, true);
        while (reader.TryRead(out var line))
        {
            if (TrecFields.IsBlankOrComment(line)) continue;
            var header = first && IsHeader(line) && layout != QrelsLayout.Trec;
            layout ??= header || IsBareBeir(path, line) ? QrelsLayout.Beir : QrelsLayout.Trec;
            first = false;
            if (header) continue;
            any = true;
            ReadLine(reader, line, layout, builder);
        }
        return any ? builder.Build(path) : throw new DataFormatException(path, 0, $"no judgements; expected lines of {(layout ?? QrelsLayout.Trec).Columns}.");
    }

    private static void ReadLine(Utf8LineReader reader, ReadOnlySpan<byte> line, QrelsLayout layout, QrelsBuilder builder)
    {
        var fields = new TrecFields(line);
        var query = fields.Next();
        if (layout.Count == 4) fields.Next();
        var passage = fields.Next();
        var grade = fields.Next();
        if (grade.IsEmpty || !fields.Next().IsEmpty) throw TrecFields.WrongCount(reader, line, layout.Count, layout.Columns);
        if (!int.TryParse(grade, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw reader.Failure($"the grade {TrecFields.Quote(grade)} is not a whole number; expected {layout.Columns}.");
        builder.Add(query, passage, value, reader.LineNumber);
    }

    internal static bool IsHeader(ReadOnlySpan<byte> line)
    {
        var first = new TrecFields(line).Next();
        return first.SequenceEqual("query-id"u8) || first.SequenceEqual("query_id"u8);
    }

    internal static bool IsBareBeir(string path, ReadOnlySpan<byte> line)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return TrecFields.Count(line) == 3 && name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase);
    }
}
