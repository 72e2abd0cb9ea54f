using Dragoman.Tensors;
using Dragoman.Training.Fitting;
using Dragoman.Training.Sampling;
using Dragoman.Training.Workers;

namespace Dragoman.Training.BiEncoders;

/// <summary>Brings the vectors that workers encoded of one batch together, in the order that one worker alone would have them in: the queries, then all candidates group after group. Its tensors belong to the scope under way.</summary>
/// <param name="batch">The B groups with N candidates.</param>
/// <param name="width">H.</param>
/// <param name="device">Where the vectors are.</param>
/// <param name="workers">The workers.</param>
internal sealed class GatheredVectors(IReadOnlyList<TrainingGroup> batch, int width, Device device, WorkerGroup workers) : IOutputExchange
{
    private readonly long[] _places = Places(batch, workers);

    /// <summary>Each worker lays its own into zeros, and these are added up: exact, and of one shape however the batch is shared out.</summary>
    /// <returns>Float32, shape [B + N, H].</returns>
    public Tensor Gather(Tensor? own)
    {
        using var off = NoGrad.Begin();
        var all = Tensor.Zeros([batch.Count + batch.Sum(group => group.Candidates.Count), width], DType.Float32, device);
        if (own is not null) all.IndexCopyInPlace(0, Tensor.From(_places, _places.Length).Send(device), own.To(DType.Float32));
        workers.Sum(all);
        return all;
    }

    public Tensor OwnRows(Tensor whole) => whole.IndexSelect(0, Tensor.From(_places, _places.Length).Send(device));

    /// <summary>Where the vectors of a worker's share stand in the whole batch: rows of its queries, then of their candidates.</summary>
    private static long[] Places(IReadOnlyList<TrainingGroup> batch, WorkerGroup workers)
    {
        var (first, count) = WorkerShare.Of(batch.Count, workers.Rank, workers.Count);
        var before = batch.Count + batch.Take(first).Sum(group => group.Candidates.Count);
        var candidates = batch.Skip(first).Take(count).Sum(group => group.Candidates.Count);
        return [.. Enumerable.Range(first, count).Concat(Enumerable.Range(before, candidates)).Select(row => (long)row)];
    }
}
