using Dragoman.Training.Workers;

namespace Dragoman.Training.Tests.Workers;

public sealed class WorkerShareTests
{
    [Theory]
    [InlineData(8, 2)]
    [InlineData(7, 3)]
    [InlineData(2, 5)]
    [InlineData(1, 1)]
    public void Of_AllWorkers_EveryItemIsTakenOnceInOrder(int items, int workers)
    {
        var shares = Enumerable.Range(0, workers).Select(rank => WorkerShare.Of(items, rank, workers)).ToList();
        shares.SelectMany(share => Enumerable.Range(share.First, share.Count)).ShouldBe(Enumerable.Range(0, items));
        (shares.Max(share => share.Count) - shares.Min(share => share.Count)).ShouldBeLessThanOrEqualTo(1);
    }
}
