using Dragoman.Tensors;
using Dragoman.Tensors.Errors;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Tests.Losses;

public sealed class InBatchMaskTests : RequiresTorch
{
    [Fact]
    public void OfIds_SamePassageSameQueryAndRelevant_AreExcluded()
    {
        using var scope = TensorScope.Begin();
        // Queries a, b, a with passages 1, 2, 3; further passages 2 (b's own) and 4, which answers a.
        InBatchMask.OfIds(["a", "b", "a"], ["1", "2", "3", "2", "4"], (query, passage) => (query, passage) == ("a", "4")).ToArray<bool>().ShouldBe([
            false, false, true, false, true,
            false, false, false, true, false,
            true, false, false, false, true]);
        InBatchMask.OfIds(["a", "b"], ["1", "1"]).ToArray<bool>().ShouldBe([false, true, true, false]);
        Should.Throw<ArgumentException>(() => InBatchMask.OfIds(["a", "b"], ["1"])).Message.ShouldStartWith("There are 1 passages for 2 queries.");
    }

    [Fact]
    public void OfGuide_PassagesAboveTheOwn_AreExcluded()
    {
        using var scope = TensorScope.Begin();
        var scores = Tensor.From([0.8f, 0.9f, 0.8f, 0.1f, 0.5f, 0.45f], 2, 3);
        InBatchMask.OfGuide(scores).ToArray<bool>().ShouldBe([false, true, false, false, false, false]);
        InBatchMask.OfGuide(scores, 0.1).ToArray<bool>().ShouldBe([false, true, true, false, false, true]);
        InBatchMask.OfGuide(scores, -0.2).ToArray<bool>().ShouldAllBe(excluded => !excluded);
        Should.Throw<ShapeException>(() => InBatchMask.OfGuide(Tensor.Ones([3, 2])));
    }
}
