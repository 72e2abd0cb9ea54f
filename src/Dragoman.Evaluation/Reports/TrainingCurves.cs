using System.Globalization;
using System.Text.Json;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Evaluation.Reports;

/// <summary>How a training run went, from the JSON-lines log that <c>dragoman train</c> writes beside the model.</summary>
public sealed record TrainingCurves
{
    private const string LogSuffix = ".log.jsonl";
    private static readonly string[] NotMeasures = ["event", "seconds", "step", "epoch", "loss", "accuracy", "total_steps"];

    /// <summary>What to call the run.</summary>
    public required string Name { get; init; }

    /// <summary>Loss by training step; not a number where training had lost its way.</summary>
    public required IReadOnlyList<(double Step, double Value)> Loss { get; init; }

    /// <summary>Learning rate by training step.</summary>
    public required IReadOnlyList<(double Step, double Value)> LearningRate { get; init; }

    /// <summary>Measures on the dev set after each epoch, by the training step reached; by name, in order of first appearance.</summary>
    public required IReadOnlyList<(string Measure, IReadOnlyList<(double Step, double Value)> Points)> Dev { get; init; }

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

    /// <summary>Reads a log. Events and fields that are not known are passed over; after a resumption, steps done again replace the earlier ones; a last line cut short is left out.</summary>
    /// <param name="name">What to call the run.</param>
    /// <param name="path">The log.</param>
    /// <exception cref="DataFormatException">A line is no JSON object.</exception>
    /// <exception cref="DragomanException">The file cannot be read, or tells of no step.</exception>
    public static TrainingCurves Read(string name, string path)
    {
        var (loss, rate) = (new List<(double, double)>(), new List<(double, double)>());
        var dev = new List<(string Measure, IReadOnlyList<(double Step, double Value)> Points)>();
        var step = 0.0;
        DataFormatException? broken = null;
        foreach (var line in TextLines.Read(path))
        {
            if (string.IsNullOrWhiteSpace(line.Text)) continue;
            if (broken is not null) throw broken;
            try
            {
                using var document = JsonDocument.Parse(line.Text);
                if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException();
                Add(document.RootElement, ref step, loss, rate, dev);
            }
            catch (JsonException)
            {
                broken = new DataFormatException(path, line.Number, "not a JSON object; expected a line of a training log such as {\"event\":\"step\",\"step\":1,\"loss\":0.5}.");
            }
        }
        if (loss.Count == 0 && dev.Count == 0) throw broken ?? new DragomanException($"{path} tells of no training step; is it the log of 'dragoman train'?");
        return new TrainingCurves { Name = name, Loss = loss, LearningRate = rate, Dev = dev };
    }

    private static void Add(JsonElement entry, ref double step, List<(double, double)> loss, List<(double, double)> rate, List<(string Measure, IReadOnlyList<(double Step, double Value)> Points)> dev)
    {
        var kind = entry.TryGetProperty("event", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
        if (kind is "begin" or "step" && Number(entry, "step") is { } reached && double.IsFinite(reached))
        {
            step = reached;
            var first = kind == "begin" ? step + 1 : step;
            foreach (var points in (List<(double Step, double)>[])[loss, rate]) Cut(points, first);
            if (kind == "begin") foreach (var (_, points) in dev) Cut((List<(double Step, double)>)points, first);
        }
        if (kind == "step")
        {
            if (Number(entry, "loss") is { } value) loss.Add((step, value));
            if (Number(entry, "learning_rate") is { } now) rate.Add((step, now));
        }
        if (kind != "epoch") return;
        foreach (var field in entry.EnumerateObject().Where(field => !NotMeasures.Contains(field.Name, StringComparer.Ordinal)))
        {
            if (Number(entry, field.Name) is not { } value) continue;
            var at = dev.FindIndex(measure => measure.Measure == field.Name);
            if (at < 0) dev.Add((field.Name, new List<(double, double)> { (step, value) }));
            else ((List<(double, double)>)dev[at].Points).Add((step, value));
        }
    }

    private static void Cut(List<(double Step, double)> points, double first)
    {
        while (points.Count > 0 && points[^1].Step >= first) points.RemoveAt(points.Count - 1);
    }

    // Numbers that JSON does not have are written as text: "NaN".
    private static double? Number(JsonElement entry, string field) => !entry.TryGetProperty(field, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !double.IsFinite(number) => number,
        _ => null,
    };
}
