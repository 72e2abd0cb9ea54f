using Dragoman.Collections;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>P(relevant) = σ(s), the logistic function of a model's score.</summary>
/// <param name="scorer">Gives the model. One that learns is asked for anew each time, as what is known of its vectors is out of date.</param>
/// <param name="keeps">Whether it is always the same one, which is then owned.</param>
internal sealed class LogisticTeacher(Func<IPairScorer> scorer, bool keeps) : IRelevanceTeacher
{
    public long Scored { get; private set; }

    public double[] Probabilities(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken)
    {
        var model = scorer();
        try
        {
            var scores = model.Score(pairs, cancellationToken);
            Scored += pairs.Count;
            return Array.ConvertAll(scores, score => 1 / (1 + Math.Exp(-score)));
        }
        finally
        {
            if (!keeps) model.Dispose();
        }
    }

    public void Dispose()
    {
        if (keeps) scorer().Dispose();
    }
}
