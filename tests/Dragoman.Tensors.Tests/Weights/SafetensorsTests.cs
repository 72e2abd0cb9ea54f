using System.Runtime.InteropServices;
using System.Text;
using Dragoman.Tensors.Errors;
using Dragoman.Tensors.Weights;

namespace Dragoman.Tensors.Tests.Weights;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => _folder["model.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_ThenRead_GivesEveryTypeBack()
    {
        SafetensorsWriter.Write(Target,
        [
            WeightEntry.From("table", new sbyte[] { -128, 0, 127, 1 }, 2, 2),
            WeightEntry.From("scale", new[] { 0.5f, float.NaN }, 2),
            WeightEntry.From("ids", new[] { long.MinValue, 3L }, 2, 1),
            WeightEntry.From("empty", Array.Empty<float>(), 0, 4),
            WeightEntry.From("number", new[] { 2.5 }),
            WeightEntry.From("half", new[] { (Half)1.5f }, 1),
        ], new Dictionary<string, string> { ["format"] = "pt", ["note"] = "кедей \"қ\"" });
        using var file = new SafetensorsFile(Target);
        file.Metadata["note"].ShouldBe("кедей \"қ\"");
        file.Names.Count.ShouldBe(6);
        file.Info("table").ShouldBe(file.Info("table") with { Type = DType.Int8, Name = "table" });
        file.Info("table").Shape.ShouldBe([2L, 2L]);
        MemoryMarshal.Cast<byte, sbyte>(file.Bytes("table")).ToArray().ShouldBe([-128, 0, 127, 1]);
        MemoryMarshal.Cast<byte, float>(file.Bytes("scale")).ToArray().ShouldBe([0.5f, float.NaN]);
        MemoryMarshal.Cast<byte, long>(file.Bytes("ids")).ToArray().ShouldBe([long.MinValue, 3]);
        file.Bytes("empty").Length.ShouldBe(0);
        file.Info("number").Shape.ShouldBeEmpty();
        BitConverter.ToDouble(file.Bytes("number")).ShouldBe(2.5);
        MemoryMarshal.Cast<byte, Half>(file.Bytes("half"))[0].ShouldBe((Half)1.5f);
        Directory.GetFiles(_folder.Path).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "b", "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "a", "gap of 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "a", "takes 12 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,12]}}""", "a", "impossible")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,12]}}""", "a", "impossible")]
    [InlineData("""{"a":{"dtype":"C64","shape":[1],"data_offsets":[0,12]}}""", "a", "'C64' is not supported")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3]}}""", "a", "data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "", "truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "", "describes")]
    [InlineData("""["a"]""", "", "not the JSON object")]
    [InlineData("""{"a":""", "", "not the JSON object")]
    public void Open_BadHeader_SaysWhichTensorAndWhy(string header, string key, string problem)
    {
        File.WriteAllBytes(Target, [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[12]]);
        var failure = Should.Throw<CheckpointException>(() => new SafetensorsFile(Target));
        failure.Key.ShouldBe(key);
        failure.Message.ShouldContain(problem);
        failure.Message.ShouldContain(Target);
    }

    [Fact]
    public void Open_TruncatedAnywhere_IsATypedFailure()
    {
        SafetensorsWriter.Write(Target, [WeightEntry.From("a", new[] { 1f, 2f }, 2), WeightEntry.From("b", new[] { 3L }, 1)]);
        var whole = File.ReadAllBytes(Target);
        var cut = _folder["cut.safetensors"];
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(cut, whole[..length]);
            Should.Throw<CheckpointException>(() => new SafetensorsFile(cut).Dispose(), $"cut to {length} bytes");
        }
    }

    [Fact]
    public void Write_TwoTensorsOfOneName_LeavesNothing()
    {
        Should.Throw<ArgumentException>(() => SafetensorsWriter.Write(Target, [WeightEntry.From("a", new[] { 1f }, 1), WeightEntry.From("a", new[] { 1f }, 1)]));
        Should.Throw<ArgumentException>(() => SafetensorsWriter.Write(Target, [WeightEntry.From("a", new[] { 1f }, 2)])).Message.ShouldContain("wrote 4 bytes");
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Bytes_AfterDispose_IsRefused()
    {
        SafetensorsWriter.Write(Target, [WeightEntry.From("a", new[] { 1f }, 1)]);
        var file = new SafetensorsFile(Target);
        file.Dispose();
        file.Dispose();
        Should.Throw<ObjectDisposedException>(() => file.Bytes("a"));
    }

    [Fact]
    public void OpenFolder_WithoutWeights_SaysWhatIsExpected()
    {
        Should.Throw<CheckpointException>(() => WeightFile.OpenFolder(_folder.Path)).Message.ShouldContain("model.safetensors or pytorch_model.bin");
        Should.Throw<CheckpointException>(() => WeightFile.OpenFolder(_folder["nowhere"])).Message.ShouldContain("does not exist");
    }
}
