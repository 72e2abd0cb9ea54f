using Dragoman.Collections;
using Dragoman.Training.Distillation;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>The scores in a run. Pairs that it lacks have none (NaN); they are counted, and told of the first time.</summary>
/// <param name="scores">The run's.</param>
/// <param name="tell">Told of what is missing.</param>
internal sealed class RunScorer(RunScores scores, Action<string> tell) : IPairScorer
{
    private long _asked;

    /// <summary>Pairs without a score so far.</summary>
    internal long Missing { get; private set; }

    public float[] Score(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken)
    {
        if (scores.Missing([.. pairs.Select(pair => (pair.Query.Id, pair.Passage.Id))], "pairs") is { } missing)
        {
            if (Missing == _asked) missing.RequireSome();                                  // nothing was found before either
            if (Missing == 0) tell($"warning: {missing.Sentence}; the teacher says nothing of these.");
            Missing += missing.Count;
        }
        _asked += pairs.Count;
        return [.. pairs.Select(pair => (float)scores.Of(pair.Query.Id, pair.Passage.Id))];
    }

    public void Dispose()
    {
    }
}
