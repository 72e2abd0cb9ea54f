using Dragoman.Collections;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>Who scores pairs of a query and a passage.</summary>
internal interface IPairScorer : IDisposable
{
    /// <summary>Scores pairs: logits of a cross-encoder, cosines of a bi-encoder. A pair's score does not depend on the pairs beside it but for rounding.</summary>
    /// <param name="pairs">Queries and passages with their texts.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>One for each pair; higher is better.</returns>
    float[] Score(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken);
}
