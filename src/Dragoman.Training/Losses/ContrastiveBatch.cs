using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>B pairs of texts as vectors, the texts of all other pairs being negatives. Tensors belong to whoever made them.</summary>
/// <param name="Left">L2-normalised vectors of one side (queries), shape [B, H].</param>
/// <param name="Right">L2-normalised vectors of the other (passages), shape [B, H]; row n belongs to row n of <paramref name="Left"/>.</param>
public sealed record ContrastiveBatch(Tensor Left, Tensor Right)
{
    /// <summary>Further texts of the right side that belong to no pair, shape [M, H]; negatives of every left text unless excluded.</summary>
    public Tensor? HardNegatives { get; init; }

    /// <summary>True at [i, j] where right text j is no negative of left text i, nor i of j, shape [B, B]; the diagonal is not looked at. <see cref="InBatchMask"/> makes one. Null for none.</summary>
    public Tensor? Excluded { get; init; }

    /// <summary>True at [i, m] where hard negative m is no negative of left text i, shape [B, M]; null for none.</summary>
    public Tensor? ExcludedHard { get; init; }

    /// <summary>How much each pair counts, 0 or more, shape [B]; null for 1 each.</summary>
    public Tensor? Weights { get; init; }
}
