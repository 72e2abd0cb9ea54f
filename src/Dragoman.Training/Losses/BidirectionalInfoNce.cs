using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>In-batch contrastive loss in both directions: each text must find its partner among all texts of the other side, and the other way round.</summary>
/// <remarks>
/// What it rewards: the pair's cosine above the cosines of all other pairs; a common offset of all cosines cancels in the softmax, so that it cannot collapse
/// as a cosine hinge can. For pair i, with c_ij the cosines and logits z_ij = (c_ij − margin·[i = j]) / temperature:
/// L_i = ½ [ −log( e^{z_ii} / (Σ_j e^{z_ij} + Σ_m e^{z_im}) ) − log( e^{z_ii} / Σ_j e^{z_ji} ) ], j over pairs that are not excluded, m over hard negatives.
/// Within [0, ∞). A pair without any negative has no signal.
/// Source: additive-margin translation ranking of LaBSE (Feng et al., ACL 2022), InfoNCE of van den Oord et al. (2018); the learned temperature is CLIP's (Radford et
/// al., ICML 2021). Relatives: multiple-negatives ranking; <see cref="DebiasedContrastiveLoss"/>.
/// </remarks>
public static class BidirectionalInfoNce
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="left">L2-normalised vectors, shape [B, H].</param>
    /// <param name="right">L2-normalised vectors, shape [B, H]; row n translates row n of <paramref name="left"/>.</param>
    /// <param name="temperature">Divides the cosines, above 0; 0.05 is usual. Smaller is sharper.</param>
    /// <param name="margin">Taken from each pair's own cosine, 0 or more.</param>
    /// <param name="duplicates">True where a text of another pair must not count as a negative, shape [B, B]; null for none.</param>
    /// <returns>The loss, a number; with gradients to both sides.</returns>
    public static Tensor Compute(Tensor left, Tensor right, double temperature, double margin = 0, Tensor? duplicates = null) =>
        Compute(new ContrastiveBatch(left, right) { Excluded = duplicates }, temperature, margin).Mean();

    /// <summary>The loss of each pair of a batch at a given temperature.</summary>
    /// <param name="batch">The pairs.</param>
    /// <param name="temperature">Divides the cosines, above 0; 0.05 is usual.</param>
    /// <param name="margin">Taken from each pair's own cosine, 0 or more: 0.3 for translations (LaBSE), 0 to 0.1 for retrieval.</param>
    /// <returns>Losses by pair, shape [B]; the caller owns the tensors.</returns>
    /// <exception cref="Dragoman.Tensors.Errors.ShapeException">The batch's tensors do not fit each other.</exception>
    public static LossOutcome Compute(ContrastiveBatch batch, double temperature, double margin = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        return Compute(batch, cosines => cosines / temperature, margin);
    }

    /// <summary>The loss of each pair of a batch at a learned temperature, which gets a gradient too.</summary>
    /// <param name="batch">The pairs.</param>
    /// <param name="temperature">The temperature.</param>
    /// <param name="margin">Taken from each pair's own cosine, 0 or more.</param>
    /// <returns>Losses by pair, shape [B]; the caller owns the tensors.</returns>
    /// <exception cref="Dragoman.Tensors.Errors.ShapeException">The batch's tensors do not fit each other.</exception>
    public static LossOutcome Compute(ContrastiveBatch batch, LearnableTemperature temperature, double margin = 0)
    {
        ArgumentNullException.ThrowIfNull(temperature);
        return Compute(batch, cosines => cosines * temperature.Scale(), margin);
    }

    private static LossOutcome Compute(ContrastiveBatch batch, Func<Tensor, Tensor> scaled, double margin)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        var (b, h) = batch.Left.Shape2("B H");
        batch.Right.RequireShape("right", b, h);
        using var scope = TensorScope.Begin();
        var places = Tensor.Arange(0, b, device: batch.Left.Device);
        var own = places.Unsqueeze(0).Eq(places.Unsqueeze(1));                                             // [B, B]
        var cosines = Cosines(batch.Left, batch.Right);                                                    // [B, B]
        if (margin > 0) cosines = cosines - own.To(cosines.Type) * margin;
        var logits = scaled(cosines);                                                                      // [B, B]
        var competing = own.Not();                                                                         // [B, B], who is whose negative
        if (batch.Excluded is { } excluded)
        {
            competing = competing.And(excluded.RequireShape("excluded", b, b).Not());
            logits = logits.MaskedFill(competing.Or(own).Not(), MaskedLists.Lowest);
        }
        var backward = logits.LogSoftmax(0).Diagonal();                                                    // [B], log share of i among the left texts
        var rivals = MaskedLists.Count(competing, DType.Int64) + MaskedLists.Count(competing.Transpose(0, 1), DType.Int64);
        if (batch.HardNegatives is { } hard)
        {
            var (hardLogits, counted) = HardNegatives(batch, hard, scaled);                                // [B, M], [B]
            (logits, rivals) = (Tensor.Cat([logits, hardLogits], 1), rivals + counted);
        }
        var losses = (logits.LogSoftmax(1).Diagonal() + backward) * -0.5;                                  // [B]
        var signal = rivals.Gt(0);
        var weights = batch.Weights?.RequireShape("weights", b).To(losses.Type).Detach() ?? losses.Detach().OnesLike();
        return new LossOutcome(scope.Keep(losses.MaskedFill(signal.Not(), 0)), scope.Keep(signal), scope.Keep(weights.MaskedFill(signal.Not(), 0)));
    }

    private static (Tensor Logits, Tensor Counted) HardNegatives(ContrastiveBatch batch, Tensor hard, Func<Tensor, Tensor> scaled)
    {
        hard.RequireShape("hard negatives", -1, batch.Left.Size(1));
        var logits = scaled(Cosines(batch.Left, hard));                                                    // [B, M]
        var excluded = batch.ExcludedHard?.RequireShape("excluded hard negatives", [.. logits.Shape]).Ne(0) ?? Tensor.Zeros([.. logits.Shape], DType.Bool, logits.Device);
        return (logits.MaskedFill(excluded, MaskedLists.Lowest), MaskedLists.Count(excluded.Not(), DType.Int64));
    }

    private static Tensor Cosines(Tensor left, Tensor right) => LossPrecision.Wide(left.MatMul(right.Transpose(0, 1)));
}
