using Dragoman.Collections;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>Who knows how probable it is that a passage answers a query.</summary>
internal interface IRelevanceTeacher : IDisposable
{
    /// <summary>P(relevant) of candidates, of which few are.</summary>
    /// <param name="pairs">Queries and passages with their texts.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>One for each pair, within [0, 1].</returns>
    double[] Probabilities(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken);

    /// <summary>P(relevant) of pairs that are judged so, as if every second such judgement were wrong.</summary>
    /// <param name="pairs">Queries and passages with their texts.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>One for each pair, within [0, 1].</returns>
    double[] LabelProbabilities(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken);

    /// <summary>Pairs that were scored so far; one whose probability was remembered does not count again.</summary>
    long Scored { get; }
}
