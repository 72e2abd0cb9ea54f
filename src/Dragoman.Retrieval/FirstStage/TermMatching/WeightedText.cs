using System.Globalization;
using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Retrieval.FirstStage.TermMatching;

/// <summary>Queries whose words carry weights: <c>camel^2 caravan^0.5 road</c>.</summary>
public static class WeightedText
{
    internal const char Mark = '^';

    /// <summary>Makes weighted terms of a text: every word, up to white space, is analysed by itself, and its terms get its weight, 1 without a mark. Weights of a term that comes again add up.</summary>
    /// <param name="query">The query.</param>
    /// <param name="retriever">Makes terms of words.</param>
    /// <exception cref="DragomanException">What follows the mark is not a number above 0, or no word is before it.</exception>
    public static TermQuery Parse(Query query, ITermRetriever retriever)
    {
        var weights = new Dictionary<string, int>(StringComparer.Ordinal);
        var terms = new List<WeightedTerm>();
        foreach (var word in query.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var (text, weight) = WordOf(query, word);
            foreach (var term in retriever.TermsOf(query with { Text = text }))
            {
                if (weights.TryAdd(term.Term, terms.Count)) terms.Add(term with { Weight = term.Weight * weight });
                else terms[weights[term.Term]] = terms[weights[term.Term]] with { Weight = terms[weights[term.Term]].Weight + term.Weight * weight };
            }
        }
        return new TermQuery(query.Id, terms);
    }

    private static (string Text, double Weight) WordOf(Query query, string word)
    {
        var mark = word.LastIndexOf(Mark);
        if (mark < 0) return (word, 1);
        if (mark == 0) throw new DragomanException($"Query {query.Id}: \"{word}\" has no word before the {Mark}; write word{Mark}2, without a space.");
        if (double.TryParse(word.AsSpan(mark + 1), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var weight) && weight > 0 && double.IsFinite(weight)) return (word[..mark], weight);
        throw new DragomanException($"Query {query.Id}: \"{word}\" has no weight above 0 behind the {Mark}; write word{Mark}2 or word{Mark}0.5.");
    }
}
