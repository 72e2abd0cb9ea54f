using Dragoman.Text.Languages;
using Dragoman.Text.Languages.Identification;

namespace Dragoman.Evaluation.Checks;

/// <summary>
/// Compares language labels with texts, with caution: a label is doubted only when another language has a probability of 0.99 or more, the labelled one of 0.001 or less, and there are
/// letters enough: 30 where the script alone speaks against the label, 80 where related languages share it, as short texts of names and loan words are the same in several. A label without script (<c>zh</c>) is right for every script of the language; labels the identifier does not know are not checked.
/// </summary>
internal sealed class LanguageLabels(LanguageIdentifier identifier)
{
    private const int LettersOfOtherScript = 30, LettersOfSameScript = 80, LettersPerIdeograph = 3, MostCharacters = 2000;
    private const double Certain = 0.99, Impossible = 0.001;
    private readonly string[] _primary = [.. identifier.Languages.Select(Primary)];
    private readonly double[] _probabilities = new double[identifier.Languages.Count];
    private readonly Dictionary<(string, string), int> _pairs = [];
    private readonly Dictionary<string, LanguagePriors> _alone = new(StringComparer.Ordinal);

    /// <summary>Texts that were long enough, with a label that is known.</summary>
    internal long Checked { get; private set; }

    /// <summary>The language a text is in when it is not the labelled one; null when the label may be right or cannot be checked.</summary>
    internal string? Other(string label, string title, string text)
    {
        if (!identifier.Languages.Contains(label, StringComparer.Ordinal) && !_primary.Contains(Primary(label), StringComparer.Ordinal)) return null;
        var whole = title.Length == 0 ? text : title + "\n" + text;
        var start = whole.AsSpan(0, Math.Min(whole.Length, MostCharacters));
        var letters = Letters(start);
        if (letters < LettersOfOtherScript) return null;
        Checked++;
        identifier.Score(start, _probabilities);
        var best = 0;
        var labelled = 0.0;
        for (var language = 0; language < _probabilities.Length; language++)
        {
            if (_probabilities[language] > _probabilities[best]) best = language;
            if (Covers(label, identifier.Languages[language], _primary[language])) labelled += _probabilities[language];
        }
        if (best == 0 || _probabilities[best] < Certain || labelled > Impossible) return null;
        if (letters < LettersOfSameScript && HasScriptOf(label, start)) return null;
        var other = identifier.Languages[best];
        _pairs[(label, other)] = _pairs.GetValueOrDefault((label, other)) + 1;
        return other;
    }

    /// <summary>What was read as what, the most frequent first: <c>fr as en 10, ja as en 2</c>.</summary>
    internal string Pairs() => string.Join(", ", _pairs.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(6)
        .Select(pair => $"{pair.Key.Item1} as {pair.Key.Item2} {FindingList.Number(pair.Value)}")) + (_pairs.Count > 6 ? ", …" : "");

    private static bool Covers(string label, string language, string primary) => label == language || (label == Primary(label) ? primary == label : label.StartsWith(language + "-", StringComparison.Ordinal) && language != primary);

    // With nothing but the label allowed, a text without letters of its script leaves nothing but und.
    private bool HasScriptOf(string label, ReadOnlySpan<char> text)
    {
        if (!_alone.TryGetValue(label, out var alone)) _alone[label] = alone = Alone(label);
        Span<double> probabilities = stackalloc double[_probabilities.Length];
        identifier.Score(text, probabilities, alone);
        return probabilities[0] < 1;
    }

    // Not in the scripts that the language is rarely written in, which other labels name.
    private LanguagePriors Alone(string label) => LanguagePriors.Of(
        identifier.Languages.Where(language => language.StartsWith(label + "-", StringComparison.Ordinal)).Select(language => KeyValuePair.Create(language, 0.0)).Append(KeyValuePair.Create(label, 1.0)), 0);

    private static int Letters(ReadOnlySpan<char> text)
    {
        var letters = 0;
        foreach (var character in text)
            if (char.IsLetter(character)) letters += character >= '\u3041' ? LettersPerIdeograph : 1;
        return letters;
    }

    private static string Primary(string tag) => tag.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash ? tag[..dash] : tag;
}
