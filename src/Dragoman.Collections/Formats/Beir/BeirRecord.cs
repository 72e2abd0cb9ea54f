using System.Text;
using System.Text.Json;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Beir;

/// <summary>A line of <c>corpus.jsonl</c> or <c>queries.jsonl</c>; unknown fields (such as <c>metadata</c>) are skipped.</summary>
internal readonly record struct BeirRecord(string Id, string Title, string Text, string Language)
{
    internal const string PassageExample = """{"_id": "p1", "title": "…", "text": "…", "lang": "kk"}""";
    internal const string QueryExample = """{"_id": "q1", "text": "…", "lang": "zh"}""";

    /// <summary>Reads a line.</summary>
    /// <param name="reader">Where the line comes from, for messages.</param>
    /// <param name="line">The line.</param>
    /// <param name="example">What a line should look like, for messages.</param>
    /// <param name="language">The language of a line that has none.</param>
    /// <exception cref="DataFormatException">The line is not such an object.</exception>
    internal static BeirRecord Parse(Utf8LineReader reader, ReadOnlySpan<byte> line, string example, string language)
    {
        string? id = null, title = null, text = null, tag = null;
        try
        {
            var json = new Utf8JsonReader(line);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject) throw reader.Failure($"{Kind(json.TokenType)} instead of an object; expected {example}.");
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("_id"u8)) id = Value(reader, ref json, "_id", example);
                else if (json.ValueTextEquals("title"u8)) title = Value(reader, ref json, "title", example);
                else if (json.ValueTextEquals("text"u8)) text = Value(reader, ref json, "text", example);
                else if (json.ValueTextEquals("lang"u8)) tag = Value(reader, ref json, "lang", example);
                else json.Skip();
            }
            json.Read();
        }
        catch (JsonException broken)
        {
            throw reader.Failure(JsonProblem.Describe(broken, line, example), broken);
        }
        catch (InvalidOperationException half)
        {
            throw reader.Failure("the name of a field holds half of a surrogate pair (\\ud800 to \\udfff alone), which is no character; write it as UTF-8.", half);
        }
        if (id is null) throw reader.Failure($"the field \"_id\" is missing; expected {example}.");
        if (text is null) throw reader.Failure($"the field \"text\" is missing; expected {example}.");
        Ids.Require(reader, id);
        return new BeirRecord(id, title ?? "", text, RequireLanguage(reader, tag ?? language));
    }

    internal static string RequireLanguage(Utf8LineReader reader, string tag) => LanguageShape.Normalise(tag) is null ? throw reader.Failure(LanguageShape.Problem(tag)) : LanguageCodes.TagOf(tag)!;

    private static string? Value(Utf8LineReader reader, ref Utf8JsonReader json, string field, string example)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return null;
        if (json.TokenType != JsonTokenType.String) throw reader.Failure($"the field \"{field}\" is {Kind(json.TokenType)}, expected a string as in {example}.");
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException half)
        {
            throw reader.Failure($"the field \"{field}\" holds half of a surrogate pair (\\ud800 to \\udfff alone), which is no character; write the text as UTF-8.", half);
        }
    }

    private static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.Number => "a number",
        JsonTokenType.String => "a string",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        _ => "null",
    };
}
