namespace Dragoman.Cli.Tests.Commands.Data;

public sealed class DataGetInterruptTests
{
    [Fact]
    public async Task Get_CtrlC_KeepsThePartAndTheNextRunGoesOn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends SIGINT");
        await using var bench = new PublisherBench(async (asked, answer) =>
        {
            var file = PublisherBench.FileOf(asked.Target);
            if (asked.From is not null || asked.Target != "/docs.tsv") await answer.FileAsync(asked, file, "\"v1\"");
            else
            {
                await answer.HeadAsync(200, $"Content-Length: {file.Length}", "ETag: \"v1\"");
                await answer.SendAsync(file.AsMemory(0, 4));
                await answer.SayNothingAsync();
            }
        });

        var errors = await InterruptedAsync(bench);

        errors.ShouldEndWith("Stopped; what has come of mine/set is kept, and the same command goes on from there.\n");
        (await bench.RunAsync("info", "mine/set")).Output.ShouldContain("here       the first 4 bytes, from a download that was stopped");
        var outcome = await bench.RunAsync("get", "mine/set");
        outcome.Errors.ShouldContain("docs.tsv, going on after 4 bytes.");
        bench.Server.Requests[1].From.ShouldBe(4);
        File.ReadAllText(bench.Cached("docs.tsv")).ShouldBe(PublisherBench.Documents);
    }

    private static async Task<string> InterruptedAsync(PublisherBench bench)
    {
        using var folder = new PartWatch(bench.Cached("docs.tsv.part"), length: 4);
        using var process = StoppableProcess.Start(["data", "get", "mine/set", "--catalogue", bench.Catalogue()], start =>
        {
            (start.RedirectStandardError, start.RedirectStandardOutput) = (true, true);
            foreach (var (name, value) in bench.Surroundings().Environment) start.Environment[name] = value;
        });
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await StoppableProcess.ReachedAsync(folder.Reached, process);
        await StoppableProcess.SendAsync(process, "-INT");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(1);
        return await errors;
    }

    /// <summary>Tells when a file has reached a length.</summary>
    private sealed class PartWatch : IDisposable
    {
        private readonly TaskCompletionSource _reached = new();
        private readonly FileSystemWatcher _watcher;

        internal PartWatch(string path, long length)
        {
            _watcher = new FileSystemWatcher(Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName, Path.GetFileName(path));
            _watcher.Changed += (_, _) => { if (new FileInfo(path) is { Exists: true } file && file.Length >= length) _reached.TrySetResult(); };
            _watcher.EnableRaisingEvents = true;
        }

        internal Task Reached => _reached.Task;

        public void Dispose() => _watcher.Dispose();
    }
}
