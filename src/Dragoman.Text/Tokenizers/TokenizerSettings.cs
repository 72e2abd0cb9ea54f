using System.Text.Json;
using Dragoman.Collections.Errors;

namespace Dragoman.Text.Tokenizers;

/// <summary>What a model folder's JSON files say about its tokenizer; a file that is not there says nothing.</summary>
internal sealed class TokenizerSettings
{
    private const int Absurd = 1 << 24;
    private readonly JsonElement? _config, _tokenizer, _special;

    /// <exception cref="DataFormatException">A file is not a JSON object, or an entry has the wrong type.</exception>
    internal TokenizerSettings(string folder)
    {
        Folder = folder;
        _config = Read("config.json");
        _tokenizer = Read("tokenizer_config.json");
        _special = Read("special_tokens_map.json");
        AddTokens(Read("added_tokens.json"));
    }

    internal string Folder { get; }

    /// <summary>The family of the model, for example <c>xlm-roberta</c>; null without config.json.</summary>
    internal string? ModelType => Text(_config, "model_type");

    internal string? TokenizerClass => Text(_tokenizer, "tokenizer_class");

    /// <summary>Tokens with ids given in added_tokens.json or tokenizer_config.json.</summary>
    internal Dictionary<string, int> AddedTokens { get; } = new(StringComparer.Ordinal);

    /// <summary>The longest input in tokens: model_max_length unless it is transformers' "very large", else the positions of config.json.</summary>
    /// <param name="reservedPositions">Positions at the start of the table that never hold a token.</param>
    internal int? MaxLength(int reservedPositions)
    {
        if (_tokenizer?.TryGetProperty("model_max_length", out var length) == true && length.ValueKind == JsonValueKind.Number && length.GetDouble() < Absurd) return (int)length.GetDouble();
        if (_config?.TryGetProperty("max_position_embeddings", out var positions) == true && positions.TryGetInt32(out var count)) return count - reservedPositions;
        return null;
    }

    /// <summary>A switch of tokenizer_config.json; null when absent or null.</summary>
    internal bool? Flag(string name)
    {
        if (_tokenizer?.TryGetProperty(name, out var value) != true || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw new DataFormatException(PathOf("tokenizer_config.json"), 0, $"'{name}' is {value.GetRawText()}; expected true or false.");
    }

    /// <summary>The token of a role such as <c>cls_token</c>, from special_tokens_map.json, else from tokenizer_config.json.</summary>
    internal string? Special(string role) => Text(_special, role) ?? Text(_tokenizer, role);

    /// <summary>Further special tokens that are named without a role.</summary>
    internal IEnumerable<string> AdditionalSpecialTokens()
    {
        foreach (var source in new[] { _special, _tokenizer })
        {
            if (source?.TryGetProperty("additional_special_tokens", out var list) != true || list.ValueKind != JsonValueKind.Array) continue;
            foreach (var token in list.EnumerateArray())
            {
                if (Content(token) is { } text) yield return text;
            }
        }
    }

    internal string PathOf(string file) => Path.Combine(Folder, file);

    private void AddTokens(JsonElement? added)
    {
        foreach (var token in added?.EnumerateObject() ?? default)
        {
            AddedTokens[token.Name] = (token.Value.ValueKind == JsonValueKind.Number && token.Value.TryGetInt32(out var id) ? id : null as int?) ?? throw new DataFormatException(PathOf("added_tokens.json"), 0, $"the id of '{token.Name}' is {token.Value.GetRawText()}; expected a whole number.");
        }
        if (_tokenizer?.TryGetProperty("added_tokens_decoder", out var decoder) != true || decoder.ValueKind != JsonValueKind.Object) return;
        foreach (var entry in decoder.EnumerateObject())
        {
            if (int.TryParse(entry.Name, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) && Content(entry.Value) is { } text) AddedTokens[text] = id;
        }
    }

    private static string? Text(JsonElement? source, string name) => source?.TryGetProperty(name, out var value) == true ? Content(value) : null;

    /// <summary>A token is a string, or an object whose "content" is one.</summary>
    private static string? Content(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Object when value.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String => content.GetString(),
        _ => null,
    };

    private JsonElement? Read(string file)
    {
        var path = PathOf(file);
        if (!File.Exists(path)) return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new DataFormatException(path, 0, $"expected a JSON object; found {document.RootElement.ValueKind}.");
        }
        catch (JsonException failure)
        {
            throw new DataFormatException(path, (failure.LineNumber ?? -1) + 1, "this is not complete JSON. Is the file truncated?", failure);
        }
    }
}
