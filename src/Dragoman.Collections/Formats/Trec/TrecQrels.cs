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
    public static Qrels Read(string path) => QrelsReader.Read(path, QrelsLayout.Trec);

    /// <summary>Writes a file: <c>query 0 passage grade</c>, in the order of the qrels; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="qrels">The judgements.</param>
    public static void Write(string path, Qrels qrels) => AtomicFile.WriteText(path, writer =>
    {
        foreach (var queryId in qrels.QueryIds)
            foreach (var (passageId, grade) in qrels.Judgements(queryId))
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{queryId} 0 {passageId} {grade}"));
    });
}
