using Dragoman.Tensors;
using Dragoman.Tensors.Modules;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>
/// First values for an encoder whose token vectors were made by a static encoder, so that the mean of its outputs begins as that encoder's sum of vectors and context is what training adds: it cannot start worse.
/// </summary>
/// <remarks>
/// LayerNorm would give every token the same length, and a static encoder's lengths say how much a token counts. Therefore a constant vector c, large beside the words, is added to all tokens (in the text types), the normalisation
/// is nearly the same for all, and the last LayerNorm's bias takes c away again. The biases of what reads the vectors take it away, too, so that layers begin with the words alone; matrices stay as drawn.
/// </remarks>
public static class MeanInitialiser
{
    private const double Ratio = 8, PositionScale = 0.1, OutputScale = 0.25;

    /// <summary>Sets text types, positions and biases.</summary>
    /// <param name="model">An encoder, or a model that contains one, as <see cref="EncoderInitialiser"/> drew it, with token vectors in place: 0 for special tokens.</param>
    /// <param name="config">The encoder's sizes.</param>
    public static void Initialise(Module model, EncoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(config);
        using var off = NoGrad.Begin();
        using var scope = TensorScope.Begin();
        var signs = Tensor.From([.. Enumerable.Range(0, config.HiddenSize).Select(place => place % 2 == 0 ? 1f : -1f)], config.HiddenSize);
        var constant = signs * (Ratio / Math.Sqrt(1 + Ratio * Ratio));                     // c as it is after a LayerNorm, shape [H]
        var last = $"encoder.layer.{config.Layers - 1}.output.LayerNorm.bias";
        var values = model.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            bool Is(string suffix) => name.EndsWith(suffix, StringComparison.Ordinal);
            if (Is("position_embeddings.weight")) value.MulInPlace(PositionScale);
            else if (Is("token_type_embeddings.weight")) value.Select(0, 0).ZeroInPlace();
            if (Is("token_type_embeddings.weight")) value.AddInPlace(signs * (Ratio * config.InitializerRange));
            if (Is(".output.dense.weight")) value.MulInPlace(OutputScale);
            if (Is(last)) value.CopyInPlace(constant * -1.0);
            if (Is("self.query.bias") || Is("self.key.bias") || Is("self.value.bias") || Is("intermediate.dense.bias"))
                value.CopyInPlace(values[name[..^"bias".Length] + "weight"].MatMul(constant) * -1.0);
        }
    }
}
