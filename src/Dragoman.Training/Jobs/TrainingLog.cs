using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Training.EventFiles;

namespace Dragoman.Training.Jobs;

/// <summary>
/// Tells how a training run goes: lines for people (step, loss, rate, time left), in a file one JSON object per event for programs, and beside it a folder of event files for TensorBoard.
/// Not thread-safe.
/// </summary>
public sealed class TrainingLog : IDisposable
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private const string Suffix = ".log.jsonl";
    private readonly TextWriter _console;
    private readonly string? _path;
    private readonly EventFolder? _events;
    private StreamWriter? _file;
    private readonly TimeProvider _time;
    private long _started, _firstStep, _lastConsole, _totalSteps, _stepsPerEpoch, _stepsSinceConsole;
    private int _epoch, _epochs;
    private double _lossSinceConsole;

    /// <summary>Begins a log.</summary>
    /// <param name="console">Lines for people; stderr in the command line.</param>
    /// <param name="jsonLinesPath">The file for programs, appended to so that a resumed run continues it, and made with the first event, so that a run that cannot begin leaves none; null for none.</param>
    /// <param name="time">The clock.</param>
    public TrainingLog(TextWriter console, string? jsonLinesPath, TimeProvider time)
    {
        (_console, _path, _time) = (console, jsonLinesPath, time);
        if (jsonLinesPath is not null) _events = new EventFolder(EventFolderOf(jsonLinesPath), time);
        _started = time.GetTimestamp();
    }

    /// <summary>A log of a part of the work, with its own file for programs; lines for people go where this one's go.</summary>
    /// <param name="jsonLinesPath">The file for programs.</param>
    public TrainingLog Part(string jsonLinesPath) => new(_console, jsonLinesPath, _time) { ConsoleInterval = ConsoleInterval };

    /// <summary>The folder of event files for TensorBoard beside a log: <c>model.tensorboard</c> beside <c>model.log.jsonl</c>.</summary>
    /// <param name="jsonLinesPath">The log.</param>
    public static string EventFolderOf(string jsonLinesPath)
    {
        ArgumentNullException.ThrowIfNull(jsonLinesPath);
        return (jsonLinesPath.EndsWith(Suffix, StringComparison.Ordinal) ? jsonLinesPath[..^Suffix.Length] : jsonLinesPath) + ".tensorboard";
    }

    /// <value>How often at most a step line is printed for people: 5 seconds, and ever less often in a run that lasts long, down to a twelfth.</value>
    public TimeSpan ConsoleInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time since <see cref="Begin"/>, or since the log was made.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <summary>Starts the clock that rates and time left are computed by.</summary>
    /// <param name="totalSteps">Steps of the whole run.</param>
    /// <param name="firstStep">Steps already done, when resumed.</param>
    /// <param name="stepsPerEpoch">Steps of an epoch; 0 when there are no epochs.</param>
    public void Begin(long totalSteps, long firstStep = 0, long stepsPerEpoch = 0)
    {
        (_totalSteps, _firstStep, _stepsPerEpoch, _started) = (totalSteps, firstStep, stepsPerEpoch, _time.GetTimestamp());
        (_lastConsole, _stepsSinceConsole, _lossSinceConsole, _epoch) = (0, 0, 0, 0);
        Event("begin", new JsonObject { ["step"] = firstStep, ["total_steps"] = totalSteps });
    }

    /// <summary>Tells that there are more or fewer steps than was said, as epochs differ in length.</summary>
    /// <param name="totalSteps">Steps of the whole run, as far as is known now.</param>
    /// <param name="epoch">The epoch under way, from 1.</param>
    /// <param name="epochs">All epochs.</param>
    public void Replan(long totalSteps, int epoch, int epochs)
    {
        (_totalSteps, _epoch, _epochs) = (totalSteps, epoch, epochs);
        Event("plan", new JsonObject { ["epoch"] = epoch, ["total_steps"] = totalSteps });
    }

    /// <summary>Notes a training step; call it for every step or for every k-th.</summary>
    /// <param name="step">The step just done, from 1.</param>
    /// <param name="loss">The loss, a mean since the last call if the caller likes.</param>
    /// <param name="learningRate">The learning rate of the step.</param>
    /// <param name="examplesPerSecond">Training examples per second.</param>
    /// <param name="more">Further numbers by name.</param>
    public void Step(long step, double loss, double learningRate, double examplesPerSecond, params ReadOnlySpan<(string Name, double Value)> more)
    {
        var elapsed = Elapsed;
        var fields = new JsonObject { ["step"] = step, ["loss"] = loss, ["learning_rate"] = learningRate, ["examples_per_second"] = Math.Round(examplesPerSecond, 1) };
        foreach (var (name, value) in more) fields[name] = value;
        Event("step", fields);
        (_stepsSinceConsole, _lossSinceConsole) = (_stepsSinceConsole + 1, _lossSinceConsole + loss);
        if (step < _totalSteps && step > _firstStep + 1 && _time.GetElapsedTime(_lastConsole) < Interval(elapsed)) return;
        var mean = _lossSinceConsole / _stepsSinceConsole;
        (_lastConsole, _stepsSinceConsole, _lossSinceConsole) = (_time.GetTimestamp(), 0, 0);
        var left = step > _firstStep ? elapsed / (step - _firstStep) * Math.Max(0, _totalSteps - step) : TimeSpan.Zero;
        var line = string.Create(CultureInfo.InvariantCulture,
            $"step {step}/{_totalSteps}{Place(step)}  loss {mean:0.0000}  rate {learningRate:0.00e+00}  {examplesPerSecond:0} examples/s  {Span(left)} left");
        foreach (var (name, value) in more) line += string.Create(CultureInfo.InvariantCulture, $"  {name} {value:0.0000}");
        _console.WriteLine(line);
    }

    /// <summary>Tells people something, and notes it for programs.</summary>
    /// <param name="text">One line.</param>
    public void Message(string text)
    {
        _console.WriteLine(text);
        Event("message", new JsonObject { ["text"] = text });
    }

    /// <summary>Tells people something that programs learn from an event of its own.</summary>
    /// <param name="text">One line.</param>
    public void Print(string text) => _console.WriteLine(text);

    /// <summary>Notes an event for programs only.</summary>
    /// <param name="kind">What it is: <c>epoch</c>, <c>checkpoint</c>.</param>
    /// <param name="fields">Its values; taken over by the log.</param>
    public void Event(string kind, JsonObject fields)
    {
        if (_path is null) return;
        _file ??= Open(_path);
        var entry = new JsonObject { ["event"] = kind, ["seconds"] = Math.Round(Elapsed.TotalSeconds, 3) };
        foreach (var (name, value) in fields.ToArray())
        {
            fields.Remove(name);
            entry[name] = value is JsonValue number && number.TryGetValue<double>(out var d) && !double.IsFinite(d) ? d.ToString(CultureInfo.InvariantCulture) : value;
        }
        _file.WriteLine(entry.ToJsonString(Plain));
        _events!.Add(kind, entry);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file?.Dispose();
        _events?.Dispose();
    }

    private static StreamWriter Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        CutTornLine(path);
        return new StreamWriter(path, append: true) { AutoFlush = true, NewLine = "\n" };
    }

    /// <summary>Takes away a last line that a kill left without its end.</summary>
    private static void CutTornLine(string path)
    {
        if (!File.Exists(path)) return;
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var end = file.Length;
        for (; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n') break;
        }
        if (end < file.Length) file.SetLength(end);
    }

    private TimeSpan Interval(TimeSpan elapsed) => TimeSpan.FromTicks(Math.Max(ConsoleInterval.Ticks, Math.Min(elapsed.Ticks / 100, 12 * ConsoleInterval.Ticks)));

    /// <summary>How much of the run that is, and in which epoch.</summary>
    private string Place(long step)
    {
        if (_totalSteps == 0) return "";
        var share = string.Create(CultureInfo.InvariantCulture, $"{100.0 * step / _totalSteps:0}%");
        if (_epoch > 0) return string.Create(CultureInfo.InvariantCulture, $" ({share}, epoch {_epoch}/{_epochs})");
        return _stepsPerEpoch == 0 ? $" ({share})" : string.Create(CultureInfo.InvariantCulture, $" ({share}, epoch {(step - 1) / _stepsPerEpoch + 1}/{(_totalSteps + _stepsPerEpoch - 1) / _stepsPerEpoch})");
    }

    private static string Span(TimeSpan span) =>
        span.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min")
        : span.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds} s")
        : string.Create(CultureInfo.InvariantCulture, $"{span.Seconds} s");
}
