using Dragoman.Tensors;
using Dragoman.Tensors.Modules;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>Draws the first values of a model that is trained from scratch, from the seed of <see cref="Torch.ManualSeed"/>.</summary>
public static class EncoderInitialiser
{
    /// <summary>
    /// Draws matrices and tables from a normal distribution of mean 0 and sets the padding row of the words (and of XLM-R's positions) to zero; biases stay 0 and
    /// scales of LayerNorm 1 (BERT's reference code).
    /// </summary>
    /// <param name="module">An encoder, or a model that contains one, as constructed.</param>
    /// <param name="config">The encoder's sizes.</param>
    /// <param name="keys">Only parameters of these keys; null for all.</param>
    public static void Initialise(Module module, EncoderConfig config, IReadOnlyCollection<string>? keys = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(config);
        using var off = NoGrad.Begin();
        foreach (var parameter in module.Parameters)
        {
            if (parameter.Value.Dimensions < 2 || keys?.Contains(parameter.Name) == false) continue;
            parameter.Value.NormalInPlace(0, config.InitializerRange);
            var hasPadding = parameter.Name.EndsWith("word_embeddings.weight", StringComparison.Ordinal) ||
                (config.Family == EncoderFamily.XlmRoberta && parameter.Name.EndsWith("position_embeddings.weight", StringComparison.Ordinal));
            if (!hasPadding) continue;
            using var row = parameter.Value.Select(0, config.PadTokenId);
            row.ZeroInPlace();
        }
    }
}
