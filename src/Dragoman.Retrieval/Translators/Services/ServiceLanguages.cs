using System.Text.Json.Nodes;
using Dragoman.Text.Languages;

namespace Dragoman.Retrieval.Translators.Services;

/// <summary>The languages of a service, with its own codes for them: some have <c>zh</c> where others have <c>zh-Hans</c>.</summary>
internal sealed class ServiceLanguages
{
    private readonly Dictionary<string, HashSet<string>>? _targets;

    private ServiceLanguages(Dictionary<string, HashSet<string>>? targets) => _targets = targets;

    /// <summary>Those of a service that does not say: any.</summary>
    internal static ServiceLanguages Unlisted { get; } = new(null);

    /// <summary>Reads <c>[{"code": "en", "targets": ["zh", …]}, …]</c>; without targets, every language is one of every other.</summary>
    /// <returns>Null for anything else.</returns>
    internal static ServiceLanguages? Read(ServiceAnswer answer)
    {
        if (answer.Status != 200 || answer.Json is not JsonArray list) return null;
        var codes = new Dictionary<string, JsonArray?>(StringComparer.Ordinal);
        foreach (var entry in list)
        {
            if (entry is not JsonObject language || Text(language["code"]) is not { } code) return null;
            codes[code] = language["targets"] as JsonArray;
        }
        return new ServiceLanguages(codes.ToDictionary(entry => entry.Key, entry => (entry.Value?.Select(Text).OfType<string>() ?? codes.Keys).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal));
    }

    /// <summary>The service's codes for a pair of languages; null when it does not translate between them.</summary>
    internal (string From, string To)? Codes(string from, string to)
    {
        if (_targets is null) return (LanguageTag.Parse(from).Language, LanguageTag.Parse(to).Language);
        foreach (var source in Matching(from, _targets.Keys))
            if (Matching(to, _targets[source]).FirstOrDefault() is { } target && target != source) return (source, target);
        return null;
    }

    /// <summary>The languages that texts may be in, for messages.</summary>
    public override string ToString() => _targets is null ? "no list of languages" : string.Join(", ", _targets.Keys.Order(StringComparer.Ordinal));

    // The tag itself, else its primary language, else a variant of it; simplified Chinese before traditional by the order of the letters.
    private static IEnumerable<string> Matching(string tag, IEnumerable<string> codes)
    {
        var primary = LanguageTag.Parse(tag).Language;
        return codes.Where(code => string.Equals(code, tag, StringComparison.OrdinalIgnoreCase) || (LanguageTag.TryParse(code, out var known, out _) && known.Language == primary))
            .OrderByDescending(code => string.Equals(code, tag, StringComparison.OrdinalIgnoreCase)).ThenByDescending(code => code == primary).ThenBy(code => code, StringComparer.Ordinal);
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
