using Dragoman.Tensors;
using Dragoman.Training.Sampling;
using Dragoman.Training.Workers;

namespace Dragoman.Training.BiEncoders;

/// <summary>Brings the vectors that workers encoded of one batch together, in the order that one worker alone would have them in: the queries, then all candidates group after group.</summary>
internal static class GatheredVectors
{
    /// <summary>Where the vectors of a worker's share stand in the whole batch.</summary>
    /// <param name="batch">The B groups.</param>
    /// <param name="workers">The workers.</param>
    /// <returns>Rows of its queries, then of their candidates.</returns>
    internal static long[] Places(List<TrainingGroup> batch, WorkerGroup workers)
    {
        var (first, count) = WorkerShare.Of(batch.Count, workers.Rank, workers.Count);
        var before = batch.Count + batch.Take(first).Sum(group => group.Candidates.Count);
        var candidates = batch.Skip(first).Take(count).Sum(group => group.Candidates.Count);
        return [.. Enumerable.Range(first, count).Concat(Enumerable.Range(before, candidates)).Select(row => (long)row)];
    }

    /// <summary>The vectors of all workers. Each lays its own into zeros, and these are added up: exact, and of one shape however the batch is shared out.</summary>
    /// <param name="own">This worker's, in the order of its places; null when it has none.</param>
    /// <param name="places">Where they go.</param>
    /// <param name="batch">The B groups with N candidates.</param>
    /// <param name="width">H.</param>
    /// <param name="device">Where they are.</param>
    /// <param name="workers">The workers, which all call this.</param>
    /// <returns>Float32, without a graph, shape [B + N, H]; belongs to the scope under way.</returns>
    internal static Tensor Gather(Tensor? own, long[] places, List<TrainingGroup> batch, int width, Device device, WorkerGroup workers)
    {
        using var off = NoGrad.Begin();
        var all = Tensor.Zeros([batch.Count + batch.Sum(group => group.Candidates.Count), width], DType.Float32, device);
        if (own is not null) all.IndexCopyInPlace(0, Tensor.From(places, places.Length).Send(device), own.To(DType.Float32));
        workers.Sum(all);
        return all;
    }
}
