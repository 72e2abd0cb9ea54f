using Dragoman.Collections;
using Dragoman.Training.Fitting;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>The scores of the running mean of a model's weights, which take the place of the weights while it scores.</summary>
/// <param name="scorer">Scores with the model in training; the caller's.</param>
/// <param name="weights">Has the mean.</param>
/// <param name="tell">Told when it is asked before the first step, where the mean is the model that training starts with.</param>
internal sealed class AveragedScorer(IPairScorer scorer, TrainingWeights weights, Action<string> tell) : IPairScorer
{
    private bool _told;

    public float[] Score(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken)
    {
        var average = weights.Average ?? throw new InvalidOperationException("There is no running mean of the weights: training.average is 0, or nothing is trained now.");
        if (weights.Steps == 0 && !_told)
        {
            tell("warning: before the first step the running mean of the weights is the model that training starts with, which knows little; set sampling.warm_up to 1 or more.");
            _told = true;
        }
        average.Swap();
        try
        {
            return scorer.Score(pairs, cancellationToken);
        }
        finally
        {
            average.Swap();
        }
    }

    public void Dispose()
    {
    }
}
