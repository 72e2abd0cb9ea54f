using Dragoman.Collections.Formats.Json;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Mkqa;

/// <summary>MKQA's questions (Longpre, Lu and Daiber, 2021): an English question and its translations, as topics whose titles they are. The answers are not read.</summary>
internal static class MkqaTopics
{
    private const string Example = """{"example_id": 1, "query": "…", "queries": {"zh_cn": "…", "ru": "…"}}""", English = "en";

    internal static Topic Parse(Utf8LineReader reader, ReadOnlySpan<byte> line) => JsonFields.Parse(reader, line, Example, fields =>
    {
        var id = fields.Id("example_id");
        var original = fields.Required("query").Trim();
        var texts = new List<TopicText> { new(English, "original", original, "", "") };
        foreach (var (code, text) in fields.Strings("queries"))
        {
            var language = LanguageCodes.TagOf(code) ?? throw reader.Failure(LanguageShape.Problem(code));
            if (language != English) texts.Add(new TopicText(language, "human translation", text.Trim(), "", ""));
        }
        return new Topic(id, texts);
    });
}
