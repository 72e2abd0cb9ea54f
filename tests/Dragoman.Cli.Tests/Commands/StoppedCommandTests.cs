using System.Diagnostics;
using System.Globalization;

namespace Dragoman.Cli.Tests.Commands;

public sealed class StoppedCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public async Task Prepare_StoppedInTheMiddle_LeavesNothing(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a signal, and waits on a named pipe");
        var token = TestContext.Current.CancellationToken;
        using (var make = Process.Start("mkfifo", [_folder["documents"]])) await make.WaitForExitAsync(token);
        var begun = new TaskCompletionSource();
        using var watcher = new FileSystemWatcher(_folder.Path, "c.*.tmp") { NotifyFilter = NotifyFilters.DirectoryName };
        watcher.Created += (_, _) => begun.TrySetResult();
        watcher.EnableRaisingEvents = true;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "dragoman.dll"), "prepare", "collection", "--documents", "documents", "--output", "c"])
        {
            WorkingDirectory = _folder.Path, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(token);
        await begun.Task.WaitAsync(token); // it now waits for documents

        using (var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(token);
        await process.WaitForExitAsync(token);

        process.ExitCode.ShouldBe(1);
        (await errors).ShouldBe("Stopped; what was not finished was removed.\n");
        Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).ShouldBe(["documents"]);
    }

    [Theory]
    [InlineData("data info xquad")]
    [InlineData("identify --input lines")]
    public async Task Output_ThatCannotBeWritten_IsSaidInOneSentence(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is there on Linux");
        _folder.Write("lines", "a line of text\n");
        var start = new ProcessStartInfo("sh", ["-c", $"exec dotnet \"$0\" {command} > /dev/full", Path.Combine(AppContext.BaseDirectory, "dragoman.dll")]) { WorkingDirectory = _folder.Path, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(1);
        errors.ShouldBe("Standard output cannot be written (No space left on device); make room, or send it elsewhere.\n");
    }
}
