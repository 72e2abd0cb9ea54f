using System.Diagnostics;

namespace Dragoman.Cli.Tests.Commands;

/// <summary>Runs a shell script that may mount file systems: in a name space of its own, so that nothing of it is left. Needs Linux with user name spaces or root; the test skips without.</summary>
internal static class SmallDisk
{
    /// <summary>Runs a script; in it <c>dragoman</c> is the program, and <c>run</c> prints a command's first lines and <c>exit N</c>.</summary>
    internal static async Task<string> RunAsync(string folder, string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "tmpfs and name spaces are there on Linux");
        const string Prelude = """
            dragoman() { dotnet "$PROGRAM" "$@"; }
            run() { dragoman "$@" > "$HOME/.out" 2>&1; code=$?; head -n 3 "$HOME/.out"; echo "exit $code"; }
            fill() { dd if=/dev/zero of=disk/filler bs=4096 2> /dev/null; if [ "$1" -gt 0 ]; then truncate -s -$((4096 * $1)) disk/filler; fi; }
            """;
        var start = new ProcessStartInfo("unshare", ["--user", "--map-root-user", "--mount", "sh", "-c", $"{Prelude}\n{script}"])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["PROGRAM"] = Path.Combine(AppContext.BaseDirectory, "dragoman.dll"), ["HOME"] = folder, ["DRAGOMAN_HOME"] = folder },
        };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("unshare (util-linux) is not installed");
        }
        using (process)
        {
            var errors = process!.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.SkipWhen((await errors).Contains("unshare", StringComparison.Ordinal) || process.ExitCode == 77, $"this user may not mount: {await errors}");
            process.ExitCode.ShouldBe(0, await errors + output);
            return output;
        }
    }
}
