using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>In-batch contrastive loss in both directions: each text must find its translation among all texts of the other side, and the other way round.</summary>
/// <remarks>
/// What it rewards: the pair's cosine above the cosines of all other pairs; a common offset of all cosines cancels in the softmax, so that it cannot collapse
/// as a cosine hinge can. L = ½·(CE(rows) + CE(columns)) of (cos(x_i, y_j) − margin·[i = j]) / temperature.
/// Source: additive-margin translation ranking of LaBSE (Feng et al., ACL 2022, eq. 1), InfoNCE of van den Oord et al. (2018). Relatives: multiple-negatives ranking.
/// </remarks>
public static class BidirectionalInfoNce
{
    private const double Excluded = -1e4;

    /// <summary>The mean loss of a batch.</summary>
    /// <param name="left">L2-normalised vectors, shape [B, H].</param>
    /// <param name="right">L2-normalised vectors, shape [B, H]; row n translates row n of <paramref name="left"/>.</param>
    /// <param name="temperature">Divides the cosines, above 0; 0.05 is usual. Smaller is sharper.</param>
    /// <param name="margin">Taken from each pair's own cosine, 0 or more.</param>
    /// <param name="duplicates">True where a text of another pair must not count as a negative, shape [B, B]; null for none.</param>
    /// <returns>The loss, a number; with gradients to both sides.</returns>
    public static Tensor Compute(Tensor left, Tensor right, double temperature, double margin = 0, Tensor? duplicates = null)
    {
        var (b, _) = left.Shape2("B H");
        var cosines = left.MatMul(right.Transpose(0, 1)).To(DType.Float32);                   // [B, B]
        if (margin > 0) cosines = cosines - Operators.Call("aten::eye", "", b, DType.Float32) * margin;
        var logits = cosines / temperature;                                                     // [B, B]
        if (duplicates is not null) logits = logits.MaskedFill(duplicates, Excluded);
        var targets = Tensor.Arange(0, b);
        return (logits.CrossEntropy(targets) + logits.Transpose(0, 1).CrossEntropy(targets)) * 0.5;
    }
}
