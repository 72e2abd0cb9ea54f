namespace Dragoman.Tensors.Tests;

public sealed class TorchTests : RequiresTorch
{
    [Fact]
    public void ManualSeed_SameSeed_SameNumbers()
    {
        using var scope = TensorScope.Begin();
        Torch.ManualSeed(11);
        var first = Tensor.Randn([50]);
        Torch.ManualSeed(11);
        Tensor.Randn([50]).IsEqualTo(first).ShouldBeTrue();
        Torch.ManualSeed(12);
        Tensor.Randn([50]).IsEqualTo(first).ShouldBeFalse();
    }

    [Fact]
    public void GeneratorState_PutBack_RepeatsTheNumbers()
    {
        using var scope = TensorScope.Begin();
        Torch.ManualSeed(5);
        Tensor.Rand([7]);
        var state = Torch.GeneratorState(Device.Cpu);
        var first = Tensor.Ones([100]).Dropout(0.5, training: true);
        Torch.SetGeneratorState(Device.Cpu, state);
        Tensor.Ones([100]).Dropout(0.5, training: true).IsEqualTo(first).ShouldBeTrue();
    }

    [Fact]
    public void Threads_Set_IsReadBack()
    {
        var before = Torch.Threads;
        Torch.Threads = 1;
        Torch.Threads.ShouldBe(1);
        Torch.Threads = before;
        Should.Throw<ArgumentOutOfRangeException>(() => Torch.Threads = 0);
    }

    [Fact]
    public void Autocast_OnCpu_ShortensProductsOnlyInside()
    {
        using var scope = TensorScope.Begin();
        Torch.ManualSeed(1);
        var a = Tensor.Randn([8, 8]);
        var exact = a.MatMul(a);
        using (Autocast.Begin())
        {
            var product = a.MatMul(a);
            product.Type.ShouldBe(DType.BFloat16);
            product.To(DType.Float32).IsCloseTo(exact, 0.05, 0.1).ShouldBeTrue();
            (a + product).Type.ShouldBe(DType.Float32);
            using (Autocast.Begin(enabled: false)) a.MatMul(a).Type.ShouldBe(DType.Float32);
            a.MatMul(a).Type.ShouldBe(DType.BFloat16);
        }
        a.MatMul(a).IsEqualTo(exact).ShouldBeTrue();
    }

    [Fact]
    public void Version_IsANumber() => Version.TryParse(Torch.Version.Split('+')[0], out _).ShouldBeTrue(Torch.Version);

    [Fact]
    public void Send_ToTheCpu_IsTheSame()
    {
        using var scope = TensorScope.Begin();
        Tensor.From([1f, 2, 3]).Send(Device.Cpu).ToArray<float>().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Send_ToACudaDevice_ArrivesWhole()
    {
        Assert.SkipUnless(Torch.CudaAvailable, "there is no CUDA device");
        using var scope = TensorScope.Begin();
        var sent = Tensor.From(Enumerable.Range(0, 1000).Select(number => (long)number).ToArray()).Send(Device.Cuda());
        sent.Device.ShouldBe(Device.Cuda());
        sent.ToArray<long>().ShouldBe(Enumerable.Range(0, 1000).Select(number => (long)number));
    }

    [Fact]
    public void To_CudaDevice_ComputesTheSame()
    {
        Assert.SkipUnless(Torch.CudaAvailable, "there is no CUDA device");
        using var scope = TensorScope.Begin();
        Torch.ManualSeed(2);
        var a = Tensor.Randn([16, 16]);
        a.To(Device.Cuda()).MatMul(a.To(Device.Cuda())).To(Device.Cpu).IsCloseTo(a.MatMul(a), 1e-3, 1e-3).ShouldBeTrue();
    }
}
