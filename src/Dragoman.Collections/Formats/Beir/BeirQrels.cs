using System.Globalization;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Beir;

/// <summary>BEIR qrels: a header line <c>query-id corpus-id score</c>, then <c>query passage grade</c>, separated by tabs (any white space is read).</summary>
public static class BeirQrels
{
    private const string Header = "query-id\tcorpus-id\tscore";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; plain or gzip-compressed. The header may be missing.</param>
    /// <exception cref="DataFormatException">A line has other than three fields, a grade is not a whole number, a judgement occurs twice, or there are none.</exception>
    public static Qrels Read(string path)
    {
        using var reader = new Utf8LineReader(path);
        var builder = new QrelsBuilder();
        var any = false;
        while (reader.TryRead(out var line))
        {
            if (TrecFields.IsBlankOrComment(line) || (reader.LineNumber == 1 && IsHeader(line))) continue;
            any = true;
            ReadLine(reader, line, builder);
        }
        if (!any) throw new DataFormatException(path, 0, "no judgements; expected a header line, then lines of query, passage and grade.");
        return builder.Build(path);
    }

    /// <summary>Writes a file with its header, in the order of the qrels; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="qrels">The judgements.</param>
    public static void Write(string path, Qrels qrels) => AtomicFile.WriteText(path, writer =>
    {
        writer.WriteLine(Header);
        foreach (var queryId in qrels.QueryIds)
            foreach (var (passageId, grade) in qrels.Judgements(queryId))
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{queryId}\t{passageId}\t{grade}"));
    });

    /// <summary>True for BEIR's header, spelt with a hyphen or an underscore.</summary>
    internal static bool IsHeader(ReadOnlySpan<byte> line)
    {
        var first = new TrecFields(line).Next();
        return first.SequenceEqual("query-id"u8) || first.SequenceEqual("query_id"u8);
    }

    private static void ReadLine(Utf8LineReader reader, ReadOnlySpan<byte> line, QrelsBuilder builder)
    {
        var fields = new TrecFields(line);
        var query = fields.Next();
        var passage = fields.Next();
        var grade = fields.Next();
        if (grade.IsEmpty || !fields.Next().IsEmpty)
        {
            var count = TrecFields.Count(line);
            throw reader.Failure($"{count} {(count == 1 ? "field" : "fields")}, expected 3 (query, passage, grade); found {TrecFields.Quote(line)}.{(grade.IsEmpty ? " Is the file truncated?" : "")}");
        }
        if (!int.TryParse(grade, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw reader.Failure($"the grade {TrecFields.Quote(grade)} is not a whole number; expected query, passage, grade.");
        builder.Add(query, passage, value, reader.LineNumber);
    }
}
