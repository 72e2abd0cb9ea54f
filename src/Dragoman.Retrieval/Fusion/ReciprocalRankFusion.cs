using Dragoman.Collections;

namespace Dragoman.Retrieval.Fusion;

/// <summary>Fuses rankings by their ranks alone: score = Σ 1 / (k + rank) over the rankings that hold the passage (Cormack, Clarke and Büttcher, SIGIR 2009).</summary>
public static class ReciprocalRankFusion
{
    /// <summary>Fuses the rankings of one query. The order of the rankings, and of the passages within them, does not matter: ranks follow scores, ties by passage id descending.</summary>
    /// <param name="rankings">The rankings; a passage occurs at most once in each.</param>
    /// <param name="options">k and depth.</param>
    /// <returns>The fused ranking, best first.</returns>
    public static IReadOnlyList<RankedPassage> Fuse(IEnumerable<IReadOnlyCollection<RankedPassage>> rankings, FusionOptions options)
    {
        var fused = new FusedScores();
        foreach (var ranking in rankings)
        {
            var rank = 0;
            foreach (var passage in RankingOrder.Sorted(ranking)) fused.Add(passage.PassageId, 1 / (options.K + ++rank));
        }
        return fused.Take(options.Depth);
    }
}
