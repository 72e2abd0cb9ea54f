using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Dragoman.Tensors.Errors;
using Dragoman.Tensors.Weights;

namespace Dragoman.Tensors.Tests.Weights;

public sealed class TorchCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("zip.bin")]
    [InlineData("legacy.bin")]
    public void Open_EitherFormat_GivesEveryTensor(string file)
    {
        using var weights = WeightFile.Open(Path.Combine(TestPaths.Fixture("torch-checkpoints"), file));
        weights.Names.ShouldBe(["matrix", "transposed", "window", "parameter", "ids", "half", "brain", "small", "mask", "number"]);
        weights.Info("transposed").Shape.ShouldBe([4L, 3L]);
        Floats(weights, "matrix").ShouldBe([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        Floats(weights, "transposed").ShouldBe([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
        Floats(weights, "window").ShouldBe([5, 6, 9, 10]);
        Floats(weights, "parameter").ShouldBe([1.5f, -2.5f]);
        MemoryMarshal.Cast<byte, long>(weights.Bytes("ids")).ToArray().ShouldBe([7, -1, 1L << 40]);
        MemoryMarshal.Cast<byte, Half>(weights.Bytes("half")).ToArray().ShouldBe([(Half)0.5f, (Half)65504f]);
        weights.Info("brain").Type.ShouldBe(DType.BFloat16);
        weights.Bytes("brain").ToArray().ShouldBe([0x80, 0x3f, 0x40, 0xc0]);
        weights.Bytes("small").ToArray().ShouldBe([0x80, 0x7f]);
        weights.Bytes("mask").ToArray().ShouldBe([1, 0, 1]);
        weights.Info("number").Shape.ShouldBeEmpty();
        BitConverter.ToDouble(weights.Bytes("number")).ShouldBe(4.25);
    }

    [Fact]
    public void Open_NestedStateDictionary_FindsItsTensors()
    {
        using var weights = WeightFile.Open(Path.Combine(TestPaths.Fixture("torch-checkpoints"), "nested.bin"));
        weights.Names.ShouldBe(["matrix"]);
    }

    [Theory]
    [InlineData("bert-tiny")]
    [InlineData("xlmr-tiny")]
    public void Open_BothFormatsOfOneModel_HoldTheSameBytes(string fixture)
    {
        using var binary = WeightFile.Open(Path.Combine(TestPaths.Fixture(fixture), "pytorch_model.bin"));
        using var safetensors = WeightFile.Open(Path.Combine(TestPaths.Fixture(fixture), "model.safetensors"));
        safetensors.Names.Count.ShouldBeGreaterThan(40);
        foreach (var name in safetensors.Names) binary.Bytes(name).SequenceEqual(safetensors.Bytes(name)).ShouldBeTrue(name);
    }

    [Theory]
    [InlineData("cposix\nsystem\nX\u0004\0\0\0true\u0085R.", "posix.system")]
    [InlineData("cbuiltins\neval\nX\u0001\0\0\01\u0085R.", "builtins.eval")]
    [InlineData("X\u0002\0\0\0osX\u0006\0\0\0system\u0093.", "os.system")]
    [InlineData("ctorch.hub\nload\n)R.", "torch.hub.load")]
    public void Open_PickleThatCallsAFunction_IsRefusedByName(string pickle, string name)
    {
        var path = ZipWith(Encoding.Latin1.GetBytes("\u0080\u0002" + pickle));
        Should.Throw<CheckpointException>(() => WeightFile.Open(path)).Message.ShouldContain($"'{name}'");
    }

    [Theory]
    [InlineData("i", "instruction 0x69")]
    [InlineData("}X\u00ff\0\0\0ab", "ends too early")]
    [InlineData("R.", "malformed")]
    [InlineData("t", "malformed")]
    [InlineData("}.", "holds no tensors")]
    [InlineData("K\u0001.", "does not hold a dictionary")]
    public void Open_MalformedPickle_SaysWhat(string pickle, string problem)
    {
        var path = ZipWith(Encoding.Latin1.GetBytes("\u0080\u0002" + pickle));
        Should.Throw<CheckpointException>(() => WeightFile.Open(path)).Message.ShouldContain(problem);
    }

    [Theory]
    [InlineData("zip.bin")]
    [InlineData("legacy.bin")]
    public void Open_TruncatedAnywhere_IsATypedFailure(string file)
    {
        var whole = File.ReadAllBytes(Path.Combine(TestPaths.Fixture("torch-checkpoints"), file));
        var path = _folder[file];
        for (var length = 0; length < whole.Length; length += 37)
        {
            File.WriteAllBytes(path, whole[..length]);
            Should.Throw<CheckpointException>(() => WeightFile.Open(path).Dispose(), $"cut to {length} bytes");
        }
    }

    [Fact]
    public void Bytes_UnknownName_NamesTheKey()
    {
        using var weights = WeightFile.Open(Path.Combine(TestPaths.Fixture("torch-checkpoints"), "zip.bin"));
        Should.Throw<CheckpointException>(() => weights.Bytes("no.such.key")).Key.ShouldBe("no.such.key");
    }

    private static float[] Floats(IWeightSource weights, string name) => MemoryMarshal.Cast<byte, float>(weights.Bytes(name)).ToArray();

    private string ZipWith(byte[] pickle)
    {
        var path = _folder["malicious.bin"];
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using var stream = zip.CreateEntry("archive/data.pkl", CompressionLevel.NoCompression).Open();
        stream.Write(pickle);
        return path;
    }
}
