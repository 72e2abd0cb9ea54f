namespace Dragoman.Training.Workers;

/// <summary>How a batch is shared out: every worker takes a run of neighbouring items, the first ones one more where the batch does not divide evenly. It follows from the batch and the number of workers alone.</summary>
internal static class WorkerShare
{
    /// <summary>The part of a worker.</summary>
    /// <param name="items">Items of the batch.</param>
    /// <param name="rank">The worker, from 0.</param>
    /// <param name="workers">Workers in all.</param>
    /// <returns>Its first item and how many it takes; 0 where there are fewer items than workers.</returns>
    internal static (int First, int Count) Of(int items, int rank, int workers)
    {
        var (each, more) = Math.DivRem(items, workers);
        return (rank * each + Math.Min(rank, more), each + (rank < more ? 1 : 0));
    }
}
