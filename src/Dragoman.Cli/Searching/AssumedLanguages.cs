using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Retrieval.Pipelines;
using Dragoman.Text.Languages;
using Dragoman.Text.Languages.Identification;

namespace Dragoman.Cli.Searching;

/// <summary>Gives queries that carry no language the one that their text is likely in, where the index or the method goes by language, and tells what was assumed.</summary>
/// <param name="engine">Says where a language matters.</param>
/// <param name="method">The method wanted; null for the default.</param>
internal sealed class AssumedLanguages(SearchEngine engine, string? method)
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>What one query without a language was taken for, in a sentence for stderr.</summary>
    internal static string Sentence(LanguageProbability assumed) => string.Create(CultureInfo.InvariantCulture,
        $"The query carries no language and was taken for {LanguageTag.Parse(assumed.Language).EnglishName} ({assumed.Language}, probability {assumed.Probability:F2}); say another with --from.");

    /// <summary>A query with the language it carries or is taken to be in.</summary>
    internal Query Complete(Query query)
    {
        if (engine.AssumedLanguage(query, method) is not { } assumed) return query;
        _counts[assumed.Language] = _counts.GetValueOrDefault(assumed.Language) + 1;
        return query with { Language = assumed.Language };
    }

    /// <summary>Queries with the language they carry or are taken to be in. Says on stderr how many were taken for what, and how many stay without.</summary>
    internal List<Query> Complete(IEnumerable<Query> queries)
    {
        List<Query> completed = [.. queries.Select(Complete)];
        if (_counts.Count == 0) return completed;
        var open = completed.Count(query => query.Language == LanguageTag.Undetermined);
        var taken = string.Join(", ", _counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value:N0}")));
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"warning: {Amount.Of(_counts.Values.Sum() + open, "query")} of {completed.Count:N0} without a language, taken by their text for {taken}{(open > 0 ? $"; {open:N0} left without" : "")}. Give queries their language, or all of them one with --from."));
        return completed;
    }

    /// <summary>What was assumed, for the manifest of a run; null when nothing was.</summary>
    internal JsonObject? Effective() => _counts.Count == 0 ? null : new JsonObject
    {
        ["identifier"] = LanguageIdentifier.Shipped.Version,
        ["least_probability"] = QueryLanguages.LeastProbability,
        ["queries"] = new JsonObject(_counts.Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value))),
    };
}
