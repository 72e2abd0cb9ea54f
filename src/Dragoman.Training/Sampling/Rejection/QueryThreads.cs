using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Rejection;

/// <summary>Work for many queries on several threads, with a result that does not depend on how many.</summary>
internal static class QueryThreads
{
    /// <summary>Does the work of each.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="count">How many.</param>
    /// <param name="work">The work of one; it looks at nothing that another changes.</param>
    /// <param name="threads">How many threads, 1 or more.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What each gave, in their order.</returns>
    /// <exception cref="DragomanException">The first one's failure, whichever thread was quicker.</exception>
    internal static T[] Each<T>(int count, Func<int, T> work, int threads, CancellationToken cancellationToken)
    {
        var (done, failures) = (new T[count], new DragomanException?[count]);
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, at =>
        {
            try
            {
                done[at] = work(at);
            }
            catch (DragomanException failure)
            {
                failures[at] = failure;
            }
        });
        if (failures.FirstOrDefault(failure => failure is not null) is { } first) throw first;
        return done;
    }
}
