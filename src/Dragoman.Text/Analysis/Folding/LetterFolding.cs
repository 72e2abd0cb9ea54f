using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Dragoman.Text.Analysis.Folding;

/// <summary>Lower case and equal letters: what happens to each character after normalisation. Immutable.</summary>
/// <remarks>
/// Every language folds: final sigma to sigma, İ to i, sharp s to ss, digits of any script to ASCII, curly apostrophes to the straight one, and drops format characters (soft hyphen, joiners, direction marks), variation
/// selectors and Arabic's tatweel. A language adds its own pairs, which win over these.
/// </remarks>
internal sealed class LetterFolding
{
    private static readonly (string From, string To)[] Everywhere =
    [
        ("ς", "σ"), ("İ", "i"), ("ß", "ss"), ("’", "'"), ("‘", "'"), ("ʼ", "'"), ("ʻ", "'"), ("\u0640", ""), ("\u0307", ""),
    ];

    private readonly FrozenDictionary<int, string> _pairs;
    private readonly bool _dotlessCapital;
    private readonly FrozenDictionary<int, int>? _characters;
    private readonly bool _isMultilingual;

    private LetterFolding(IReadOnlyDictionary<int, string> pairs, bool dotlessCapital = false, FrozenDictionary<int, int>? characters = null, bool isMultilingual = false) =>
        (_pairs, _dotlessCapital, _characters, _isMultilingual) = (pairs.ToFrozenDictionary(), dotlessCapital, characters, isMultilingual);

    /// <summary>What every language folds.</summary>
    internal static LetterFolding Common { get; } = Of();

    /// <summary>What <see cref="MultilingualAnalyzer"/> folds.</summary>
    internal static LetterFolding Multilingual { get; } =
        new(Pairs([("ё", "е"), ("ß", "ss"), ("ς", "σ"), ("İ", "i"), ("ı", "i"), ("\u0640", "")]), isMultilingual: true);

    /// <summary>The folding of a language.</summary>
    /// <param name="pairs">Lower-case characters (one code point) and what each becomes; added to those of every language.</param>
    internal static LetterFolding Of(params ReadOnlySpan<(string From, string To)> pairs)
    {
        var all = Pairs(Everywhere);
        foreach (var (from, to) in pairs) all[char.ConvertToUtf32(from, 0)] = to;
        return new LetterFolding(all);
    }

    /// <summary>The same with I lowered to ı, as in Turkish and Azerbaijani.</summary>
    internal LetterFolding WithDotlessCapital() => new(_pairs, true, _characters);

    /// <summary>The same with one more map, applied last: for tables of thousands of characters.</summary>
    internal LetterFolding WithCharacters(FrozenDictionary<int, int>? characters) => new(_pairs, _dotlessCapital, characters);

    /// <summary>Appends what a character becomes.</summary>
    internal void Fold(Rune rune, FoldedText output)
    {
        if (rune.IsAscii)
        {
            var letter = (char)rune.Value;
            if (letter == 'I' && _dotlessCapital) output.Append('ı');
            else if (letter == '`') output.Append('\'');
            else output.Append(char.ToLowerInvariant(letter));
            return;
        }
        var lower = Rune.ToLowerInvariant(rune);
        if (_pairs.TryGetValue(lower.Value, out var replacement)) output.Append(replacement);
        else if (_characters is not null && _characters.TryGetValue(lower.Value, out var character)) output.Append(new Rune(character));
        else if (!_isMultilingual && Rune.IsDigit(lower)) output.Append((char)('0' + (int)Rune.GetNumericValue(lower)));
        else if (!IsInvisible(lower)) output.Append(lower);
    }

    private static Dictionary<int, string> Pairs((string From, string To)[] pairs) => pairs.ToDictionary(pair => char.ConvertToUtf32(pair.From, 0), pair => pair.To);

    private bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || (!_isMultilingual && rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or 0x034F);
}
