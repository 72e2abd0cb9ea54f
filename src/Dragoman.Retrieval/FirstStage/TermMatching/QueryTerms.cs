using Dragoman.Collections;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.FirstStage.TermMatching;

/// <summary>Makes the weighted terms of a text.</summary>
internal static class QueryTerms
{
    /// <summary>Distinct terms in order of first appearance, weighted by how often they occur.</summary>
    internal static IReadOnlyList<WeightedTerm> Of(Query query, IAnalyzer analyzer)
    {
        var all = new List<string>();
        analyzer.Analyze(query.Text, query.Language, all);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var terms = new List<WeightedTerm>();
        foreach (var term in all)
        {
            if (places.TryAdd(term, terms.Count)) terms.Add(new WeightedTerm(term, 1));
            else terms[places[term]] = terms[places[term]] with { Weight = terms[places[term]].Weight + 1 };
        }
        return terms;
    }
}
