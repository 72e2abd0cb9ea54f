using Dragoman.Collections.Errors;
using Dragoman.Tensors;

namespace Dragoman.Models.Tests;

public sealed class DeviceChoiceTests
{
    [Theory]
    [InlineData("auto", 0, "cpu")]
    [InlineData("auto", 2, "cuda:1")]
    [InlineData("cpu", 2, "cpu")]
    [InlineData("cuda", 2, "cuda:1")]
    [InlineData("cuda:0", 2, "cuda:0")]
    public void Resolve_ByWhatIsThere_GivesTheDevice(string text, int devices, string expected) =>
        DeviceChoice.TryParse(text)!.Resolve(localRank: 1, devices).ToString().ShouldBe(expected);

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:x")]
    [InlineData("CPU")]
    public void TryParse_AnotherWord_GivesNothing(string text) => DeviceChoice.TryParse(text).ShouldBeNull();

    [Theory]
    [InlineData("auto")]
    [InlineData("cpu")]
    [InlineData("cuda")]
    [InlineData("cuda:3")]
    public void ToString_IsWhatWasRead(string text) => DeviceChoice.TryParse(text)!.ToString().ShouldBe(text);

    [Fact]
    public void Resolve_CudaWithoutADevice_SaysWhatToDo()
    {
        RequiresTorch.OrSkip();
        Should.Throw<DragomanException>(() => DeviceChoice.TryParse("cuda")!.Resolve(0, devices: 0)).Message.ShouldStartWith($"Device cuda was asked for, but libtorch {Torch.Version} finds no CUDA device here; use cpu or auto");
    }

    [Theory]
    [InlineData("cuda:2", 0, "Device cuda:2 was asked for, but there are only 2 CUDA devices here, counted from 0.")]
    [InlineData("auto", 2, "Worker 2 of this machine wants CUDA device 2, but there are only 2; start as many workers as there are devices.")]
    public void Resolve_NoSuchDevice_SaysHowManyThereAre(string text, int localRank, string expected) =>
        Should.Throw<DragomanException>(() => DeviceChoice.TryParse(text)!.Resolve(localRank, devices: 2)).Message.ShouldBe(expected);
}
