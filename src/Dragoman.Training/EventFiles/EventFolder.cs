using System.Globalization;
using System.Text.Json.Nodes;

namespace Dragoman.Training.EventFiles;

/// <summary>
/// A training run as TensorBoard reads it: a folder with a file for each time the run was begun or resumed. What the entries of the log tell in numbers becomes scalars: <c>train/…</c> each step,
/// <c>epoch/…</c> their means, <c>dev/…</c>, <c>gradient/…</c> and <c>update_ratio/…</c> by layer; alarms and failures become texts. Not thread-safe.
/// </summary>
/// <param name="folder">The folder; made with the first number.</param>
/// <param name="time">The clock.</param>
internal sealed class EventFolder(string folder, TimeProvider time) : IDisposable
{
    private const string Prefix = "events.out.tfevents.", Suffix = ".dragoman";
    private readonly HashSet<string> _numbersOfSteps = new(StringComparer.Ordinal) { "loss" };
    private EventFile? _file;
    private long _step;

    /// <summary>Notes an entry of the log.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="entry">Its fields.</param>
    internal void Add(string kind, JsonObject entry)
    {
        if (Number(entry["step"]) is { } step) _step = (long)step;
        switch (kind)
        {
            case "begin": Begin(_step); break;
            case "step": Write(Fields(entry, "step").Select(field => ("train/" + field.Name, field.Value)), remember: Fields(entry, "step").Select(field => field.Name)); break;
            case "epoch": Write(Fields(entry, "epoch", "step").Select(field => ((_numbersOfSteps.Contains(field.Name) ? "epoch/" : "dev/") + field.Name, field.Value))); break;
            case "layers": Write(Layers(entry)); break;
            case "iteration": Write(Fields(entry, "step").Select(field => ($"{field.Name}/{entry["name"]}", field.Value))); break;
            case "sampling": Write(Fields(entry, "epoch").Select(field => ($"sampling/{entry["part"]}/{field.Name}", field.Value))); break;
            case "histogram": Add(entry); break;
            case "message" when (string?)entry["text"] is { } text && (text.StartsWith("alarm", StringComparison.Ordinal) || text.StartsWith("warning", StringComparison.Ordinal)):
                if (_file is not null) Append(EventMessages.Text(Seconds, _step, "alarms", text));
                break;
            case "failure": Append(EventMessages.Text(Seconds, _step, "failure", (string?)entry["text"] ?? entry.ToJsonString())); break;
            default: break;
        }
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>Takes away what an earlier run had written beyond a step, torn ends too, and goes on in a file of its own, which sorts after the others.</summary>
    private void Begin(long step)
    {
        _file?.Dispose();
        Directory.CreateDirectory(folder);
        var next = 0;
        foreach (var path in Directory.EnumerateFiles(folder, Prefix + "*" + Suffix).Order(StringComparer.Ordinal).ToList())
        {
            var name = Path.GetFileName(path)[Prefix.Length..^Suffix.Length];
            if (name.LastIndexOf('.') is var dot and > 0 && int.TryParse(name.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) next = Math.Max(next, number + 1);
            Keep(path, step);
        }
        var begun = time.GetUtcNow().ToUnixTimeSeconds();
        _file = new EventFile(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{begun:D10}.{next:D3}{Suffix}")));
        _file.Append(EventMessages.Version(Seconds));
        if (step > 0) _file.Append(EventMessages.Restart(Seconds, step + 1));
    }

    private static void Keep(string path, long step)
    {
        var (end, events) = (0L, 0);
        foreach (var (data, after) in EventFile.Read(path))
        {
            if (EventStep.Of(data) > step) break;
            (end, events) = (after, events + 1);
        }
        // Of a run that begins anew nothing is left but what tells the version.
        if (events < 2 || step == 0) File.Delete(path);
        else if (end < new FileInfo(path).Length)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            file.SetLength(end);
        }
    }

    private void Add(JsonObject entry)
    {
        if (entry["counts"] is not JsonArray counts || (string?)entry["name"] is not { } name || Number(entry["low"]) is not { } low || Number(entry["high"]) is not { } high) return;
        Append(EventMessages.OfHistogram(Seconds, _step, name, new Histogram(low, high, [.. counts.Select(count => Number(count) ?? 0)])));
    }

    private void Write(IEnumerable<(string Tag, double Value)> values, IEnumerable<string>? remember = null)
    {
        _numbersOfSteps.UnionWith(remember ?? []);
        var all = values.ToList();
        if (all.Count > 0) Append(EventMessages.Scalars(Seconds, _step, all));
    }

    private void Append(byte[] record)
    {
        if (_file is null) Begin(0);
        _file!.Append(record);
    }

    private double Seconds => time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    private static IEnumerable<(string Name, double Value)> Fields(JsonObject entry, params string[] without) =>
        entry.Where(field => field.Key is not ("event" or "seconds") && !without.Contains(field.Key, StringComparer.Ordinal))
            .Select(field => (field.Key, Value: Number(field.Value))).Where(field => field.Value is not null).Select(field => (field.Key, field.Value!.Value));

    private static IEnumerable<(string, double)> Layers(JsonObject entry) =>
        from layer in entry["layers"]?.AsObject() ?? []
        from number in layer.Value?.AsObject() ?? []
        where Number(number.Value) is not null
        select ($"{number.Key}/{layer.Key}", Number(number.Value)!.Value);

    // The log writes numbers that JSON does not have as text.
    private static double? Number(JsonNode? node) => node is not JsonValue value ? null
        : value.TryGetValue<double>(out var number) ? number
        : value.TryGetValue<long>(out var whole) ? whole
        : value.TryGetValue<int>(out var small) ? small
        : value.TryGetValue<float>(out var single) ? single
        : value.TryGetValue<string>(out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var odd) && !double.IsFinite(odd) ? odd : null;
}
