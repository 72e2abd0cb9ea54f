using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Dragoman.Tensors;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>
/// Computes batches side by side on the CPU, each by one thread over the same weights: no thread waits for another within a batch, and what comes out of a batch does not depend on the number of threads. The threads
/// live as long as the process, as libtorch keeps memory for each.
/// </summary>
internal static class BatchThreads
{
    private static readonly Lock Gate = new();
    private static readonly BlockingCollection<Action> Jobs = [];
    private static int _started;

    /// <summary>Computes batches.</summary>
    /// <param name="count">Their number; they are begun in order.</param>
    /// <param name="threads">Threads, 1 or more.</param>
    /// <param name="compute">Computes a batch, without what belongs to the calling thread (scopes, modes).</param>
    /// <param name="token">Stops between batches.</param>
    internal static void Run(int count, int threads, Action<int> compute, CancellationToken token)
    {
        var jobs = Math.Min(count, threads);
        Start(jobs);
        using var running = new CountdownEvent(jobs + 1);
        var next = -1;
        Exception? failure = null;
        for (var job = 0; job < jobs; job++) Jobs.Add(Work, CancellationToken.None);
        running.Signal();
        running.Wait(CancellationToken.None);
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        token.ThrowIfCancellationRequested();

        void Work()
        {
            try
            {
                while (Volatile.Read(ref failure) is null && !token.IsCancellationRequested && Interlocked.Increment(ref next) is var batch && batch < count) compute(batch);
            }
            catch (Exception thrown)
            {
                Interlocked.CompareExchange(ref failure, thrown, null);
            }
            finally
            {
                running.Signal();
            }
        }
    }

    private static void Start(int threads)
    {
        lock (Gate)
        {
            if (_started >= threads) return;
            var ofOneOperator = Torch.Threads;
            using var ready = new CountdownEvent(threads - _started);
            for (; _started < threads; _started++)
            {
                new Thread(() =>
                {
                    Torch.Threads = 1;
                    // libtorch gives a thread the number that was set last when it first asks for it: now, before that is set back.
                    _ = Torch.Threads;
                    ready.Signal();
                    foreach (var job in Jobs.GetConsumingEnumerable()) job();
                })
                { IsBackground = true, Name = "batches" }.Start();
            }
            ready.Wait();
            // The number is each thread's own, but threads that begin later take the one that was set last.
            Torch.Threads = ofOneOperator;
        }
    }
}
