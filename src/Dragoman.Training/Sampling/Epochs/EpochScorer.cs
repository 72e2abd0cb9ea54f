using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>Scores pairs by the model in training, as it is when an epoch begins.</summary>
/// <param name="model">Gives the model.</param>
/// <param name="passages">The collection's passages.</param>
/// <param name="time">The clock.</param>
internal sealed class EpochScorer(Func<IPairScorer> model, PassageCatalogue passages, TimeProvider time) : IDisposable
{
    private IPairScorer? _model;

    /// <summary>Time that it took so far.</summary>
    internal TimeSpan Elapsed { get; private set; }

    /// <summary>Scores of the passages of each list.</summary>
    /// <param name="lists">Queries and passages.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="DragomanException">A score is not a finite number.</exception>
    internal double[][] Score(IReadOnlyList<PairList> lists, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        _model ??= model();
        var scores = PairTexts.Score(passages, lists, (pairs, token) => Array.ConvertAll(_model.Score(pairs, token), score => (double)score), cancellationToken);
        for (var list = 0; list < lists.Count; list++)
        {
            if (Array.FindIndex(scores[list], score => !double.IsFinite(score)) is var bad and >= 0)
                throw new DragomanException(FormattableString.Invariant($"Query {lists[list].Query.Id}: the model in training scores passage {lists[list].PassageIds[bad]} as {scores[list][bad]}, not a finite number; it has diverged. Use a lower learning rate."));
        }
        Elapsed += time.GetElapsedTime(start);
        return scores;
    }

    public void Dispose() => _model?.Dispose();
}
