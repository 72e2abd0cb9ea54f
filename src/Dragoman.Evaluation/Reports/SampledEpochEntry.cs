using System.Globalization;
using System.Text.Json;

namespace Dragoman.Evaluation.Reports;

/// <summary>Reads the event <c>sampling</c> of a training log.</summary>
internal static class SampledEpochEntry
{
    /// <summary>Reads an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>Null when it names no epoch or no part.</returns>
    internal static SampledEpoch? Read(JsonElement entry)
    {
        var epoch = Number(entry, "epoch");
        if (Text(entry, "part") is not { Length: > 0 } part || !(epoch is >= 1 and <= int.MaxValue)) return null;
        return new SampledEpoch
        {
            Epoch = (int)epoch,
            Part = part,
            Scheme = Text(entry, "scheme") ?? "",
            Groups = Number(entry, "groups"),
            EffectiveGroups = Number(entry, "effective_groups"),
            Proposals = Number(entry, "proposals"),
            Accepted = Number(entry, "accepted"),
            Rate = Number(entry, "rate"),
            ExpectedRate = Number(entry, "expected_rate"),
            EffectiveShare = Number(entry, "effective_share"),
            AboveBoundShare = Number(entry, "above_bound_share"),
            SecondsPerAccepted = Number(entry, "seconds_per_accepted"),
            GradesAccepted = Grades(entry),
        };
    }

    private static SortedDictionary<int, long> Grades(JsonElement entry)
    {
        var grades = new SortedDictionary<int, long>();
        if (!entry.TryGetProperty("grades_accepted", out var counts) || counts.ValueKind != JsonValueKind.Object) return grades;
        foreach (var count in counts.EnumerateObject())
            if (int.TryParse(count.Name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var grade) && count.Value.ValueKind == JsonValueKind.Number && count.Value.TryGetInt64(out var number) && number >= 0)
                grades[grade] = number;
        return grades;
    }

    private static string? Text(JsonElement entry, string field) => entry.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double Number(JsonElement entry, string field) => entry.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;
}
