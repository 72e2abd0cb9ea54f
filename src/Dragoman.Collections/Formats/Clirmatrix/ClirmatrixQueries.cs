using System.Globalization;
using System.Text.Json;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Json;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Clirmatrix;

/// <summary>
/// CLIRMatrix (Sun and Duh, 2020), BI-139 and MULTI-8: JSON lines that hold a query and its judged candidates,
/// <c>{"src_id": "2986", "src_query": "7月29日", "tgt_results": [["8962", 6], ["8940", 4]]}</c>. The file name says the languages: <c>zh.kk.train.base.jl.gz</c>.
/// Some candidates have no document in the publisher's files, and a query and a document may have the same id by accident.
/// </summary>
public static class ClirmatrixQueries
{
    internal const string Example = """{"src_id": "2986", "src_query": "…", "tgt_results": [["8962", 6], ["8940", 4]]}""";

    /// <summary>Reads queries with their candidates as a stream; memory holds one query and the ids seen.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <param name="language">Language of the queries; null to take it from the file name, else <c>und</c>.</param>
    /// <exception cref="DataFormatException">When enumerated: a line is malformed, an id occurs twice, or there is no query.</exception>
    public static IEnumerable<ClirmatrixQuery> Read(string path, string? language = null)
    {
        using var reader = new Utf8LineReader(path);
        var ids = new DistinctIds("query");
        foreach (var query in Read(reader, language ?? PublisherFileName.Read(path).QueryLanguage ?? LanguageShape.Unknown))
        {
            ids.Add(reader, query.Query.Id);
            yield return query;
        }
        if (ids.Count == 0) throw new DataFormatException(path, 0, $"there are no queries; expected lines like {Example}.");
    }

    /// <summary>Writes queries with their candidates; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="queries">The queries, written in this order.</param>
    public static void Write(string path, IEnumerable<ClirmatrixQuery> queries) => AtomicFile.WriteText(path, writer =>
    {
        foreach (var (query, results) in queries)
        {
            writer.WriteLine(JsonLine.Write(json =>
            {
                json.WriteString("src_id", query.Id);
                json.WriteString("src_query", query.Text);
                json.WriteStartArray("tgt_results");
                foreach (var (passageId, grade) in results)
                {
                    json.WriteStartArray();
                    json.WriteStringValue(passageId);
                    json.WriteNumberValue(grade);
                    json.WriteEndArray();
                }
                json.WriteEndArray();
            }));
        }
    });

    internal static IEnumerable<ClirmatrixQuery> Read(Utf8LineReader reader, string language) => LineRecords.Read(reader, line => Parse(reader, line, language));

    /// <summary>Adds the judgements to qrels being built.</summary>
    internal static bool ReadQrels(Utf8LineReader reader, QrelsBuilder builder)
    {
        var any = false;
        foreach (var query in Read(reader, LanguageShape.Unknown))
        {
            foreach (var (passageId, grade) in query.Results) builder.Add(query.Query.Id, passageId, grade, reader.LineNumber);
            any |= query.Results.Count > 0;
        }
        return any;
    }

    /// <summary>Reads the candidates as a run in which every score is 0, so that neither score nor order tells a grade.</summary>
    internal static RunBuilder? ReadCandidates(Utf8LineReader reader)
    {
        RunBuilder? run = null;
        foreach (var query in Read(reader, LanguageShape.Unknown))
        {
            run ??= new RunBuilder("candidates");
            foreach (var (passageId, _) in query.Results) run.Add(query.Query.Id, passageId, 0, reader.LineNumber);
        }
        return run;
    }

    private static ClirmatrixQuery Parse(Utf8LineReader reader, ReadOnlySpan<byte> line, string language) => JsonFields.Parse(reader, line, Example, fields =>
    {
        var id = fields.Id("src_id");
        var text = fields.Required("src_query").Trim();
        var results = fields.Pairs("tgt_results").Select(pair => new Judgement(pair.Id, pair.Value)).ToList();
        return new ClirmatrixQuery(new Query(id, text, language), results);
    });
}
