using System.Globalization;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Beir;

/// <summary>BEIR qrels: a header line <c>query-id corpus-id score</c>, then <c>query passage grade</c>, separated by tabs (any white space is read).</summary>
public static class BeirQrels
{
    private const string Header = "query-id\tcorpus-id\tscore";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; plain or gzip-compressed. The header may be missing.</param>
    /// <exception cref="DataFormatException">A line has other than three fields, a grade is not a whole number, a judgement occurs twice, or there are none.</exception>
    public static Qrels Read(string path) => QrelsReader.Read(path, QrelsLayout.Beir);

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
}
