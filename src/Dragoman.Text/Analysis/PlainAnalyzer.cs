using System.Globalization;
using System.Text;

namespace Dragoman.Text.Analysis;

/// <summary>Terms are runs of Unicode letters and decimal digits, lower-cased without a language; everything else separates.</summary>
/// <remarks>
/// Combining marks and joiners inside a word (general category M, U+200C and U+200D) stay with the letter before them, as Indic and Arabic script need; a mark without a letter before it
/// separates. Nothing is normalised, removed or stemmed: what an experiment with plain terms expects. Thread-safe.
/// </remarks>
public sealed class PlainAnalyzer : IExplainedAnalyzer
{
    /// <summary>The name in configurations.</summary>
    public const string Name = "plain";

    /// <inheritdoc/>
    public string Identity => "plain-v1";

    /// <inheritdoc/>
    public void Analyze(string text, string language, ICollection<string> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        foreach (var (start, end) in Words(text)) terms.Add(Lower(text, start, end));
    }

    /// <inheritdoc/>
    public Analysis Explain(string text, string language)
    {
        var words = Words(text).Select((place, position) =>
        {
            var lower = Lower(text, place.Start, place.End);
            return new AnalyzedWord(place.Start, place.End, text[place.Start..place.End], lower, lower, false, lower, lower) { Position = position };
        });
        return new Analysis(Identity, language, text, text.ToLower(CultureInfo.InvariantCulture), words.ToArray());
    }

    private static string Lower(string text, int start, int end) => text[start..end].ToLower(CultureInfo.InvariantCulture);

    private static IEnumerable<(int Start, int End)> Words(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
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
                yield return (start, i);
                start = -1;
            }
            i += consumed;
        }
        if (start >= 0) yield return (start, text.Length);
    }
}
