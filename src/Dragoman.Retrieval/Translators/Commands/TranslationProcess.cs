using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dragoman.Retrieval.Pipelines;

namespace Dragoman.Retrieval.Translators.Commands;

/// <summary>One run of a program that translates lines.</summary>
/// <param name="program">The program.</param>
/// <param name="arguments">Its arguments, each as it is.</param>
/// <param name="timeout">How long it may take.</param>
internal sealed class TranslationProcess(string program, IReadOnlyList<string> arguments, TimeSpan timeout)
{
    private const int MostComplaint = 300;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true), Lenient = new(false);

    private string Called => string.Join(' ', [program, .. arguments]);

    /// <summary>Gives the program lines and takes as many.</summary>
    /// <exception cref="TranslationException">It cannot be started, fails, takes too long, or gives other than one line for each.</exception>
    internal async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        using var process = Start();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var complaint = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            var input = GiveAsync(process, lines, limit.Token);
            var output = await TakeAsync(process, limit.Token).ConfigureAwait(false);
            await input.ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            if (process.ExitCode == 0 && output.Count == lines.Count) return output;
            var said = Said(await complaint.ConfigureAwait(false));
            throw Failure(process.ExitCode != 0
                ? string.Create(CultureInfo.InvariantCulture, $"ended with exit code {process.ExitCode}{said}")
                : string.Create(CultureInfo.InvariantCulture, $"gave {output.Count:N0} lines for {lines.Count:N0} texts{said}; it must give one line for each line it reads, in their order"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure(string.Create(CultureInfo.InvariantCulture, $"did not end within {timeout.TotalSeconds:0.#} seconds and was stopped; give it more time with --translate-timeout, or fewer texts at once"));
        }
        catch (DecoderFallbackException broken)
        {
            throw Failure("gave bytes that are not UTF-8; set its encoding to UTF-8", broken);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            StandardInputEncoding = Lenient, StandardOutputEncoding = Strict, StandardErrorEncoding = Lenient,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException)
        {
            throw new TranslationException($"The program {program}", $"cannot be started ({Reason(failure)}); install it, or name it with its path.", failure);
        }
    }

    private static string Reason(Exception failure) => failure is Win32Exception { NativeErrorCode: 2 } ? "it was not found" : failure is Win32Exception { NativeErrorCode: 13 } ? "it may not be executed" : failure.Message.TrimEnd('.');

    private static async Task GiveAsync(Process process, IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var line in lines) await process.StandardInput.WriteAsync($"{line}\n".AsMemory(), cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program has ended or reads no more; what it gave and its exit code say what that means.
        }
    }

    // Lines end in LF alone, with or without CR before it; other characters that count as line ends in .NET are text here.
    private static async Task<List<string>> TakeAsync(Process process, CancellationToken cancellationToken)
    {
        var whole = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        var lines = whole.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        if (lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    private static string Said(string complaint)
    {
        var line = Snippet.OneLine(complaint);
        return line.Length == 0 ? "" : $", saying \"{(line.Length <= MostComplaint ? line : line[..MostComplaint] + "…")}\"";
    }

    private TranslationException Failure(string problem, Exception? inner = null) => new($"The command {Called}", problem + ".", inner);
}
