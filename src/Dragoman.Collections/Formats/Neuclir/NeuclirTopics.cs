using Dragoman.Collections.Formats.Json;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Neuclir;

/// <summary>
/// Topics of HC4 and NeuCLIR, one a line, with texts in several languages from several sources. A narrative may stand beside the title, or under <c>narratives</c> by language;
/// HC4's narratives by degree of relevance are notes of the assessors and are passed over.
/// </summary>
internal static class NeuclirTopics
{
    internal const string Example = """{"topic_id": "5", "topics": [{"lang": "eng", "source": "original", "topic_title": "…", "topic_description": "…"}]}""";

    internal static Topic Parse(Utf8LineReader reader, ReadOnlySpan<byte> line) => JsonFields.Parse(reader, line, Example, fields =>
    {
        var id = fields.Id("topic_id");
        var narratives = fields.Strings("narratives").ToDictionary(narrative => LanguageCodes.TagOf(narrative.Name) ?? narrative.Name, narrative => narrative.Value, StringComparer.Ordinal);
        var texts = fields.Objects("topics").Select(text => TextOf(text, narratives)).ToList();
        return texts.Count > 0 ? new Topic(id, texts) : throw fields.Failure($"topic {id} has no texts; expected {Example}.");
    });

    internal static string Line(Topic topic) => JsonLine.Write(json =>
    {
        json.WriteString("topic_id", topic.Id);
        json.WriteStartArray("topics");
        foreach (var text in topic.Texts)
        {
            json.WriteStartObject();
            json.WriteString("lang", LanguageCodes.ThreeLettersOf(text.Language));
            json.WriteString("source", text.Source);
            json.WriteString("topic_title", text.Title);
            json.WriteString("topic_description", text.Description);
            if (text.Narrative.Length > 0) json.WriteString("topic_narrative", text.Narrative);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    private static TopicText TextOf(JsonFields text, Dictionary<string, string> narratives)
    {
        var language = text.Language("lang") ?? LanguageShape.Unknown;
        var narrative = text.Text("topic_narrative") ?? narratives.GetValueOrDefault(language) ?? "";
        return new TopicText(language, text.Text("source") ?? "", (text.Text("topic_title") ?? "").Trim(), (text.Text("topic_description") ?? "").Trim(), narrative.Trim());
    }
}
