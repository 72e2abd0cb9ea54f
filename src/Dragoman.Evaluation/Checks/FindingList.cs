using System.Globalization;

namespace Dragoman.Evaluation.Checks;

/// <summary>Gathers findings: counts all, keeps the first examples of each.</summary>
internal sealed class FindingList(int examples)
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private sealed class Entry
    {
        internal long Count { get; set; }

        internal List<string> Examples { get; } = [];
    }

    /// <summary>Notes one case.</summary>
    /// <param name="key">The finding's code, with what is to be told apart after a slash: <c>duplicate-judgement/test</c>.</param>
    /// <param name="example">Says where; asked for only while examples are wanted.</param>
    internal void Note(string key, Func<string> example)
    {
        if (!_entries.TryGetValue(key, out var entry)) _entries[key] = entry = new Entry();
        if (entry.Count++ < examples) entry.Examples.Add(example());
    }

    internal List<Finding> Findings { get; } = [];

    /// <summary>Makes a finding of what was noted under a key, if anything was.</summary>
    internal void Conclude(string key, CheckSeverity severity, long of, Func<string, string> message)
    {
        if (!_entries.TryGetValue(key, out var entry)) return;
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        Findings.Add(new Finding(slash < 0 ? key : key[..slash], severity, entry.Count, of, message(Number(entry.Count)), entry.Examples));
    }

    /// <summary>A whole number for a message, with commas.</summary>
    internal static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
