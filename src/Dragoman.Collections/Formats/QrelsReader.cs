using System.Globalization;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Clirmatrix;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats;

/// <summary>How a line of qrels is laid out.</summary>
/// <param name="Columns">Names of the columns, for messages; the passage is the last but one, the grade the last, the query the first.</param>
/// <param name="Count">How many columns there are: 3 or 4.</param>
/// <param name="Commas">Whether commas separate them, and not white space.</param>
internal sealed record QrelsLayout(string Columns, int Count, bool Commas = false)
{
    internal static QrelsLayout Trec { get; } = new("query, iteration, passage, grade", 4);

    internal static QrelsLayout Beir { get; } = new("query, passage, grade", 3);

    internal static QrelsLayout CommaSeparated { get; } = new("query, passage, grade", 3, Commas: true);

    /// <summary>Not columns: JSON lines with queries and results.</summary>
    internal static QrelsLayout Clirmatrix { get; } = new("src_id, src_query, tgt_results", 0);
}

/// <summary>Reads qrels of any layout in one pass, so that pipes can be read too.</summary>
internal static class QrelsReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <param name="layout">The layout; null to take it from the first line.</param>
    internal static Qrels Read(string path, QrelsLayout? layout)
    {
        using var reader = new Utf8LineReader(path);
        return Read(reader, layout, null);
    }

    /// <summary>Reads from where the reader stands.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="layout">The layout; null to take it from the first line.</param>
    /// <param name="iteration">Keep only lines with this second column; null for all.</param>
    internal static Qrels Read(Utf8LineReader reader, QrelsLayout? layout, string? iteration)
    {
        var builder = new QrelsBuilder();
        if (reader.TryPeek(out var start) && (layout == QrelsLayout.Clirmatrix || (layout is null && start.Trim(" \t"u8)[0] == '{')))
        {
            if (layout is null && start.IndexOf("\"tgt_results\""u8) < 0)
            {
                throw new DataFormatException(reader.Path, reader.LineNumber + 1,
                    $"JSON, but without judgements; expected lines of {QrelsLayout.Trec.Columns}, or CLIRMatrix's {ClirmatrixQueries.Example}.");
            }
            return ClirmatrixQueries.ReadQrels(reader, builder) ? builder.Build(reader.Path) : throw None(reader.Path, QrelsLayout.Clirmatrix, null);
        }
        var (any, first) = (false, true);
        while (reader.TryRead(out var line))
        {
            if (TrecFields.IsBlankOrComment(line)) continue;
            var header = first && layout != QrelsLayout.Trec ? HeaderOf(line) : null;
            layout = header ?? layout ?? (IsBareBeir(reader.Path, line) ? QrelsLayout.Beir : QrelsLayout.Trec);
            first = false;
            if (header is not null) continue;
            any |= ReadLine(reader, line, layout, iteration, builder);
        }
        return any ? builder.Build(reader.Path) : throw None(reader.Path, layout ?? QrelsLayout.Trec, iteration);
    }

    private static bool ReadLine(Utf8LineReader reader, ReadOnlySpan<byte> line, QrelsLayout layout, string? iteration, QrelsBuilder builder)
    {
        if (layout.Commas) line = WithTabs(line);
        var fields = new TrecFields(line);
        var query = fields.Next();
        var second = layout.Count == 4 ? fields.Next() : default;
        var passage = fields.Next();
        var grade = fields.Next();
        if (grade.IsEmpty || !fields.Next().IsEmpty) throw TrecFields.WrongCount(reader, line, layout.Count, layout.Columns);
        if (!int.TryParse(grade, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw reader.Failure($"the grade {TrecFields.Quote(grade)} is not a whole number; expected {layout.Columns}.");
        if (iteration is not null && !second.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(iteration))) return false;
        builder.Add(query, passage, value, reader.LineNumber);
        return true;
    }

    internal static byte[] WithTabs(ReadOnlySpan<byte> line)
    {
        var tabs = line.ToArray();
        tabs.AsSpan().Replace((byte)',', (byte)'\t');
        return tabs;
    }

    private static DataFormatException None(string path, QrelsLayout layout, string? iteration) => new(path, 0, iteration is null
        ? $"no judgements; expected lines of {layout.Columns}."
        : $"no judgements whose second column is {iteration}; expected lines of {layout.Columns}.");

    internal static QrelsLayout? HeaderOf(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("query_id,"u8) || line.StartsWith("query-id,"u8)) return QrelsLayout.CommaSeparated;
        var first = new TrecFields(line).Next();
        return first.SequenceEqual("query-id"u8) || first.SequenceEqual("query_id"u8) ? QrelsLayout.Beir : null;
    }

    internal static bool IsBareBeir(string path, ReadOnlySpan<byte> line)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return TrecFields.Count(line) == 3 && name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase);
    }
}
