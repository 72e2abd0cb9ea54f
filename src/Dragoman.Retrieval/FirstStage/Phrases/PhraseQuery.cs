using System.Globalization;
using System.Text;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage.TermMatching;

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
    /// <param name="weighted">Whether words carry weights, as <see cref="WeightedText"/> reads them: a weight behind the closing mark, <c>"silk road"^2</c> or <c>"Samarkand market"~5^2</c>, is that of every word of the phrase.</param>
    /// <exception cref="DragomanException">A weight stands within quotation marks.</exception>
    public static PhraseQuery Parse(Query query, bool weighted = false)
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
            plain.Append(' ').Append(weighted ? Weighted(query, quoted, WeightAt(text, ref at)) : quoted).Append(' ');
            if (!string.IsNullOrWhiteSpace(quoted)) phrases.Add(new Phrase(quoted.Trim(), window));
        }
        return phrases.Count == 0 ? new PhraseQuery(query, phrases) : new PhraseQuery(query with { Text = plain.ToString().Trim() }, phrases);
    }

    /// <summary>The words of a phrase, each with the weight behind it.</summary>
    private static string Weighted(Query query, string quoted, string weight)
    {
        if (quoted.Contains(WeightedText.Mark, StringComparison.Ordinal))
            throw new DragomanException($"Query {query.Id}: the phrase \"{quoted.Trim()}\" has a weight within its quotation marks; write it behind them, as in \"silk road\"{WeightedText.Mark}2.");
        var words = quoted.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? weight : string.Join(' ', words.Select(word => word + weight));
    }

    /// <summary>A caret and what stands behind it up to white space, and moves behind it; empty when there is none.</summary>
    private static string WeightAt(string text, ref int at)
    {
        var start = at;
        if (at >= text.Length || text[at] != WeightedText.Mark) return "";
        while (at < text.Length && !char.IsWhiteSpace(text[at])) at++;
        return text[start..at];
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
