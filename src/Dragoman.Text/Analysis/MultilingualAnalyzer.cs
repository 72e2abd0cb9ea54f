using System.Globalization;
using System.Text;

namespace Dragoman.Text.Analysis;

/// <summary>One analyzer for text of any language: compatibility normalisation, lower case, words where scripts have them and pairs of characters where they do not.</summary>
/// <remarks>
/// After Unicode's NFKC and lower-casing, a few spellings of one word are made equal (ё and е, ß and ss, ς and σ, dotted and dotless i; Arabic's tatweel is dropped, as are soft hyphens and
/// joiners). Runs of Han, kana, Hangul, Thai, Lao, Khmer and Myanmar letters become overlapping pairs of characters, each with its combining marks; a character alone is a term of its
/// own. Everything else becomes runs of letters and digits. Nothing is stemmed or removed as a stop word. Thread-safe.
/// </remarks>
public sealed class MultilingualAnalyzer : IAnalyzer
{
    /// <summary>The name in configurations.</summary>
    public const string Name = "multilingual";

    /// <inheritdoc/>
    public string Identity => "multilingual-v1";

    /// <inheritdoc/>
    public void Analyze(string text, ICollection<string> terms)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(terms);
        var folded = Fold(text);
        var starts = new List<int>();
        for (var i = 0; i < folded.Length;)
        {
            Rune.DecodeFromUtf16(folded.AsSpan(i), out var rune, out var consumed);
            if (!CharacterClass.IsWord(rune)) i += consumed;
            else if (CharacterClass.IsUnspaced(rune)) i = AddPairs(folded, i, starts, terms);
            else i = AddWord(folded, i, terms);
        }
    }

    private static int AddWord(string text, int start, ICollection<string> terms)
    {
        var end = start;
        while (end < text.Length)
        {
            Rune.DecodeFromUtf16(text.AsSpan(end), out var rune, out var consumed);
            if (!CharacterClass.IsMark(rune) && (!CharacterClass.IsWord(rune) || CharacterClass.IsUnspaced(rune))) break;
            end += consumed;
        }
        terms.Add(text[start..end]);
        return end;
    }

    private static int AddPairs(string text, int start, List<int> starts, ICollection<string> terms)
    {
        starts.Clear();
        var end = start;
        while (end < text.Length)
        {
            Rune.DecodeFromUtf16(text.AsSpan(end), out var rune, out var consumed);
            if (!CharacterClass.IsMark(rune))
            {
                if (!CharacterClass.IsWord(rune) || !CharacterClass.IsUnspaced(rune)) break;
                starts.Add(end);
            }
            end += consumed;
        }
        starts.Add(end);
        if (starts.Count == 2) terms.Add(text[start..end]);
        for (var i = 0; i + 2 < starts.Count; i++) terms.Add(text[starts[i]..starts[i + 2]]);
        return end;
    }

    private static string Fold(string text)
    {
        if (Ascii.IsValid(text)) return text.ToLower(CultureInfo.InvariantCulture);
        var folded = new StringBuilder(text.Length + 8);
        foreach (var rune in WellFormed(text).Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            var lower = Rune.ToLowerInvariant(rune);
            switch (lower.Value)
            {
                case 'ё': folded.Append('е'); break;
                case 'ß': folded.Append("ss"); break;
                case 'ς': folded.Append('σ'); break;
                case 'İ' or 'ı': folded.Append('i'); break;
                case 0x0640: break;
                default:
                    if (Rune.GetUnicodeCategory(lower) != UnicodeCategory.Format) folded.Append(lower);
                    break;
            }
        }
        return folded.ToString();
    }

    /// <summary>Replaces lone surrogates by U+FFFD, which normalisation would refuse.</summary>
    private static string WellFormed(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return text;
        var builder = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) builder.Append(rune);
        return builder.ToString();
    }
}
