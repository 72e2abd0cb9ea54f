using Dragoman.Training.Workers;

namespace Dragoman.Training.Fitting;

/// <summary>An objective that compares the items of a batch with each other, so that workers cannot take shares of a batch without knowing the rest. Any other objective's mean loss is the workers' means, weighted by their items.</summary>
internal interface IJointObjective : IObjective
{
    /// <summary>Adds this worker's part of the gradient of a batch's mean loss, times a weight: the parts of all workers add up to the gradient of the whole batch.</summary>
    /// <param name="items">The whole batch, the same in every worker.</param>
    /// <param name="weight">The weight, 0 or more.</param>
    /// <param name="workers">The workers, which all call this.</param>
    /// <returns>What the whole batch gave, the same in every worker.</returns>
    BatchOutcome Backward(IReadOnlyList<int> items, double weight, WorkerGroup workers);
}
