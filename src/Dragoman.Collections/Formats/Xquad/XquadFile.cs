using System.Text.Json;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Xquad;

/// <summary>A question of XQuAD.</summary>
/// <param name="Id">The id that the question has in every language.</param>
/// <param name="Text">The question in the file's language.</param>
internal sealed record XquadQuestion(string Id, string Text);

/// <summary>A paragraph of XQuAD with its questions.</summary>
internal sealed record XquadParagraph(string Context, IReadOnlyList<XquadQuestion> Questions);

/// <summary>One language of XQuAD: SQuAD 1.1's layout, <c>data[].paragraphs[].context</c> and <c>.qas[].id, .question</c>.</summary>
internal static class XquadFile
{
    /// <summary>Reads a file whole (2 MB a language).</summary>
    /// <returns>The articles, each a list of paragraphs.</returns>
    /// <exception cref="DataFormatException">The file is not in SQuAD's layout.</exception>
    internal static IReadOnlyList<IReadOnlyList<XquadParagraph>> Read(string path)
    {
        using var stream = Utf8LineReader.Open(path);
        using var document = Parse(path, stream);
        try
        {
            return Articles(path, document.RootElement);
        }
        catch (InvalidOperationException broken)
        {
            throw new DataFormatException(path, 0, "the name of a field is not valid Unicode; get the file again.", broken);
        }
    }

    private static List<IReadOnlyList<XquadParagraph>> Articles(string path, JsonElement root)
    {
        var articles = new List<IReadOnlyList<XquadParagraph>>();
        foreach (var (article, articlePlace) in Items(path, root, "", "data"))
        {
            var paragraphs = new List<XquadParagraph>();
            foreach (var (paragraph, place) in Items(path, article, articlePlace, "paragraphs"))
            {
                var questions = Items(path, paragraph, place, "qas").Select(item => new XquadQuestion(Text(path, item.Item, item.Place, "id"), Text(path, item.Item, item.Place, "question")));
                paragraphs.Add(new XquadParagraph(Text(path, paragraph, place, "context"), [.. questions]));
            }
            articles.Add(paragraphs);
        }
        return articles.Count > 0 ? articles : throw new DataFormatException(path, 0, "\"data\" is empty; expected articles.");
    }

    private static JsonDocument Parse(string path, Stream stream)
    {
        try
        {
            return JsonDocument.Parse(stream);
        }
        catch (JsonException broken)
        {
            var detail = broken.Message;
            var suffix = detail.IndexOf(" LineNumber:", StringComparison.Ordinal);
            throw new DataFormatException(path, (broken.LineNumber ?? 0) + 1, $"not valid JSON ({(suffix < 0 ? detail : detail[..suffix]).TrimEnd('.')}). Is the file truncated?", broken);
        }
        catch (InvalidDataException damaged)
        {
            throw new DataFormatException(path, 0, $"the gzip data are damaged or end early ({damaged.Message.TrimEnd('.')}); get the file again.", damaged);
        }
    }

    private static IEnumerable<(JsonElement Item, string Place)> Items(string path, JsonElement parent, string place, string name)
    {
        var list = Member(path, parent, place, name, JsonValueKind.Array, "an array");
        return list.EnumerateArray().Select((item, index) => (item, $"{Join(place, name)}[{index}]"));
    }

    private static string Text(string path, JsonElement parent, string place, string name)
    {
        try
        {
            return Member(path, parent, place, name, JsonValueKind.String, "a string").GetString()!;
        }
        catch (InvalidOperationException broken)
        {
            throw new DataFormatException(path, 0, $"{Join(place, name)} is not valid Unicode; get the file again.", broken);
        }
    }

    private static JsonElement Member(string path, JsonElement parent, string place, string name, JsonValueKind kind, string expected) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member
            : throw new DataFormatException(path, 0, $"{Join(place, name)} is missing or not {expected}; expected SQuAD's layout (data, paragraphs, context, qas, id, question).");

    private static string Join(string place, string name) => place.Length == 0 ? name : $"{place}.{name}";
}
