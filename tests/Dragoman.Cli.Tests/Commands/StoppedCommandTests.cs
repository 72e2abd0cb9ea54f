using System.Diagnostics;

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
        using var process = StoppableProcess.Start(["prepare", "collection", "--documents", "documents", "--output", "c"], start => (start.WorkingDirectory, start.RedirectStandardError) = (_folder.Path, true));
        var errors = process.StandardError.ReadToEndAsync(token);
        await StoppableProcess.ReachedAsync(begun.Task, process); // it now waits for documents

        await StoppableProcess.SendAsync(process, signal);
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
