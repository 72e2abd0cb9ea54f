using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Formats;

/// <summary>Qrels in whichever format the file has: TREC (four fields a line) or BEIR (a header <c>query-id corpus-id score</c>, or three fields a line in a <c>.tsv</c>).</summary>
public static class QrelsFile
{
    /// <summary>Reads a file; its first line tells the format.</summary>
    /// <param name="path">The file; plain or gzip-compressed; a pipe will do.</param>
    /// <exception cref="DataFormatException">The file does not follow its format.</exception>
    public static Qrels Read(string path) => QrelsReader.Read(path, null);
}
