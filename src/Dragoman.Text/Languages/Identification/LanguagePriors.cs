using Dragoman.Collections.Errors;

namespace Dragoman.Text.Languages.Identification;

/// <summary>
/// What is known about a text's language before it is read: weights by language, from the page it stands on, the user's settings, or the languages of an index. Immutable; thread-safe.
/// A weight for <c>kk</c> holds for <c>kk-Latn</c> too, unless that has its own.
/// </summary>
public sealed class LanguagePriors
{
    private readonly Dictionary<string, double> _weights;
    private readonly double _others;

    private LanguagePriors(Dictionary<string, double> weights, double others) => (_weights, _others) = (weights, others);

    /// <summary>All languages alike.</summary>
    public static LanguagePriors None { get; } = new([], 1);

    /// <summary>Weights for some languages.</summary>
    /// <param name="weights">Language tag to weight, 0 or more, relative to 1; 0 excludes the language. <c>und</c> may be among them.</param>
    /// <param name="others">Weight of the languages that are not named, 0 or more. With 0 only the named ones can be the answer, and <c>und</c> where nothing else fits.</param>
    /// <exception cref="DragomanException">A tag is malformed, or a weight is negative or no number.</exception>
    public static LanguagePriors Of(IEnumerable<KeyValuePair<string, double>> weights, double others = 1)
    {
        var checkedWeights = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (tag, weight) in weights)
        {
            if (!double.IsFinite(weight) || weight < 0) throw new DragomanException($"The weight of {tag} is {weight}; use a number that is 0 or more.");
            checkedWeights[LanguageTag.Parse(tag).Value] = weight;
        }
        if (!double.IsFinite(others) || others < 0) throw new DragomanException($"The weight of other languages is {others}; use a number that is 0 or more.");
        return new LanguagePriors(checkedWeights, others);
    }

    /// <summary>Only these languages (and <c>und</c>), all alike.</summary>
    /// <param name="languages">Language tags.</param>
    /// <exception cref="DragomanException">A tag is malformed.</exception>
    public static LanguagePriors Among(IEnumerable<string> languages) => Of(languages.Select(language => KeyValuePair.Create(language, 1.0)), 0);

    internal double Weight(string language)
    {
        if (_weights.TryGetValue(language, out var weight)) return weight;
        if (language == LanguageTag.Undetermined) return 1;
        var dash = language.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && _weights.TryGetValue(language[..dash], out weight) ? weight : _others;
    }
}
