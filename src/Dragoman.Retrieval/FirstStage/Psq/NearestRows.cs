using Dragoman.Collections;

namespace Dragoman.Retrieval.FirstStage.Psq;

/// <summary>
/// The back-off of a passage term that a table has no row for: those terms with a row that share the longest beginning with it, of at least four letters and seven tenths of the longer of the two. They are
/// mostly other forms and derivations of the same word. Immutable and thread-safe.
/// </summary>
/// <remarks>Chosen on development questions (reproductions/psq) over cutting compounds in two known terms. Terms with a digit have no back-off: 1945 is not 19451.</remarks>
internal sealed class NearestRows
{
    private const int FewestLetters = 4;
    private const double LeastShare = 0.7;
    private readonly string[] _sorted;

    /// <summary>Reads which terms have rows.</summary>
    /// <param name="table">P(query term | passage term).</param>
    internal NearestRows(TranslationTable table)
    {
        _sorted = [.. Enumerable.Range(0, table.Sources.Count).Select(row => table.Sources[row])];
        Array.Sort(_sorted, StringComparer.Ordinal);
    }

    /// <summary>The terms with rows that speak for a passage term, each for the same part; empty when it has a row itself or when none is near.</summary>
    /// <param name="passageTerm">The passage term.</param>
    internal ReadOnlySpan<string> Of(string passageTerm)
    {
        if (passageTerm.Length < FewestLetters || passageTerm.Any(char.IsDigit) || Array.BinarySearch(_sorted, passageTerm, StringComparer.Ordinal) >= 0) return [];
        for (var shared = passageTerm.Length; shared >= FewestLetters && shared >= LeastShare * passageTerm.Length; shared--)
        {
            var near = Beginning(passageTerm.AsSpan(0, shared));
            // Rows that share more were too long already.
            var count = 0;
            foreach (var term in near)
                if (shared >= LeastShare * term.Length) count++;
            if (count == near.Length && count > 0) return near;
            if (count > 0) return near.ToArray().Where(term => shared >= LeastShare * term.Length).ToArray();
        }
        return [];
    }

    private ReadOnlySpan<string> Beginning(ReadOnlySpan<char> beginning)
    {
        var first = First(beginning, 0, (term, start) => term.SequenceCompareTo(start) < 0);
        var end = First(beginning, first, (term, start) => term.StartsWith(start, StringComparison.Ordinal));
        return _sorted.AsSpan(first, end - first);
    }

    /// <summary>The first place, from one on, that a condition no longer holds for.</summary>
    private int First(ReadOnlySpan<char> beginning, int low, Condition holds)
    {
        var high = _sorted.Length;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (holds(_sorted[middle], beginning)) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private delegate bool Condition(ReadOnlySpan<char> term, ReadOnlySpan<char> beginning);
}
