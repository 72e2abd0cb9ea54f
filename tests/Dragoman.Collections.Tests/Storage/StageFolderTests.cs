using System.Diagnostics;
using System.Globalization;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Tests.Storage;

public sealed class StageFolderTests
{
    [Fact]
    public void Begin_FolderOfAProcessThatWasKilled_IsRemovedAndThatOfALivingOneStays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "starts sleep");
        using var folder = new TemporaryFolder();
        using var other = Process.Start("sleep", "600");
        var working = "out." + other.Id.ToString(CultureInfo.InvariantCulture) + ".tmp";
        folder.With(working + "/data", "half").With("out.new.tmp/data", "no number").With("outer.0.tmp/data", "another output's").With("out.tmp/data", "no process");
        using (StageFolder.Begin(folder["out"])) Directory.Exists(folder[working]).ShouldBeTrue();
        other.Kill();
        other.WaitForExit();
        other.Close();

        using (StageFolder.Begin(folder["out"])) Directory.Exists(folder[working]).ShouldBeFalse();

        Directory.EnumerateDirectories(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["out.new.tmp", "out.tmp", "outer.0.tmp"]);
    }
}
