using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage.TermMatching;
using Dragoman.Retrieval.Translators;

namespace Dragoman.Retrieval.FirstStage.Translated;

/// <summary>Makes the weighted terms of a translated query.</summary>
internal static class TranslatedTerms
{
    /// <summary>
    /// Distinct terms in order of first appearance. Every alternative of a piece gives its terms its weight; weights of a term that comes again add up.
    /// </summary>
    /// <param name="translation">The translated query.</param>
    /// <param name="areTerms">Whether the alternatives are terms already.</param>
    /// <param name="language">The language translated into.</param>
    /// <param name="retriever">Makes terms of text.</param>
    internal static IReadOnlyList<WeightedTerm> Of(TranslatedText translation, bool areTerms, string language, ITermRetriever retriever)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var terms = new List<WeightedTerm>();
        foreach (var (text, weight) in translation.Pieces.SelectMany(piece => piece.Alternatives))
        {
            if (areTerms) Add(text, weight);
            else foreach (var term in retriever.TermsOf(new Query("", text, language))) Add(term.Term, weight * term.Weight);
        }
        return terms;

        void Add(string term, double weight)
        {
            if (places.TryAdd(term, terms.Count)) terms.Add(new WeightedTerm(term, weight));
            else terms[places[term]] = terms[places[term]] with { Weight = terms[places[term]].Weight + weight };
        }
    }
}
