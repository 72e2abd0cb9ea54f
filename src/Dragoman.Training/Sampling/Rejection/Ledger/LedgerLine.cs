using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dragoman.Training.Sampling.Rejection.Ledger;

/// <summary>An entry as a JSON object on a line. Passages are told once, with all digits of their logarithms, and proposals by their places.</summary>
internal static class LedgerLine
{
    private const string Letters = "ravtd";                                   // in the order of Decision: rejected, accepted, above bound, thinned, repeated
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(LedgerEntry entry)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("query", entry.QueryId);
            json.WriteNumber("epoch", entry.Epoch);
            if (entry.Part.Length > 0) json.WriteString("part", entry.Part);
            json.WriteString("scheme", entry.Scheme);
            json.WriteNumber("candidates", entry.CandidateCount);
            Array(json, "passages", entry.Passages, passage => json.WriteStringValue(passage.PassageId));
            Array(json, "grades", entry.Passages, passage => json.WriteNumberValue(passage.Grade));
            Array(json, "log_q", entry.Passages, passage => Number(json, passage.LogProposal));
            Array(json, "log_ratio", entry.Passages, passage => Number(json, passage.LogRatio));
            Array(json, "proposed", entry.Draws, draw => json.WriteNumberValue(draw.Candidate));
            json.WriteString("decisions", string.Concat(entry.Draws.Select(draw => Letters[(int)draw.Decision])));
            if (entry.Draws.Any(draw => draw.IsTaken && draw.Weight != 1)) Array(json, "weights", entry.Taken, draw => Number(json, draw.Weight));
            Array(json, "log_bounds", Changes(entry.Draws), change =>
            {
                json.WriteStartArray();
                json.WriteNumberValue(change.Draw);
                Number(json, change.LogBound);
                json.WriteEndArray();
            });
            Number(json, "log_bound", entry.LogBound);
            Number(json, "expected_rate", entry.ExpectedRate);
            Number(json, "effective_size", entry.EffectiveSize);
            json.WriteNumber("bound_raised", entry.BoundRaised);
            json.WriteBoolean("capped", entry.Capped);
            json.WriteNumber("target_evaluations", entry.TargetEvaluations);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Reads an entry.</summary>
    /// <exception cref="FormatException">The line does not hold one.</exception>
    internal static LedgerEntry Read(JsonElement json)
    {
        var ids = json.GetProperty("passages").EnumerateArray().Select(id => id.GetString()!).ToList();
        var grades = json.GetProperty("grades").EnumerateArray().Select(grade => grade.GetInt32()).ToList();
        var (logQ, ratios) = (Numbers(json, "log_q"), Numbers(json, "log_ratio"));
        var proposed = json.GetProperty("proposed").EnumerateArray().Select(place => place.GetInt32()).ToList();
        var decisions = json.GetProperty("decisions").GetString()!;
        if (grades.Count != ids.Count || logQ.Count != ids.Count || ratios.Count != ids.Count || proposed.Any(place => place < 0 || place >= ids.Count)) throw new FormatException("the lists of passages differ in length");
        if (proposed.Count == 0 || decisions.Length != proposed.Count || decisions.Any(letter => !Letters.Contains(letter))) throw new FormatException("there is not one decision for each proposal");
        return new LedgerEntry
        {
            QueryId = json.GetProperty("query").GetString()!,
            Epoch = json.GetProperty("epoch").GetInt32(),
            Part = json.TryGetProperty("part", out var part) ? part.GetString()! : "",
            Scheme = json.GetProperty("scheme").GetString()!,
            CandidateCount = json.GetProperty("candidates").GetInt32(),
            Passages = [.. ids.Select((id, at) => new LedgerPassage(id, grades[at], logQ[at], ratios[at]))],
            Draws = Draws(json, proposed, decisions),
            LogBound = Number(json.GetProperty("log_bound")),
            ExpectedRate = Number(json.GetProperty("expected_rate")),
            EffectiveSize = Number(json.GetProperty("effective_size")),
            BoundRaised = json.GetProperty("bound_raised").GetInt32(),
            Capped = json.GetProperty("capped").GetBoolean(),
            TargetEvaluations = json.GetProperty("target_evaluations").GetInt32(),
        };
    }

    private static List<Draw> Draws(JsonElement json, List<int> proposed, string decisions)
    {
        var weights = json.TryGetProperty("weights", out _) ? new Queue<double>(Numbers(json, "weights")) : null;
        var changes = json.GetProperty("log_bounds").EnumerateArray().ToDictionary(change => change[0].GetInt32(), change => Number(change[1]));
        var (draws, bound) = (new List<Draw>(proposed.Count), double.NaN);
        for (var at = 0; at < proposed.Count; at++)
        {
            if (changes.TryGetValue(at, out var changed)) bound = changed;
            var draw = new Draw(proposed[at], (Decision)Letters.IndexOf(decisions[at], StringComparison.Ordinal), bound, 0);
            if (draw.IsTaken && weights is { Count: 0 }) throw new FormatException("there are fewer weights than passages taken");
            draws.Add(draw.IsTaken ? draw with { Weight = weights?.Dequeue() ?? 1 } : draw);
        }
        return draws;
    }

    private static IEnumerable<(int Draw, double LogBound)> Changes(IReadOnlyList<Draw> draws)
    {
        for (var at = 0; at < draws.Count; at++)
        {
            if (at == 0 || !draws[at].LogBound.Equals(draws[at - 1].LogBound)) yield return (at, draws[at].LogBound);
        }
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items) write(item);
        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        Number(json, value);
    }

    // JSON has no word for what is no number: null is "not known".
    private static void Number(Utf8JsonWriter json, double value)
    {
        if (double.IsNaN(value)) json.WriteNullValue();
        else if (double.IsInfinity(value)) json.WriteStringValue(value > 0 ? "inf" : "-inf");
        else json.WriteNumberValue(value);
    }

    private static List<double> Numbers(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(Number)];

    private static double Number(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => double.NaN,
        JsonValueKind.String => json.GetString() switch { "inf" => double.PositiveInfinity, "-inf" => double.NegativeInfinity, _ => throw new FormatException("a number is a text") },
        _ => json.GetDouble(),
    };
}
