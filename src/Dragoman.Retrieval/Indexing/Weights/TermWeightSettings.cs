using System.Text.Json;
using System.Text.Json.Serialization;
using Dragoman.Collections;

namespace Dragoman.Retrieval.Indexing.Weights;

/// <summary>What the weights of an index were made with: whoever ranks by them must ask for the same.</summary>
public sealed record TermWeightSettings
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Languages of queries, BCP 47 tags in ordinal order.</summary>
    public required IReadOnlyList<string> QueryLanguages { get; init; }

    /// <summary>Weight of the query language at large, a.</summary>
    public required double Background { get; init; }

    /// <summary>The least probability at which a term stands for itself.</summary>
    public required double Identity { get; init; }

    /// <summary>The least probability at which terms that sound alike stand for each other.</summary>
    public required double Transliteration { get; init; }

    /// <summary>How much a passage term without a row is taken for those that begin alike.</summary>
    public required double BackOff { get; init; }

    /// <summary>Which translations were used.</summary>
    public required TranslationCut Cut { get; init; }

    /// <summary>Weights below this were left out.</summary>
    public required double LeastWeight { get; init; }

    /// <summary>Full path of the folder of tables when the weights were made; no part of what must be the same.</summary>
    public required string Folder { get; init; }

    /// <summary>Fingerprint of every table used, by <c>passage language &gt; query language</c>.</summary>
    public required IReadOnlyDictionary<string, string> Tables { get; init; }

    /// <summary>Fingerprint of the term counts of every query language.</summary>
    public required IReadOnlyDictionary<string, string> Counts { get; init; }

    /// <summary>Key of a pair of languages in <see cref="Tables"/>.</summary>
    /// <param name="passageLanguage">Language of the passages.</param>
    /// <param name="queryLanguage">Language of the queries.</param>
    public static string Pair(string passageLanguage, string queryLanguage) => $"{passageLanguage} > {queryLanguage}";

    /// <summary>The first thing in which weights made with other settings may differ, as a clause: <c>background is 0.3, not 0.1</c>; null when they are the same.</summary>
    /// <param name="other">The other settings.</param>
    internal string? Difference(TermWeightSettings other) => !QueryLanguages.SequenceEqual(other.QueryLanguages, StringComparer.Ordinal)
        ? $"they are for queries in {string.Join(", ", QueryLanguages)}, not in {string.Join(", ", other.QueryLanguages)}"
        : OptionDifference(other) ?? (Same(Tables, other.Tables) && Same(Counts, other.Counts) ? null : $"the tables in {other.Folder} are others than those they were made from");

    /// <summary>The first option that differs, as a clause; null when all are the same.</summary>
    internal string? OptionDifference(TermWeightSettings other)
    {
        if (Background != other.Background) return Text("the background", Background, other.Background);
        if (Identity != other.Identity) return Text("the identity", Identity, other.Identity);
        if (Transliteration != other.Transliteration) return Text("the transliteration", Transliteration, other.Transliteration);
        if (BackOff != other.BackOff) return Text("the back-off", BackOff, other.BackOff);
        if (Cut.MinProbability != other.Cut.MinProbability) return Text("the least probability of a translation", Cut.MinProbability, other.Cut.MinProbability);
        if (Cut.MaxAlternatives != other.Cut.MaxAlternatives) return Text("the most translations of a term", Cut.MaxAlternatives, other.Cut.MaxAlternatives);
        if (Cut.CumulativeProbability != other.Cut.CumulativeProbability) return Text("the cumulative probability", Cut.CumulativeProbability, other.Cut.CumulativeProbability);
        if (Cut.Normalise != other.Cut.Normalise) return Text("whether translations are normalised", Cut.Normalise, other.Cut.Normalise);
        return LeastWeight != other.LeastWeight ? Text("the least weight", LeastWeight, other.LeastWeight) : null;

        static string Text(string what, object? mine, object? others) => FormattableString.Invariant($"{what} is {mine ?? "without a limit"} in them, not {others ?? "without a limit"}");
    }

    internal string ToJson() => JsonSerializer.Serialize(this, Json);

    internal static TermWeightSettings FromJson(string json) => JsonSerializer.Deserialize<TermWeightSettings>(json, Json)!;

    private static bool Same(IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right) =>
        left.Count == right.Count && left.All(entry => right.TryGetValue(entry.Key, out var value) && value == entry.Value);
}
