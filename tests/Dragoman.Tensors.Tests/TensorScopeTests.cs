using System.Diagnostics;

namespace Dragoman.Tensors.Tests;

public sealed class TensorScopeTests : RequiresTorch
{
    [Fact]
    public void Dispose_FreesWhatWasNotKept()
    {
        Tensor kept, lost;
        using (var scope = TensorScope.Begin())
        {
            lost = Tensor.Ones([3]);
            kept = scope.Keep(lost + 1);
        }
        lost.IsDisposed.ShouldBeTrue();
        kept.IsDisposed.ShouldBeFalse();
        kept.Sum().Item().ShouldBe(6);
        kept.Dispose();
    }

    [Fact]
    public void Keep_InNestedScope_MovesToTheScopeAround()
    {
        Tensor inner;
        using (TensorScope.Begin())
        {
            using (var scope = TensorScope.Begin()) inner = scope.Keep(Tensor.Ones([1]));
            inner.IsDisposed.ShouldBeFalse();
        }
        inner.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public void Unscoped_OutlivesEveryScope()
    {
        Tensor tensor;
        using (TensorScope.Begin()) tensor = Tensor.Ones([1]).Unscoped();
        tensor.IsDisposed.ShouldBeFalse();
        tensor.Dispose();
    }

    [Fact]
    public void Dispose_OuterBeforeInner_EndsBoth()
    {
        var outer = TensorScope.Begin();
        var inner = TensorScope.Begin();
        var tensor = Tensor.Ones([1]);
        outer.Dispose();
        tensor.IsDisposed.ShouldBeTrue();
        inner.Dispose();
        var free = Tensor.Ones([1]);
        free.IsDisposed.ShouldBeFalse();
        free.Dispose();
    }

    [Fact]
    public void Dispose_OnAnotherThread_FreesItsTensorsAndLeavesThatThreadsScopes()
    {
        var scope = TensorScope.Begin();
        var mine = Tensor.Ones([1]);
        var theirsSurvived = false;
        var thread = new Thread(() =>
        {
            using var own = TensorScope.Begin();
            var theirs = Tensor.Ones([1]);
            scope.Dispose();
            theirsSurvived = !theirs.IsDisposed;
        });
        thread.Start();
        thread.Join();
        theirsSurvived.ShouldBeTrue();
        mine.IsDisposed.ShouldBeTrue();
        using var free = Tensor.Ones([1]);
        free.IsDisposed.ShouldBeFalse();
    }

    /// <summary>Every tensor of a step takes 64 KB: one leaked per step would add 128 MB.</summary>
    [Fact]
    public void TrainingStep_TwoThousandTimes_KeepsResidentMemoryBounded()
    {
        using var weight = Tensor.Randn([128, 128]).WithGrad();
        using var input = Tensor.Randn([128, 128]);
        for (var step = 0; step < 200; step++) Step(weight, input);
        var before = ResidentBytes();
        for (var step = 0; step < 2000; step++) Step(weight, input);
        (ResidentBytes() - before).ShouldBeLessThan(64L << 20);
    }

    private static void Step(Tensor weight, Tensor input)
    {
        using var scope = TensorScope.Begin();
        input.Linear(weight).Gelu().LogSoftmax(-1).Mean().Backward();
        using (NoGrad.Begin()) weight.AddInPlace(weight.Grad!, -0.01);
        weight.Grad = null;
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
