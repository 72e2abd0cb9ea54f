using System.Globalization;
using System.Text.Json;
using Dragoman.Collections.Errors;

namespace Dragoman.Evaluation.Reports;

/// <summary>Gathers the entries of a training log, in their order, into curves.</summary>
internal sealed class TrainingLogEntries
{
    private static readonly string[] NotMeasures = ["event", "seconds", "step", "epoch", "loss", "total_steps"];
    private static readonly string[] NotNumbers = ["event", "seconds", "step", "loss", "learning_rate", "examples_per_second"];
    private readonly List<(double Step, double Value)> _loss = [], _rate = [];
    private readonly Named _dev = new(), _diagnostics = new(), _numbers = new();
    private readonly List<(long Step, string Text)> _alarms = [];
    private double _step, _total, _firstStep, _seconds;
    private double? _dimension, _speed;
    private long? _checkpoint;
    private string? _failure;
    private bool _isFinished;

    /// <summary>Whether an entry was of a training run.</summary>
    internal bool IsLog { get; private set; }

    /// <summary>What to say of a line that is no entry.</summary>
    internal static DataFormatException Broken(string path, long line) =>
        new(path, line, "not a JSON object; expected a line of a training log such as {\"event\":\"step\",\"step\":1,\"loss\":0.5}.");

    /// <summary>Adds an entry.</summary>
    /// <param name="line">The line.</param>
    /// <returns>False when it is no JSON object, and nothing was added.</returns>
    internal bool Add(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return false;
            Add(document.RootElement);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The curves so far, which later entries lengthen.</summary>
    internal TrainingCurves Curves(string name) => new()
    {
        Name = name,
        Loss = _loss,
        LearningRate = _rate,
        Dev = _dev.All,
        Numbers = _numbers.All,
        Diagnostics = [.. _diagnostics.All.OrderBy(number => Place(number.Name))],
        Dimension = _dimension,
        Step = (long)_step,
        TotalSteps = (long)_total,
        Left = _step > _firstStep && _total > 0 && double.IsFinite(_seconds) ? TimeSpan.FromSeconds(Math.Min(1e9, _seconds / (_step - _firstStep) * Math.Max(0, _total - _step))) : null,
        ExamplesPerSecond = _speed,
        CheckpointStep = _checkpoint,
        Alarms = _alarms,
        Failure = _failure,
        IsFinished = _isFinished,
    };

    private void Add(JsonElement entry)
    {
        var kind = Text(entry, "event");
        IsLog |= kind is not null;
        if (kind is "begin" or "step" && Number(entry, "step") is { } reached && double.IsFinite(reached)) Reach(kind, reached, entry);
        switch (kind)
        {
            case "step":
                if (Number(entry, "loss") is { } value) _loss.Add((_step, value));
                if (Number(entry, "learning_rate") is { } now) _rate.Add((_step, now));
                _speed = Number(entry, "examples_per_second") ?? _speed;
                AddNumbers(entry, NotNumbers, _ => _numbers);
                break;
            case "epoch":
                _dimension = Number(entry, CollapseLimits.DimensionName) ?? _dimension;
                AddNumbers(entry, [.. NotMeasures, .. _numbers.All.Select(number => number.Name), CollapseLimits.DimensionName, "accuracy"], name => CollapseLimits.IsOne(name) ? _diagnostics : _dev);
                break;
            case "message" when Text(entry, "text") is { } text && text.StartsWith("alarm: ", StringComparison.Ordinal): _alarms.Add(((long)_step, text["alarm: ".Length..])); break;
            case "plan": _total = Number(entry, "total_steps") ?? _total; break;
            case "checkpoint": _checkpoint = (long?)Number(entry, "step") ?? _checkpoint; break;
            case "failure": _failure = Text(entry, "text") ?? "the loss or its gradient is no longer a number."; break;
            case "end": _isFinished = true; break;
            default: break;
        }
    }

    private void Reach(string kind, double reached, JsonElement entry)
    {
        _step = reached;
        _seconds = Number(entry, "seconds") ?? double.NaN;
        var first = kind == "begin" ? reached + 1 : reached;
        foreach (var points in (List<(double Step, double)>[])[_loss, _rate, .. _numbers.Points]) Cut(points, first);
        if (kind != "begin") return;
        foreach (var points in _dev.Points.Concat(_diagnostics.Points)) Cut(points, first);
        _alarms.RemoveAll(alarm => alarm.Step >= first);
        (_firstStep, _total, _failure, _isFinished) = (reached, Number(entry, "total_steps") ?? 0, null, false);
        if (_checkpoint > reached || reached == 0) _checkpoint = null;
    }

    private void AddNumbers(JsonElement entry, IReadOnlyCollection<string> without, Func<string, Named> to)
    {
        foreach (var field in entry.EnumerateObject().Where(field => !without.Contains(field.Name, StringComparer.Ordinal)))
            if (Number(entry, field.Name) is { } value) to(field.Name).Add(field.Name, (_step, value));
    }

    private static void Cut(List<(double Step, double)> points, double first)
    {
        while (points.Count > 0 && points[^1].Step >= first) points.RemoveAt(points.Count - 1);
    }

    private static int Place(string name) => Enumerable.Range(0, CollapseLimits.Names.Count).FirstOrDefault(place => CollapseLimits.Names[place].Name == name, int.MaxValue);

    private static string? Text(JsonElement entry, string field) => entry.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // Numbers that JSON does not have are written as text: "NaN".
    private static double? Number(JsonElement entry, string field) => !entry.TryGetProperty(field, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !double.IsFinite(number) => number,
        _ => null,
    };

    /// <summary>Points by name, in order of first appearance.</summary>
    private sealed class Named
    {
        private readonly List<(string Name, IReadOnlyList<(double Step, double Value)> Points)> _all = [];

        internal IReadOnlyList<(string Name, IReadOnlyList<(double Step, double Value)> Points)> All => _all;

        internal IEnumerable<List<(double Step, double)>> Points => _all.Select(entry => (List<(double Step, double)>)entry.Points);

        internal void Add(string name, (double, double) point)
        {
            var at = _all.FindIndex(entry => entry.Name == name);
            if (at < 0) _all.Add((name, new List<(double, double)> { point }));
            else ((List<(double, double)>)_all[at].Points).Add(point);
        }
    }
}
