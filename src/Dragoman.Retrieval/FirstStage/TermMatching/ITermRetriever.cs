using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Retrieval.FirstStage.TermMatching;

/// <summary>A retriever that matches terms: it takes weighted terms too, scores pairs that are given, and says term by term why a passage scores as it does. Thread-safe.</summary>
public interface ITermRetriever : IRetriever
{
    /// <summary>The distinct terms of a query in order of first appearance, weighted by how often they occur.</summary>
    /// <param name="query">The query.</param>
    IReadOnlyList<WeightedTerm> TermsOf(Query query);

    /// <summary>Retrieves for queries of weighted terms.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="options">Depth and which passages take part.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One ranking per query, in the order of the queries: scores descending, ties by passage id descending.</returns>
    /// <exception cref="ConfigurationException">The options do not fit the index, or a weight is not a number above 0, or a term stands twice in a query.</exception>
    IReadOnlyList<IReadOnlyList<RankedPassage>> RetrieveWeighted(IReadOnlyList<TermQuery> queries, RetrievalOptions options, CancellationToken cancellationToken = default);

    /// <summary>Scores given passages for a query; the scores are those of <see cref="IRetriever.Retrieve"/>, to the last bit.</summary>
    /// <param name="terms">The query's terms.</param>
    /// <param name="passageIds">Ids of passages of the index.</param>
    /// <param name="options">Which passages take part, for the statistics; a passage to score need not be among them.</param>
    /// <returns>A score for every id, in their order; of a passage without any of the terms, what is left of the formula: 0 for BM25.</returns>
    /// <exception cref="DragomanException">The index holds no passage of an id.</exception>
    IReadOnlyList<double> Score(IReadOnlyList<WeightedTerm> terms, IReadOnlyList<string> passageIds, RetrievalOptions options);

    /// <summary>Says term by term why a passage scores as it does.</summary>
    /// <param name="terms">The query's terms.</param>
    /// <param name="passageId">The passage.</param>
    /// <param name="options">Which passages take part, for the statistics.</param>
    /// <exception cref="DragomanException">There is no such passage.</exception>
    ScoreExplanation Explain(IReadOnlyList<WeightedTerm> terms, string passageId, RetrievalOptions options);
}
