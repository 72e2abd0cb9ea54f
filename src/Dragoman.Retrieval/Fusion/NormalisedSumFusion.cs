using Dragoman.Collections;

namespace Dragoman.Retrieval.Fusion;

/// <summary>Fuses rankings by their scores, each ranking's scaled to [0, 1] first, then summed (CombSUM with min-max normalisation; Fox and Shaw, TREC-2, 1994).</summary>
/// <remarks>A passage that a ranking does not hold gets nothing from it; when all scores of a ranking are equal, each becomes 1.</remarks>
public static class NormalisedSumFusion
{
    /// <summary>Fuses the rankings of one query. The order of the rankings, and of the passages within them, does not matter.</summary>
    /// <param name="rankings">The rankings; a passage occurs at most once in each.</param>
    /// <param name="options">Depth; k is not used.</param>
    /// <returns>The fused ranking, best first.</returns>
    public static IReadOnlyList<RankedPassage> Fuse(IEnumerable<IReadOnlyCollection<RankedPassage>> rankings, FusionOptions options)
    {
        var fused = new FusedScores();
        foreach (var ranking in rankings)
        {
            if (ranking.Count == 0) continue;
            var (lowest, highest) = (ranking.Min(passage => passage.Score), ranking.Max(passage => passage.Score));
            foreach (var passage in ranking) fused.Add(passage.PassageId, highest > lowest ? (passage.Score - lowest) / (highest - lowest) : 1);
        }
        return fused.Take(options.Depth);
    }
}
