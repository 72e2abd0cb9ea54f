using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>Finds the texts of a batch that must not count as negatives because they may well be positives.</summary>
public static class InBatchMask
{
    /// <summary>Excludes by what is known: the same passage, another passage of the same query, or a passage that is relevant to the query.</summary>
    /// <param name="queryIds">The B queries' ids.</param>
    /// <param name="passageIds">Ids of the passages, the first B of which are the queries' own.</param>
    /// <param name="isRelevant">Whether a passage is known to answer a query; null when nothing is known.</param>
    /// <returns>True at [i, j] where passage j is no negative of query i, shape [B, M]; false at its own; the caller owns the tensor.</returns>
    /// <exception cref="ArgumentException">There are fewer passages than queries.</exception>
    public static Tensor OfIds(IReadOnlyList<string> queryIds, IReadOnlyList<string> passageIds, Func<string, string, bool>? isRelevant = null)
    {
        ArgumentNullException.ThrowIfNull(queryIds);
        ArgumentNullException.ThrowIfNull(passageIds);
        if (passageIds.Count < queryIds.Count) throw new ArgumentException($"There are {passageIds.Count} passages for {queryIds.Count} queries.", nameof(passageIds));
        var mask = new bool[queryIds.Count * passageIds.Count];
        for (var i = 0; i < queryIds.Count; i++)
        {
            for (var j = 0; j < passageIds.Count; j++)
            {
                if (i == j) continue;
                mask[i * passageIds.Count + j] = passageIds[i] == passageIds[j]
                    || (j < queryIds.Count && queryIds[i] == queryIds[j])
                    || isRelevant?.Invoke(queryIds[i], passageIds[j]) == true;
            }
        }
        return Tensor.From(mask, queryIds.Count, passageIds.Count);
    }

    /// <summary>Excludes by a guide: passages that another model scores above the query's own.</summary>
    /// <remarks>After GISTEmbed (Solatorio, 2024), which excludes at a margin of 0.</remarks>
    /// <param name="guideScores">The guide's scores, shape [B, M] with M at least B; column i is query i's own passage.</param>
    /// <param name="margin">A passage is excluded when its score is above the own passage's minus this; negative values exclude fewer.</param>
    /// <returns>True where excluded, false at each query's own, shape [B, M]; the caller owns the tensor.</returns>
    /// <exception cref="Dragoman.Tensors.Errors.ShapeException">There are fewer columns than rows.</exception>
    public static Tensor OfGuide(Tensor guideScores, double margin = 0)
    {
        ArgumentNullException.ThrowIfNull(guideScores);
        var (b, m) = guideScores.Shape2("B M");
        if (m < b) throw new Dragoman.Tensors.Errors.ShapeException("guide scores", "B, M of B or more", guideScores.Shape);
        using var scope = TensorScope.Begin();
        var scores = LossPrecision.Wide(guideScores).Detach();
        var own = Tensor.Arange(0, m, device: scores.Device).Unsqueeze(0).Eq(Tensor.Arange(0, b, device: scores.Device).Unsqueeze(1));       // [B, M]
        return scope.Keep(scores.Gt(scores.Diagonal().Unsqueeze(1) - margin).And(own.Not()));
    }
}
