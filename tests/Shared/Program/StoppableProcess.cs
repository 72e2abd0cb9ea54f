using System.Diagnostics;
using System.Globalization;

namespace Dragoman.Testing;

/// <summary>Starts the program so that Ctrl+C reaches it, and sends it.</summary>
internal static class StoppableProcess
{
    private const int Interrupt = 2;

    /// <summary>Starts the program that was built beside the tests.</summary>
    /// <param name="arguments">Its command line.</param>
    /// <param name="set">Sets folder, variables and redirections.</param>
    /// <remarks>
    /// A process that is started in the background by a shell ignores SIGINT, and so does everything it starts, tests and programs under test among them. GNU's env gives the signal its default action back; where it cannot,
    /// the test is skipped.
    /// </remarks>
    internal static Process Start(IEnumerable<string> arguments, Action<ProcessStartInfo> set)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a signal");
        string[] program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "dragoman.dll"), .. arguments];
        if (IsIgnored())
        {
            Assert.SkipUnless(CanRestore(), "Ctrl+C (SIGINT) is ignored by what started the tests, and env --default-signal is not there to restore it");
            program = ["env", "--default-signal=INT", .. program];
        }
        var start = new ProcessStartInfo(program[0], program[1..]);
        set(start);
        return Process.Start(start)!;
    }

    /// <summary>Sends a signal.</summary>
    /// <param name="process">Who gets it.</param>
    /// <param name="signal"><c>-INT</c>, <c>-TERM</c>.</param>
    internal static async Task SendAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits for something that a process does; fails when it ends without having done it.</summary>
    /// <param name="done">What it does.</param>
    /// <param name="process">The process.</param>
    internal static async Task ReachedAsync(Task done, Process process)
    {
        var ended = process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Task.WhenAny(done, ended);
        done.IsCompleted.ShouldBeTrue("the process ended before");
    }

    private static bool IsIgnored()
    {
        if (!File.Exists("/proc/self/status")) return false;
        var mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..].Trim();
        return (ulong.Parse(mask, NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (Interrupt - 1) & 1) == 1;
    }

    private static bool CanRestore()
    {
        using var env = Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "true"]) { RedirectStandardError = true })!;
        env.WaitForExit();
        return env.ExitCode == 0;
    }
}
