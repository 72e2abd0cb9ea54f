using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Evaluation.Reports;

/// <summary>How a training run went, from the JSON-lines log that <c>dragoman train</c> writes beside the model.</summary>
public sealed record TrainingCurves
{
    private const string LogSuffix = ".log.jsonl";

    /// <summary>What to call the run.</summary>
    public required string Name { get; init; }

    /// <summary>Loss by training step; not a number where training had lost its way.</summary>
    public required IReadOnlyList<(double Step, double Value)> Loss { get; init; }

    /// <summary>Learning rate by training step.</summary>
    public required IReadOnlyList<(double Step, double Value)> LearningRate { get; init; }

    /// <summary>Measures on the dev set after each epoch, by the training step reached; by name, in order of first appearance.</summary>
    public required IReadOnlyList<(string Measure, IReadOnlyList<(double Step, double Value)> Points)> Dev { get; init; }

    /// <summary>Further numbers of each step, such as the length of the gradient, by name.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<(double Step, double Value)> Points)> Numbers { get; init; } = [];

    /// <summary>Numbers after each epoch that tell of collapse (<see cref="CollapseLimits"/>), by name in the order of reports.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<(double Step, double Value)> Points)> Diagnostics { get; init; } = [];

    /// <summary>The effective rank of the vectors that alarms; null when it is not known.</summary>
    public double? LeastEffectiveRank { get; init; }

    /// <summary>What was drawn in proportion to what is wanted, by epoch and part, in their order; empty where training draws as usual.</summary>
    public IReadOnlyList<SampledEpoch> Sampling { get; init; } = [];

    /// <summary>The newest step.</summary>
    public long Step { get; init; }

    /// <summary>Steps of the whole run; 0 when the log does not say.</summary>
    public long TotalSteps { get; init; }

    /// <summary>How long the rest takes at the pace so far; null when it is not known.</summary>
    public TimeSpan? Left { get; init; }

    /// <summary>Training examples per second, as of the newest step; null when it is not known.</summary>
    public double? ExamplesPerSecond { get; init; }

    /// <summary>The step of the newest checkpoint; null when none was told.</summary>
    public long? CheckpointStep { get; init; }

    /// <summary>What alarmed, by step.</summary>
    public IReadOnlyList<(long Step, string Text)> Alarms { get; init; } = [];

    /// <summary>How the run failed, when its last words are of that; null otherwise.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether the run has come to its end.</summary>
    public bool IsFinished { get; init; }

    /// <summary>Finds the log of a model folder: <c>FOLDER.log.jsonl</c> beside it, or the only one inside; a log itself may be named too.</summary>
    /// <param name="path">The folder or file.</param>
    /// <exception cref="DragomanException">There is no log, or several.</exception>
    public static string FindLog(string path)
    {
        if (File.Exists(path)) return path;
        var beside = Path.TrimEndingDirectorySeparator(path) + LogSuffix;
        if (File.Exists(beside)) return beside;
        string[] inside = Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*" + LogSuffix).Order(StringComparer.Ordinal)] : [];
        return inside switch
        {
            [var only] => only,
            [] => throw new DragomanException($"{path}: no training log is there ({beside}); name the folder that 'dragoman train' wrote, or the log itself."),
            _ => throw new DragomanException($"{path} holds several training logs ({string.Join(", ", inside.Select(Path.GetFileName))}); name one."),
        };
    }

    /// <summary>Finds the logs of a model folder with what to call each run: all seeds of a folder that holds several, or the one of <see cref="FindLog"/>.</summary>
    /// <param name="path">The folder or file.</param>
    /// <exception cref="DragomanException">There is no log.</exception>
    public static IReadOnlyList<(string Name, string Path)> FindLogs(string path)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        string[] seeds = Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "seed-*" + LogSuffix).OrderBy(file => file.Length).ThenBy(file => file, StringComparer.Ordinal)] : [];
        return seeds.Length > 0 ? [.. seeds.Select(seed => ($"{name}/{WithoutSuffix(Path.GetFileName(seed))}", seed))] : [(WithoutSuffix(name), FindLog(path))];
    }

    /// <summary>Alarms of the newest epoch: those that are over are left out.</summary>
    public IEnumerable<(long Step, string Text)> StandingAlarms
    {
        get
        {
            var last = Diagnostics.Where(number => number.Points.Count > 0).Select(number => number.Points[^1].Step).DefaultIfEmpty(0).Max();
            return Alarms.Where(alarm => alarm.Step >= last);
        }
    }

    private static string WithoutSuffix(string name) => name.EndsWith(LogSuffix, StringComparison.Ordinal) ? name[..^LogSuffix.Length] : name;

    /// <summary>Reads a log. Events and fields that are not known are passed over; after a resumption, steps done again replace the earlier ones; a last line cut short is left out.</summary>
    /// <param name="name">What to call the run.</param>
    /// <param name="path">The log.</param>
    /// <exception cref="DataFormatException">A line is no JSON object.</exception>
    /// <exception cref="DragomanException">The file cannot be read, or tells of no step.</exception>
    public static TrainingCurves Read(string name, string path)
    {
        var entries = new TrainingLogEntries();
        DataFormatException? broken = null;
        foreach (var line in TextLines.Read(path))
        {
            if (string.IsNullOrWhiteSpace(line.Text)) continue;
            if (broken is not null) throw broken;
            if (!entries.Add(line.Text)) broken = TrainingLogEntries.Broken(path, line.Number);
        }
        var curves = entries.Curves(name);
        return curves.Loss.Count > 0 || curves.Dev.Count > 0 ? curves : throw broken ?? (DragomanException)new DragomanException($"{path} tells of no training step; is it the log of 'dragoman train'?");
    }
}
