using System.Globalization;
using System.Text.Json;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Json;

/// <summary>An object of a JSON line, with the place it has in the line for messages.</summary>
internal readonly struct JsonFields
{
    private readonly Utf8LineReader _reader;
    private readonly JsonElement _element;
    private readonly string _place, _example;

    private JsonFields(Utf8LineReader reader, JsonElement element, string place, string example)
    {
        (_reader, _element, _place, _example) = (reader, element, place, example);
        if (element.ValueKind != JsonValueKind.Object) throw reader.Failure($"{(place.Length == 0 ? "the line" : $"\"{place}\"")} is {Kind(element)}, expected an object as in {example}.");
    }

    /// <summary>Parses a line and reads a record from it.</summary>
    /// <param name="reader">Where the line comes from, for messages.</param>
    /// <param name="line">The line.</param>
    /// <param name="example">What a line should look like, for messages.</param>
    /// <param name="read">Reads the record; keeps nothing of its argument.</param>
    /// <exception cref="DataFormatException">The line is not such an object.</exception>
    internal static T Parse<T>(Utf8LineReader reader, ReadOnlySpan<byte> line, string example, Func<JsonFields, T> read)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref json);
            json.Read();                                             // throws when something follows the object
            return read(new JsonFields(reader, document.RootElement, "", example));
        }
        catch (JsonException broken)
        {
            throw reader.Failure(JsonProblem.Describe(broken, line, example), broken);
        }
        catch (InvalidOperationException half)
        {
            throw reader.Failure("a text holds half of a surrogate pair (\\ud800 to \\udfff alone), which is no character; write the text as UTF-8.", half);
        }
    }

    internal bool Has(string name) => _element.TryGetProperty(name, out _);

    /// <summary>A string; null when the field is missing or null.</summary>
    internal string? Text(string name)
    {
        if (!_element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Unexpected(name, value, "a string");
    }

    /// <summary>A string that must be there.</summary>
    internal string Required(string name) => Text(name) ?? throw Missing(name);

    /// <summary>An id: a string or a whole number, without white space.</summary>
    internal string Id(string name)
    {
        if (!_element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) throw Missing(name);
        var id = value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture)
            : value.ValueKind == JsonValueKind.String ? value.GetString()!
            : throw Unexpected(name, value, "a string");
        Ids.Require(_reader, id);
        return id;
    }

    /// <summary>A finite number.</summary>
    internal double Number(string name)
    {
        if (!_element.TryGetProperty(name, out var value)) throw Missing(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : throw Unexpected(name, value, "a finite number");
    }

    /// <summary>An object that must be there.</summary>
    internal JsonFields Object(string name) =>
        _element.TryGetProperty(name, out var value) ? new JsonFields(_reader, value, Join(name), _example) : throw Missing(name);

    /// <summary>The objects of an array; none when the field is missing or null.</summary>
    internal IEnumerable<JsonFields> Objects(string name)
    {
        if (!_element.TryGetProperty(name, out var list) || list.ValueKind == JsonValueKind.Null) return [];
        if (list.ValueKind != JsonValueKind.Array) throw Unexpected(name, list, "an array");
        var (reader, example, place) = (_reader, _example, Join(name));
        return list.EnumerateArray().Select((item, index) => new JsonFields(reader, item, string.Create(CultureInfo.InvariantCulture, $"{place}[{index}]"), example));
    }

    /// <summary>Pairs of an id and a whole number, <c>[["8962", 6], …]</c>.</summary>
    internal IEnumerable<(string Id, int Value)> Pairs(string name)
    {
        if (!_element.TryGetProperty(name, out var list)) throw Missing(name);
        if (list.ValueKind != JsonValueKind.Array) throw Unexpected(name, list, "an array");
        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() != 2) throw BadPair(name, index);
            var (id, value) = (item[0], item[1]);
            var text = id.ValueKind switch
            {
                JsonValueKind.String => id.GetString()!,
                JsonValueKind.Number when id.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
                _ => throw BadPair(name, index),
            };
            Ids.Require(_reader, text);
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var grade)) throw BadPair(name, index);
            yield return (text, grade);
        }
    }

    /// <summary>The members of an object whose values are strings; none when the field is missing. Values of other kinds are passed over.</summary>
    internal IEnumerable<(string Name, string Value)> Strings(string name)
    {
        if (!_element.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Object) yield break;
        foreach (var member in value.EnumerateObject())
            if (member.Value.ValueKind == JsonValueKind.String) yield return (member.Name, member.Value.GetString()!);
    }

    /// <summary>A language as the file spells it (<c>zho</c>, <c>zh_cn</c>, <c>zh</c>), as BCP 47 tag; null when the field is missing.</summary>
    internal string? Language(string name) => Text(name) is { } code ? LanguageCodes.TagOf(code) ?? throw _reader.Failure(LanguageShape.Problem(code)) : null;

    internal DataFormatException Failure(string problem) => _reader.Failure(problem);

    private string Join(string name) => _place.Length == 0 ? name : $"{_place}.{name}";

    private DataFormatException Missing(string name) => _reader.Failure($"the field \"{Join(name)}\" is missing; expected {_example}.");

    private DataFormatException Unexpected(string name, JsonElement value, string expected) => _reader.Failure($"the field \"{Join(name)}\" is {Kind(value)}, expected {expected} as in {_example}.");

    private DataFormatException BadPair(string name, int index) =>
        _reader.Failure(string.Create(CultureInfo.InvariantCulture, $"\"{Join(name)}[{index}]\" is not a pair of an id and a whole number; expected {_example}."));

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => "a number",
        JsonValueKind.String => "a string",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "null",
    };
}
