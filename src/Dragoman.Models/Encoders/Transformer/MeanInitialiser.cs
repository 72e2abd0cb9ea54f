using Dragoman.Tensors;
using Dragoman.Tensors.Modules;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>
/// First values for an encoder whose token vectors were made by a static encoder, so that the mean of its outputs begins as that encoder's sum of vectors, and context is what training adds.
/// </summary>
/// <remarks>
/// LayerNorm would give every token the same length, and a static encoder's lengths say how much a token counts. Therefore the first coordinate is given away: before each LayerNorm it holds a number so large that the others are
/// nothing beside it, and all tokens are divided by nearly the same; the LayerNorm's scale takes it away again and gives the words back their size, so that no product of matrices sees it. Real encoders have such outlier dimensions,
/// too (Kovaleva et al., Findings of ACL 2021). The matrices stay as drawn, those that write smaller.
/// </remarks>
public static class MeanInitialiser
{
    private const double Ratio = 8, PositionScale = 0.1, OutputScale = 0.25;

    /// <summary>Sets text types, positions, scales and biases.</summary>
    /// <param name="model">An encoder, or a model that contains one, as <see cref="EncoderInitialiser"/> drew it, with token vectors in place: 0 for special tokens.</param>
    /// <param name="config">The encoder's sizes.</param>
    public static void Initialise(Module model, EncoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(config);
        using var off = NoGrad.Begin();
        foreach (var parameter in model.Parameters)
        {
            using var scope = TensorScope.Begin();
            var (name, value) = (parameter.Name, parameter.Value);
            bool Is(string suffix) => name.EndsWith(suffix, StringComparison.Ordinal);
            if (Is("position_embeddings.weight")) value.MulInPlace(PositionScale);
            if (Is("token_type_embeddings.weight")) value.Select(0, 0).ZeroInPlace();
            if (Is("_embeddings.weight")) value.Select(1, 0).FillInPlace(Is("token_type_embeddings.weight") ? Large(config, config.InitializerRange) : 0);
            if (Is(".output.dense.weight")) value.MulInPlace(OutputScale);
            if (Is(".output.dense.bias")) value.Narrow(0, 0, 1).FillInPlace(Large(config, 1));
            if (!Is("LayerNorm.weight") && !Is("LayerNorm.bias")) continue;
            value.FillInPlace(Is("weight") ? Math.Sqrt(1 + Ratio * Ratio) : Ratio / Math.Sqrt(config.HiddenSize));   // the bias undoes the share of the first coordinate in the mean
            value.Narrow(0, 0, 1).ZeroInPlace();
        }
    }

    /// <summary>The first coordinate, for words whose numbers are of a given size.</summary>
    private static double Large(EncoderConfig config, double size) => Ratio * Math.Sqrt(config.HiddenSize) * size;
}
