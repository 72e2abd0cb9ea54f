using System.Diagnostics;
using System.Text;

namespace Dragoman.Testing;

/// <summary>Runs the program that was built beside the tests in a process of its own, as a user does.</summary>
internal static class DragomanProcess
{
    private static readonly UTF8Encoding Utf8 = new(false);

    /// <summary>How a run ended and what it wrote.</summary>
    internal sealed record Outcome(int ExitCode, string Output, string Errors);

    /// <summary>What a run finds around it.</summary>
    internal sealed record Surroundings
    {
        /// <summary>The current folder of the program; that of the tests when null.</summary>
        internal string? Folder { get; init; }

        /// <summary>What it reads from standard input.</summary>
        internal string Input { get; init; } = "";

        /// <summary>Variables beside those of the tests.</summary>
        internal Dictionary<string, string?> Environment { get; } = [];
    }

    internal static Task<Outcome> RunAsync(params string[] arguments) => RunAsync(new Surroundings(), arguments);

    internal static async Task<Outcome> RunAsync(Surroundings surroundings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "dragoman.dll"), .. arguments])
        {
            WorkingDirectory = surroundings.Folder ?? "",
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardInputEncoding = Utf8, StandardOutputEncoding = Utf8, StandardErrorEncoding = Utf8,
        };
        foreach (var (name, value) in surroundings.Environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.StandardInput.WriteAsync(surroundings.Input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A program that refuses its options does not read its input.
        }
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Outcome(process.ExitCode, await output, await errors);
    }
}
