namespace Dragoman.Training.Sampling;

/// <summary>Batches of items of like length in random order: shuffled, sorted by length within pools of many batches, then the batches shuffled.</summary>
public static class BucketedBatches
{
    /// <summary>Cuts an epoch into batches.</summary>
    /// <param name="lengths">The items' lengths in tokens.</param>
    /// <param name="batchSize">Items a batch; the last of a pool may be smaller.</param>
    /// <param name="seed">Seed of the order; use another one for each epoch.</param>
    /// <param name="poolBatches">Batches a pool: 1 gives plain shuffling, more gives less padding and less mixing.</param>
    /// <returns>Positions in <paramref name="lengths"/>, every one exactly once.</returns>
    public static IReadOnlyList<int[]> Cut(IReadOnlyList<int> lengths, int batchSize, int seed, int poolBatches = 16)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(poolBatches);
        var random = new Random(seed);
        var order = Enumerable.Range(0, lengths.Count).ToArray();
        random.Shuffle(order);
        var batches = order.Chunk(batchSize * poolBatches)
            .SelectMany(pool => pool.OrderBy(item => lengths[item]).Chunk(batchSize))
            .ToArray();
        random.Shuffle(batches);
        return batches;
    }
}
