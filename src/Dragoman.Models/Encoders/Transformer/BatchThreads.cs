using System.Runtime.ExceptionServices;
using Dragoman.Tensors;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>
/// Computes batches side by side on the CPU, each by one thread of its own over the same weights: no thread waits for another within a batch, and what comes out of a batch does not depend on the number of threads.
/// </summary>
internal static class BatchThreads
{
    /// <summary>Computes batches.</summary>
    /// <param name="count">Their number; they are begun in order.</param>
    /// <param name="threads">Threads, 1 or more.</param>
    /// <param name="compute">Computes a batch, without what belongs to the calling thread (scopes, modes).</param>
    /// <param name="token">Stops between batches.</param>
    internal static void Run(int count, int threads, Action<int> compute, CancellationToken token)
    {
        var ofOneOperator = Torch.Threads;
        var next = -1;
        Exception? failure = null;
        var workers = Enumerable.Range(0, Math.Min(count, threads)).Select(_ => new Thread(Work) { IsBackground = true, Name = "batches" }).ToList();
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
        // The number is each thread's own, but threads that begin later take the one that was set last.
        Torch.Threads = ofOneOperator;
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        token.ThrowIfCancellationRequested();

        void Work()
        {
            try
            {
                Torch.Threads = 1;
                while (Volatile.Read(ref failure) is null && !token.IsCancellationRequested && Interlocked.Increment(ref next) is var batch && batch < count) compute(batch);
            }
            catch (Exception thrown)
            {
                Interlocked.CompareExchange(ref failure, thrown, null);
            }
        }
    }
}
