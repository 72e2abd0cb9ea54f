using System.Globalization;
using System.Text;

namespace Dragoman.Text.Analysis;

/// <summary>Terms are runs of Unicode letters and decimal digits, lower-cased without a language; everything else separates.</summary>
/// <remarks>
/// Combining marks and joiners inside a word (general category M, U+200C and U+200D) stay with the letter before them, as Indic and Arabic script need; a mark without a letter before it
/// separates. Nothing is normalised, removed or stemmed: what an experiment with plain terms expects. Thread-safe.
/// </remarks>
public sealed class PlainAnalyzer : IAnalyzer
{
    /// <summary>The name in configurations.</summary>
    public const string Name = "plain";

    /// <inheritdoc/>
    public string Identity => "plain-v1";

    /// <inheritdoc/>
    public void Analyze(string text, ICollection<string> terms)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(terms);
        var start = -1;
        for (var i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var consumed);
            if (CharacterClass.IsWord(rune))
            {
                if (start < 0) start = i;
            }
            else if (start >= 0 && !CharacterClass.ContinuesWord(rune))
            {
                terms.Add(text[start..i].ToLower(CultureInfo.InvariantCulture));
                start = -1;
            }
            i += consumed;
        }
        if (start >= 0) terms.Add(text[start..].ToLower(CultureInfo.InvariantCulture));
    }
}
