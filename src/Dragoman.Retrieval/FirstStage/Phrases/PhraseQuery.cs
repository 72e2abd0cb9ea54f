using System.Globalization;
using System.Text;
using Dragoman.Collections;

namespace Dragoman.Retrieval.FirstStage.Phrases;

/// <summary>A query whose phrases in quotation marks are told from the rest.</summary>
/// <param name="Query">The query without the marks: all its words, those of the phrases included.</param>
/// <param name="Phrases">What stood in quotation marks, in order.</param>
public sealed record PhraseQuery(Query Query, IReadOnlyList<Phrase> Phrases)
{
    private const int MostDigits = 9;

    /// <summary>
    /// Reads <c>camel "silk road" "Samarkand market"~5</c>. Marks of several scripts are known: <c>" " “ ” „ “ « » 「 」 『 』</c>. A mark that nothing closes, one behind a digit (<c>5"</c>), one
    /// within a Hebrew word, and marks with nothing between them mean nothing.
    /// </summary>
    /// <param name="query">The query as it was written.</param>
    public static PhraseQuery Parse(Query query)
    {
        var (text, plain, phrases) = (query.Text, new StringBuilder(query.Text.Length), new List<Phrase>());
        for (var at = 0; at < text.Length;)
        {
            if (!QuotationMarks.Opens(text, at, out var end))
            {
                plain.Append(text[at++]);
                continue;
            }
            var quoted = text[(at + 1)..end];
            at = end + 1;
            var window = WindowAt(text, ref at);
            plain.Append(' ').Append(quoted).Append(' ');
            if (!string.IsNullOrWhiteSpace(quoted)) phrases.Add(new Phrase(quoted.Trim(), window));
        }
        return phrases.Count == 0 ? new PhraseQuery(query, phrases) : new PhraseQuery(query with { Text = plain.ToString().Trim() }, phrases);
    }

    /// <summary>The number behind a tilde, and moves behind it; null when there is none.</summary>
    private static int? WindowAt(string text, ref int at)
    {
        if (at >= text.Length || text[at] is not ('~' or '～')) return null;
        var end = at + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        if (end == at + 1) return null;
        var digits = text.AsSpan(at + 1, end - at - 1).TrimStart('0');
        at = end;
        return digits.Length > MostDigits ? int.MaxValue : digits.IsEmpty ? 0 : int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
