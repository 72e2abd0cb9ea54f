using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Archives;
using Dragoman.Collections.Formats.Beir;
using Dragoman.Collections.Formats.Clirmatrix;
using Dragoman.Collections.Formats.Json;
using Dragoman.Collections.Formats.MsMarco;
using Dragoman.Collections.Formats.Patapsco;
using Dragoman.Collections.Formats.Tabs;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats;

/// <summary>
/// Queries in whichever format a file has: JSON lines of BEIR, CLIRMatrix, HC4 and NeuCLIR topics, Patapsco, or MKQA; TREC topics (SGML or XML); <c>id&lt;TAB&gt;text</c>.
/// </summary>
public static class QueriesFile
{
    /// <summary>Reads queries as a stream; memory holds one query or topic and the ids seen.</summary>
    /// <param name="path">A file, plain or gzip-compressed; a folder or tar archive as Mr.TyDi is published.</param>
    /// <param name="options">Format, language, and which texts of topics to take.</param>
    /// <exception cref="ConfigurationException">The options name no format, or no field of topics.</exception>
    /// <exception cref="DataFormatException">When enumerated: a line is malformed, an id occurs twice, a text is empty or missing, or there is no query.</exception>
    public static IEnumerable<Query> Read(string path, QueryOptions? options = null)
    {
        options ??= new QueryOptions();
        CollectionFormat.Require(options.Format);
        if (options.TopicFields.Count == 0) throw new ConfigurationException("topic fields", ["none is named; use title, description or narrative."]);
        return Stream(path, options);
    }

    /// <summary>Writes queries in a format; gzip-compressed when the name ends in <c>.gz</c>. Formats other than BEIR's and Patapsco's have no place for the language.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="format">Name of a <see cref="CollectionFormat"/>; topics are written by <see cref="TopicsFile"/>, CLIRMatrix's with their results by <see cref="ClirmatrixQueries"/>.</param>
    /// <param name="queries">The queries, written in this order.</param>
    /// <exception cref="ConfigurationException">Queries alone cannot be written in that format.</exception>
    public static void Write(string path, string format, IEnumerable<Query> queries)
    {
        CollectionFormat.Require(format);
        Func<Query, string> line = format switch
        {
            CollectionFormat.Beir => query => JsonLine.Of(("_id", query.Id), ("text", query.Text), ("lang", query.Language)),
            CollectionFormat.Patapsco => PatapscoQueries.Line,
            CollectionFormat.Clirmatrix or CollectionFormat.Mkqa => throw CollectionFormat.Lacks(format, "queries alone"),
            _ => query => $"{query.Id}\t{TabbedLine.Cell(query.Text)}",
        };
        AtomicFile.WriteText(path, writer =>
        {
            foreach (var query in queries) writer.WriteLine(line(query));
        });
    }

    private static IEnumerable<Query> Stream(string path, QueryOptions options)
    {
        var ids = new DistinctIds("query");
        foreach (var reader in CollectionFiles.Queries(path))
        {
            using (reader)
            {
                foreach (var query in Records(reader, options))
                {
                    ids.Add(reader, query.Id);
                    if (query.Text.Length == 0) throw reader.Failure($"the text of query {query.Id} is empty; remove the query or give it a text.");
                    yield return options.RepairEncoding ? query with { Text = DoubleEncoding.Repair(query.Text) } : query;
                }
            }
        }
        if (ids.Count == 0) throw new DataFormatException(path, 0, $"there are no queries; expected lines like {BeirRecord.QueryExample}, an id, a tab and the text, or topics.");
    }

    private static IEnumerable<Query> Records(Utf8LineReader reader, QueryOptions options)
    {
        if (!reader.TryPeek(out var first)) return [];
        var wanted = options.Language ?? PublisherFileName.Read(reader.Path).QueryLanguage;
        var language = wanted ?? LanguageShape.Unknown;
        return QueryLayouts.Of(reader, first, options.Format) switch
        {
            QueryLayout.Clirmatrix => ClirmatrixQueries.Read(reader, language).Select(query => query.Query),
            QueryLayout.Patapsco => PatapscoQueries.Read(reader, language),
            QueryLayout.Topics => TopicChoice.QueriesOf(reader, TopicsFile.Read(reader), wanted, options),
            _ => BeirQueries.Read(reader, language),
        };
    }
}
