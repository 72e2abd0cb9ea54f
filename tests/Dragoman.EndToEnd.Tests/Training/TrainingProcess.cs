using System.Diagnostics;
using System.Text;

namespace Dragoman.EndToEnd.Tests.Training;

/// <summary>A <c>dragoman train</c> in a process of its own that can be killed at a step.</summary>
internal sealed class TrainingProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly Task _reading;
    private readonly string _log;
    private readonly long _logBefore;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TrainingProcess(Process process, string log)
    {
        (_process, _log) = (process, log);
        _logBefore = File.Exists(log) ? new FileInfo(log).Length : 0;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        _reading = Task.WhenAll(output, ReadAsync(process.StandardError));
    }

    /// <summary>What it has written to standard error so far.</summary>
    internal string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    internal bool HasEnded => _process.HasExited;

    /// <summary>Starts one in a folder.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="output">The model folder's name.</param>
    /// <param name="variables">Variables beside those of the tests: NAME=VALUE, separated by blanks.</param>
    /// <param name="arguments">The rest of the command line.</param>
    internal static TrainingProcess Start(TemporaryFolder folder, string output, string variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "dragoman.dll"), "train", "run.yaml", "--output", output, .. arguments])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var setting in variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)) start.Environment[setting.Split('=')[0]] = setting.Split('=')[1];
        var log = folder[output + ".log.jsonl"];
        return new TrainingProcess(Process.Start(start)!, log);
    }

    /// <summary>Waits until it has taken so many steps since it was started, or has ended. It looks at the log every few milliseconds, as a kill must fall between steps and nothing else tells of them.</summary>
    internal async Task StepsAsync(int steps)
    {
        while (!HasEnded && Steps() < steps) await Task.Delay(3, TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until it has said something, or has ended.</summary>
    internal async Task SaysAsync(string text)
    {
        while (!_reading.IsCompleted)
        {
            Task more;
            lock (_said)
            {
                if (_said.ToString().Contains(text, StringComparison.Ordinal)) return;
                more = _more.Task;
            }
            await Task.WhenAny(more, _reading).WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>SIGKILL.</summary>
    internal void Kill() => _process.Kill();

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    internal async Task<int> EndAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        await _process.WaitForExitAsync(patience.Token);
        await _reading;
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!HasEnded) Kill();
        _process.Dispose();
    }

    private int Steps()
    {
        if (!File.Exists(_log)) return 0;
        using var stream = new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(_logBefore, SeekOrigin.Begin);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n').Count(line => line.Contains("\"event\":\"step\"", StringComparison.Ordinal));
    }

    private async Task ReadAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            TaskCompletionSource heard;
            lock (_said)
            {
                _said.Append(line).Append('\n');
                (heard, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }
            heard.SetResult();
        }
    }
}
