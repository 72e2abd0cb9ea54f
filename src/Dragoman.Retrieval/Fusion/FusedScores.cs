using Dragoman.Collections;

namespace Dragoman.Retrieval.Fusion;

/// <summary>Adds up what several rankings give each passage, smallest first, so that the sums do not depend on the order of the rankings.</summary>
internal sealed class FusedScores
{
    private readonly Dictionary<string, List<double>> _parts = new(StringComparer.Ordinal);

    /// <summary>Adds one ranking's part.</summary>
    internal void Add(string passageId, double part)
    {
        if (!_parts.TryGetValue(passageId, out var parts)) _parts.Add(passageId, parts = new List<double>(2));
        parts.Add(part);
    }

    /// <summary>The best passages by their sums.</summary>
    internal RankedPassage[] Take(int depth)
    {
        var ranking = RankingOrder.Sorted(_parts.Select(entry =>
        {
            entry.Value.Sort();
            return new RankedPassage(entry.Key, entry.Value.Sum());
        }));
        return ranking.Length <= depth ? ranking : ranking[..depth];
    }
}
