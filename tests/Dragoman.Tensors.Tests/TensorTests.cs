using Dragoman.Tensors.Errors;

namespace Dragoman.Tensors.Tests;

public sealed class TensorTests : RequiresTorch
{
    [Fact]
    public void From_Array_KeepsElementsShapeAndType()
    {
        using var tensor = Tensor.From([1f, 2f, 3f, 4f, 5f, 6f], 2, 3);
        tensor.Shape.ShouldBe([2L, 3L]);
        tensor.Strides.ShouldBe([3L, 1L]);
        tensor.Type.ShouldBe(DType.Float32);
        tensor.Device.ShouldBe(Device.Cpu);
        tensor.Transpose(0, 1).ToArray<float>().ShouldBe([1f, 4f, 2f, 5f, 3f, 6f]);
    }

    [Fact]
    public void From_ShapeThatDoesNotHold_IsRefused() =>
        Should.Throw<ArgumentException>(() => Tensor.From([1f, 2f, 3f], 2, 2)).Message.ShouldContain("[2, 2] holds 4 elements; 3 were given");

    [Fact]
    public void Over_Array_SharesMemoryBothWays()
    {
        var array = new float[] { 1, 2, 3, 4 };
        using var tensor = Tensor.Over(array, 2, 2);
        array[0] = 10;
        tensor.Sum().Item().ShouldBe(19);
        tensor.MulInPlace(2);
        array.ShouldBe([20f, 4f, 6f, 8f]);
    }

    [Fact]
    public void Operators_MixedWithNumbers_ReadLikePyTorch()
    {
        using var scope = TensorScope.Begin();
        var a = Tensor.From([1.0, 2.0, 3.0]);
        (a + 1.5).ToArray<double>().ShouldBe([2.5, 3.5, 4.5]);
        (10 - a).ToArray<double>().ShouldBe([9, 8, 7]);
        (6.0 / a).ToArray<double>().ShouldBe([6, 3, 2]);
        (-a * a).ToArray<double>().ShouldBe([-1, -4, -9]);
        var ids = Tensor.From([1L, 2L]);
        (ids + 1).Type.ShouldBe(DType.Int64);
        (ids * 0.5).Type.ShouldBe(DType.Float32);
    }

    [Fact]
    public void MatMul_ShapesThatDoNotFit_NamesOperatorShapesAndReason()
    {
        using var scope = TensorScope.Begin();
        var left = Tensor.Ones([2, 3]);
        var right = Tensor.Ones([4, 5]);
        var failure = Should.Throw<TensorOperatorException>(() => left.MatMul(right));
        failure.OperatorName.ShouldBe("aten::matmul");
        failure.Arguments.ShouldBe(["float32[2, 3]", "float32[4, 5]"]);
        failure.Problem.ShouldContain("2x3 and 4x5");
    }

    [Fact]
    public void Shape3_TwoDimensions_SaysExpectedAndActual()
    {
        using var tensor = Tensor.Ones([2, 3]);
        var failure = Should.Throw<ShapeException>(() => tensor.Shape3("B T H"));
        failure.Expected.ShouldBe("B T H");
        failure.Actual.ShouldBe([2L, 3L]);
        failure.Message.ShouldBe("The tensor has shape [2, 3]; expected [B T H].");
    }

    [Fact]
    public void TopK_Sort_Max_AgreeOnTheLargest()
    {
        using var scope = TensorScope.Begin();
        var x = Tensor.From([3f, 9f, 1f, 7f]);
        x.TopK(2).Indices.ToArray<long>().ShouldBe([1L, 3L]);
        x.Sort(0, descending: true).Values.ToArray<float>().ShouldBe([9f, 7f, 3f, 1f]);
        x.Max(0).Indices.Item().ShouldBe(1);
        x.Max().Item().ShouldBe(9);
    }

    [Fact]
    public void Dispose_Twice_DoesNothingAndUseAfterwardsIsRefused()
    {
        var tensor = Tensor.Ones([2]);
        var view = tensor.View(1, 2);
        tensor.Dispose();
        tensor.Dispose();
        tensor.IsDisposed.ShouldBeTrue();
        Should.Throw<ObjectDisposedException>(() => tensor + 1.0);
        view.Sum().Item().ShouldBe(2);
        view.Dispose();
    }
}
