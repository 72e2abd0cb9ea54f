using System.Globalization;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Retrieval.FirstStage.Psq;

/// <summary>How often terms occur in text of a language: the background of PSQ-HMM. Immutable once built; thread-safe.</summary>
public sealed class TermCounts
{
    private readonly Dictionary<string, long> _counts;

    /// <summary>Takes over counts.</summary>
    /// <param name="counts">Term to count, 1 or more each.</param>
    public TermCounts(IReadOnlyDictionary<string, long> counts)
    {
        _counts = new Dictionary<string, long>(counts, StringComparer.Ordinal);
        Total = _counts.Values.Sum();
    }

    /// <summary>Occurrences of all terms.</summary>
    public long Total { get; }

    /// <summary>Number of distinct terms.</summary>
    public int Distinct => _counts.Count;

    /// <summary>P(term | language) = (count + 1) / (total + 1), above 0 also for a term that never occurred (as the reference implementation of PSQ-HMM smooths it).</summary>
    /// <param name="term">The term.</param>
    public double Probability(string term) => (_counts.GetValueOrDefault(term) + 1.0) / (Total + 1.0);

    /// <summary>Writes the counts as lines <c>term TAB count</c> in ordinal order; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file.</param>
    public void Write(string path) => AtomicFile.WriteText(path, writer =>
    {
        foreach (var (term, count) in _counts.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{term}\t{count}"));
    });

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFormatException">A line is no term with its count, or a term occurs twice.</exception>
    public static TermCounts Read(string path)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var total = 0L;
        foreach (var (number, line) in TextLines.Read(path))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab <= 0 || !long.TryParse(line.AsSpan(tab + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
                throw new DataFormatException(path, number, "expected a term, a tab and its count.");
            if (count > long.MaxValue - 1 - total) throw new DataFormatException(path, number, "the counts up to here sum to more than 64 bits hold; are they counts of terms?");
            total += count;
            if (!counts.TryAdd(line[..tab], count)) throw new DataFormatException(path, number, $"the term \"{line[..tab]}\" occurs twice.");
        }
        return new TermCounts(counts);
    }
}
