using Dragoman.Tensors.Errors;
using Dragoman.Tensors.Modules;
using Dragoman.Tensors.Weights;

namespace Dragoman.Tensors.Tests.Modules;

public sealed class ModuleWeightsTests : RequiresTorch, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_AfterSave_IsExact()
    {
        using var first = new Affine(3, 2);
        using var second = new Affine(3, 2);
        ModuleWeights.Save(first, _folder["a.safetensors"]);
        using var source = WeightFile.Open(_folder["a.safetensors"]);
        ModuleWeights.Load(second, source).ShouldBeEmpty();
        second.Weight.Value.IsEqualTo(first.Weight).ShouldBeTrue();
    }

    [Theory]
    [InlineData("missing", "bias", "the file lacks it")]
    [InlineData("unknown", "more", "the model has no such tensor")]
    [InlineData("shape", "weight", "it has shape [2, 4]; the model needs [2, 3]")]
    public void Load_FileThatDoesNotFit_NamesTheKey(string kind, string key, string problem)
    {
        var path = _folder["b.safetensors"];
        var entries = new List<WeightEntry> { WeightEntry.From("weight", new float[kind == "shape" ? 8 : 6], 2, kind == "shape" ? 4 : 3) };
        if (kind != "missing") entries.Add(WeightEntry.From("bias", new float[2], 2));
        if (kind == "unknown") entries.Add(WeightEntry.From("more", new float[2], 2));
        SafetensorsWriter.Write(path, entries);
        using var module = new Affine(3, 2);
        using var source = WeightFile.Open(path);
        var failure = Should.Throw<CheckpointException>(() => ModuleWeights.Load(module, source));
        failure.Key.ShouldBe(key);
        failure.Message.ShouldContain(problem);
    }

    [Fact]
    public void Load_WithOptions_RenamesIgnoresAndKeeps()
    {
        var path = _folder["c.safetensors"];
        SafetensorsWriter.Write(path, [WeightEntry.From("x.weight", new[] { 1.0, 2, 3, 4, 5, 6 }, 2, 3), WeightEntry.From("other", new float[1], 1)]);
        using var module = new Affine(3, 2);
        using var source = WeightFile.Open(path);
        var kept = ModuleWeights.Load(module, source, new LoadOptions { KeyOf = key => key == "other" ? null : key[2..], MayBeMissing = name => name == "bias" });
        kept.ShouldBe(["bias"]);
        module.Weight.Value.ToArray<float>().ShouldBe([1f, 2f, 3f, 4f, 5f, 6f]);
    }

    [Fact]
    public void To_DeviceThatIsNotThere_IsATypedFailureAndTheSameOneChangesNothing()
    {
        using var module = new Affine(3, 2);
        var value = module.Weight.Value;
        module.To(Device.Cpu);
        module.Weight.Value.ShouldBeSameAs(value);
        Assert.SkipWhen(Torch.CudaAvailable, "there is a CUDA device");
        Should.Throw<TensorOperatorException>(() => module.To(Device.Cuda()));
        module.Weight.Value.IsDisposed.ShouldBeFalse();
    }

    [Fact]
    public void To_Cuda_MovesParametersWhichStayLeaves()
    {
        Assert.SkipUnless(Torch.CudaAvailable, "there is no CUDA device");
        using var module = new Affine(3, 2);
        module.To(Device.Cuda());
        module.Weight.Value.Device.Kind.ShouldBe(DeviceKind.Cuda);
        module.Weight.Value.IsLeaf.ShouldBeTrue();
        module.Weight.Value.RequiresGrad.ShouldBeTrue();
    }

    [Fact]
    public void Register_NameTwice_IsRefused() => Should.Throw<ArgumentException>(() => new Twice()).Message.ShouldContain("registered twice");

    private sealed class Affine : Module
    {
        internal Affine(long inputs, long outputs)
        {
            Weight = Register("weight", Tensor.Randn([outputs, inputs]));
            Register("bias", Tensor.Zeros([outputs]));
        }

        internal Parameter Weight { get; }
    }

    private sealed class Twice : Module
    {
        internal Twice()
        {
            Register("weight", Tensor.Zeros([1]));
            Register("weight", Tensor.Zeros([1]));
        }
    }
}
