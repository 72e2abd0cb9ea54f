using Dragoman.Collections;

namespace Dragoman.Retrieval.Fusion;

/// <summary>The order of a run: scores descending, ties by passage id descending (ordinal), as trec_eval sorts it.</summary>
internal sealed class RankingOrder : IComparer<RankedPassage>
{
    internal static RankingOrder Instance { get; } = new();

    public int Compare(RankedPassage x, RankedPassage y)
    {
        var byScore = y.Score.CompareTo(x.Score);
        return byScore != 0 ? byScore : string.CompareOrdinal(y.PassageId, x.PassageId);
    }

    /// <summary>A ranking in this order.</summary>
    internal static RankedPassage[] Sorted(IEnumerable<RankedPassage> ranking)
    {
        var sorted = ranking.ToArray();
        Array.Sort(sorted, Instance);
        return sorted;
    }
}
