using System.Globalization;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Trec;

/// <summary>
/// TREC qrels: <c>query iteration passage grade</c>, separated by white space. The iteration is ignored (<c>0</c>, <c>Q0</c>, or a language in NeuCLIR's files).
/// Empty lines and lines whose first field is <c>#</c> are skipped.
/// </summary>
public static class TrecQrels
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <exception cref="DataFormatException">A line has other than four fields, a grade is not a whole number, a judgement occurs twice, or there are none.</exception>
    public static Qrels Read(string path)
    {
        using var reader = new Utf8LineReader(path);
        var builder = new QrelsBuilder();
        var any = false;
        while (reader.TryRead(out var line))
        {
            if (TrecFields.IsBlankOrComment(line)) continue;
            any = true;
            ReadLine(reader, line, builder);
        }
        if (!any) throw new DataFormatException(path, 0, "no judgements; expected lines of query, iteration, passage and grade.");
        return builder.Build(path);
    }

    /// <summary>Writes a file: <c>query 0 passage grade</c>, in the order of the qrels; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="qrels">The judgements.</param>
    public static void Write(string path, Qrels qrels) => AtomicFile.WriteText(path, writer =>
    {
        foreach (var queryId in qrels.QueryIds)
            foreach (var (passageId, grade) in qrels.Judgements(queryId))
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{queryId} 0 {passageId} {grade}"));
    });

    private static void ReadLine(Utf8LineReader reader, ReadOnlySpan<byte> line, QrelsBuilder builder)
    {
        var fields = new TrecFields(line);
        var query = fields.Next();
        fields.Next();
        var passage = fields.Next();
        var grade = fields.Next();
        if (grade.IsEmpty || !fields.Next().IsEmpty)
        {
            var count = TrecFields.Count(line);
            throw reader.Failure($"{count} {(count == 1 ? "field" : "fields")}, expected 4 (query, iteration, passage, grade); found {TrecFields.Quote(line)}.{(grade.IsEmpty ? " Is the file truncated?" : "")}");
        }
        if (!int.TryParse(grade, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw reader.Failure($"the grade {TrecFields.Quote(grade)} is not a whole number; expected query, iteration, passage, grade.");
        builder.Add(query, passage, value, reader.LineNumber);
    }
}
