using System.Diagnostics;
using Dragoman.Tensors.Errors;

namespace Dragoman.Tensors.Tests;

public sealed class OperatorsTests : RequiresTorch
{
    [Fact]
    public void Call_EveryKindOfArgument_ReachesTheOperator()
    {
        using var scope = TensorScope.Begin();
        var x = Tensor.From([1f, -2f, 3f, -4f], 2, 2);
        Operators.Call("aten::add", "Tensor", x, x, 2).ToArray<float>().ShouldBe([3f, -6f, 9f, -12f]);
        Operators.Call("aten::sum", "dim_IntList", x, new long[] { 1 }, true).Shape.ShouldBe([2L, 1L]);
        Operators.Call("aten::sum", "dim_IntList", x, Argument.None).Item().ShouldBe(-2);
        Operators.Call("aten::gelu", "", x, "tanh").Shape.ShouldBe([2L, 2L]);
        Operators.Call("aten::cat", "", new[] { x, x }, 1).Shape.ShouldBe([2L, 4L]);
        Operators.Call("aten::clamp", "", x, -1.5, Argument.None).Min().Item().ShouldBe(-1.5);
        Operators.Call("aten::zeros", "", new long[] { 3 }, DType.Int32, Argument.None, Device.Cpu).Type.ShouldBe(DType.Int32);
        Operators.Call("aten::upsample_nearest2d", "vec", x.View(1, 1, 2, 2), Argument.None, new[] { 2.0, 2.0 }).Shape.ShouldBe([1L, 1L, 4L, 4L]);
        Operators.Call("aten::index", "Tensor", x, new Tensor?[] { null, Tensor.From([1L]) }).ToArray<float>().ShouldBe([-2f, -4f]);
        Operators.Call("aten::flip", "", x, 0).ToArray<float>().ShouldBe([3f, -4f, 1f, -2f]);
    }

    [Fact]
    public void CallMany_TuplesAndLists_ComeBackInOrder()
    {
        using var scope = TensorScope.Begin();
        var x = Tensor.Arange(0, 6).View(2, 3);
        Operators.CallMany("aten::unbind", "int", x, 1).Length.ShouldBe(3);
        var results = Operators.CallMany("aten::max", "dim", x, 1);
        results[0]!.ToArray<long>().ShouldBe([2L, 5L]);
        results[1]!.ToArray<long>().ShouldBe([2L, 2L]);
        Operators.CallNumber("aten::equal", "", x, x).ShouldBe(1);
    }

    [Fact]
    public void CallMany_LongTensorList_IsPassedWhole()
    {
        using var scope = TensorScope.Begin();
        var list = Enumerable.Range(0, 300).Select(i => Tensor.Full([1], i)).ToArray();
        Operators.Call("aten::cat", "", list).Sum().Item().ShouldBe(300 * 299 / 2);
        Operators.Do("aten::_foreach_add_", "Scalar", list, 1);
        list[299].Item().ShouldBe(300);
    }

    [Fact]
    public void Call_UnknownOperator_IsATypedFailure() =>
        Should.Throw<TensorOperatorException>(() => Operators.Call("aten::no_such_thing", "")).OperatorName.ShouldBe("aten::no_such_thing");

    [Theory]
    [InlineData("text")]
    [InlineData("missing")]
    [InlineData("many")]
    public void Call_ArgumentsThatDoNotFitTheSchema_SayWhich(string kind)
    {
        using var x = Tensor.Ones([2]);
        var failure = Should.Throw<TensorOperatorException>(() => kind switch
        {
            "text" => Operators.Call("aten::sum", "dim_IntList", x, "rows"),
            "missing" => Operators.Call("aten::transpose", "int", x, 0),
            _ => Operators.Call("aten::neg", "", x, 1, 2),
        });
        failure.Problem.ShouldContain(kind switch { "text" => "argument 'dim' is", "missing" => "argument 'dim1' is missing", _ => "3 arguments were given" });
    }

    [Fact]
    public void Schema_OfAnOperator_IsLibtorchsOwn() => Operators.Schema("aten::add", "Tensor").ShouldStartWith("aten::add.Tensor(Tensor self, Tensor other");

    [Fact]
    public void Call_SmallAdd_CostsMicroseconds()
    {
        using var a = Tensor.Ones([4]);
        using var b = Tensor.Ones([4]);
        for (var i = 0; i < 20_000; i++) (a + b).Dispose();
        var best = double.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < 20_000; i++) (a + b).Dispose();
            best = Math.Min(best, watch.Elapsed.TotalMicroseconds / 20_000);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{best:F2} microseconds per add");
        best.ShouldBeLessThan(20);
    }
}
