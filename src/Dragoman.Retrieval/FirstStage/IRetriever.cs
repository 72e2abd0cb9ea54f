using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Retrieval.FirstStage;

/// <summary>Finds passages for queries. Implementations are thread-safe.</summary>
public interface IRetriever
{
    /// <summary>Name of the method as the command line spells it: <c>bm25</c>, <c>dense</c>, <c>hybrid</c>.</summary>
    string Name { get; }

    /// <summary>Retrieves for several queries at once.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="options">Depth and which passages take part.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One ranking per query, in the order of the queries: scores descending, ties by passage id descending, at most <see cref="RetrievalOptions.Depth"/> long.</returns>
    /// <exception cref="ConfigurationException">The options do not fit the index.</exception>
    IReadOnlyList<IReadOnlyList<RankedPassage>> Retrieve(IReadOnlyList<Query> queries, RetrievalOptions options, CancellationToken cancellationToken = default);
}
