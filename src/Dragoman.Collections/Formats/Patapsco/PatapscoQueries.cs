using Dragoman.Collections.Formats.Json;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Patapsco;

/// <summary>Patapsco's intermediate queries: <c>{"id", "lang", "query", "text", "report"}</c>, where <c>query</c> is in the search engine's syntax and <c>text</c> what the user wrote.</summary>
internal static class PatapscoQueries
{
    internal const string Example = """{"id": "001", "lang": "zho", "query": "…", "text": "…", "report": null}""";

    internal static IEnumerable<Query> Read(Utf8LineReader reader, string language) =>
        LineRecords.Read(reader, line => JsonFields.Parse(reader, line, Example, fields => Of(fields, language)));

    /// <summary>The query of an object, as in queries and in results.</summary>
    internal static Query Of(JsonFields fields, string language) =>
        new(fields.Id("id"), (fields.Text("text") ?? fields.Required("query")).Trim(), fields.Language("lang") ?? language);

    internal static string Line(Query query) => JsonLine.Write(json =>
    {
        json.WriteString("id", query.Id);
        json.WriteString("lang", LanguageCodes.ThreeLettersOf(query.Language));
        json.WriteString("query", query.Text);
        json.WriteString("text", query.Text);
        json.WriteNull("report");
    });
}
