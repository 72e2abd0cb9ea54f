using System.Runtime.ExceptionServices;

namespace Dragoman.Retrieval.FirstStage;

/// <summary>Runs a parallel loop so that it fails as a plain one would: with the failure of one of its steps, not with a bundle of them.</summary>
internal static class ParallelWork
{
    internal static void Run(Action loop)
    {
        try
        {
            loop();
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.Flatten().InnerExceptions[0]);
        }
    }
}
