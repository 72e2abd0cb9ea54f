using System.Text.Json;
using Dragoman.Collections.Formats.Json;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Patapsco;

/// <summary>Patapsco's intermediate results: <c>{"query": {…}, "doc_lang", "system", "results": [{"doc_id", "rank", "score"}]}</c>, ranks from 0 and not read.</summary>
internal static class PatapscoResults
{
    internal const string Example = """{"query": {"id": "001"}, "doc_lang": "zho", "system": "…", "results": [{"doc_id": "d1", "rank": 0, "score": 9.5}]}""";

    /// <summary>Reads the run; null when there is no line.</summary>
    internal static RunBuilder? Read(Utf8LineReader reader)
    {
        RunBuilder? run = null;
        foreach (var result in LineRecords.Read(reader, line => JsonFields.Parse(reader, line, Example, Parse)))
        {
            run ??= new RunBuilder(result.System);
            foreach (var (passageId, score) in result.Ranking) run.Add(result.QueryId, passageId, score, reader.LineNumber);
        }
        return run;
    }

    /// <summary>Writes a run; the texts of the queries, which a run has not, stay empty.</summary>
    internal static void Write(TextWriter writer, Run run)
    {
        foreach (var queryId in run.QueryIds)
        {
            writer.WriteLine(JsonLine.Write(json =>
            {
                json.WriteStartObject("query");
                json.WriteString("id", queryId);
                json.WriteEndObject();
                json.WriteString("doc_lang", LanguageShape.Unknown);
                json.WriteString("system", run.Tag);
                json.WriteStartArray("results");
                var rank = 0;
                foreach (var (passageId, score) in run.Ranking(queryId)) WriteResult(json, passageId, rank++, score);
                json.WriteEndArray();
            }));
        }
    }

    private static void WriteResult(Utf8JsonWriter json, string passageId, int rank, double score)
    {
        json.WriteStartObject();
        json.WriteString("doc_id", passageId);
        json.WriteNumber("rank", rank);
        json.WriteNumber("score", score);
        json.WriteEndObject();
    }

    private static Result Parse(JsonFields fields) => new(
        fields.Object("query").Id("id"),
        fields.Text("system") ?? "patapsco",
        [.. fields.Objects("results").Select(result => new RankedPassage(result.Id("doc_id"), result.Number("score")))]);

    private sealed record Result(string QueryId, string System, List<RankedPassage> Ranking);
}
