using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Archives;
using Dragoman.Collections.Formats.Beir;
using Dragoman.Collections.Formats.Trec;

namespace Dragoman.Collections.Formats;

/// <summary>
/// Qrels in whichever format a file has: TREC (four fields a line), BEIR (a header <c>query-id corpus-id score</c>, or three fields a line in a <c>.tsv</c>), comma-separated with a header
/// <c>query_id,doc_id,relevance</c>, or CLIRMatrix's queries with results.
/// </summary>
public static class QrelsFile
{
    /// <summary>Reads a file; its first line tells the format.</summary>
    /// <param name="path">The file, plain or gzip-compressed, a pipe will do; or a folder or tar archive as Mr.TyDi is published.</param>
    /// <exception cref="DataFormatException">The file does not follow its format.</exception>
    public static Qrels Read(string path) => Read(path, new QrelsOptions());

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, plain or gzip-compressed, a pipe will do; or a folder or tar archive as Mr.TyDi is published.</param>
    /// <param name="options">What the content does not tell.</param>
    /// <exception cref="ConfigurationException">The options name no format, or one without judgements.</exception>
    /// <exception cref="DataFormatException">The file does not follow its format.</exception>
    public static Qrels Read(string path, QrelsOptions options)
    {
        CollectionFormat.Require(options.Format);
        var layout = options.Format switch
        {
            null => null,
            CollectionFormat.Beir => QrelsLayout.Beir,
            CollectionFormat.Clirmatrix => QrelsLayout.Clirmatrix,
            CollectionFormat.Mkqa => throw CollectionFormat.Lacks(options.Format, "judgements"),
            _ => QrelsLayout.Trec,
        };
        foreach (var reader in CollectionFiles.Judgements(path, options.Split))
        {
            using (reader) return QrelsReader.Read(reader, layout, options.Iteration);
        }
        throw new DragomanException($"{path} holds no judgements.");
    }

    /// <summary>Writes qrels; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="format"><see cref="CollectionFormat.Beir"/>, or any other whose judgements are TREC's.</param>
    /// <param name="qrels">The judgements.</param>
    /// <exception cref="ConfigurationException">The format has no judgements of their own.</exception>
    public static void Write(string path, string format, Qrels qrels)
    {
        CollectionFormat.Require(format);
        if (format is CollectionFormat.Clirmatrix or CollectionFormat.Mkqa) throw CollectionFormat.Lacks(format, "judgements alone");
        if (format == CollectionFormat.Beir) BeirQrels.Write(path, qrels);
        else TrecQrels.Write(path, qrels);
    }
}
