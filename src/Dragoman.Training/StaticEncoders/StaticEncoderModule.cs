using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Training.Losses;

namespace Dragoman.Training.StaticEncoders;

/// <summary>
/// The static encoder while it is trained: a table of token vectors and a positive weight a token, softplus of a learned number.
/// A text is the L2-normalised weighted sum of its tokens' vectors.
/// </summary>
/// <remarks>The weights begin at a squashed inverse document frequency, after smooth inverse frequency (Arora et al., ICLR 2017).</remarks>
public sealed class StaticEncoderModule : Module
{
    private const double InitialDeviation = 0.02, SmallestNorm = 1e-6;

    /// <summary>Takes over the parameters, which are on the CPU and require gradients from here on.</summary>
    /// <param name="table">Token vectors, shape [V, H].</param>
    /// <param name="rawWeights">Numbers whose softplus weighs the tokens, shape [V].</param>
    public StaticEncoderModule(Tensor table, Tensor rawWeights)
    {
        Table = Register("embeddings.weight", table);
        RawWeights = Register("embeddings.raw_weight", rawWeights);
    }

    /// <summary>Token vectors, shape [V, H].</summary>
    public Parameter Table { get; }

    /// <summary>Numbers whose softplus weighs the tokens, shape [V].</summary>
    public Parameter RawWeights { get; }

    /// <summary>The temperature of the loss, when it is learned with the encoder; no part of what is shipped.</summary>
    public LearnableTemperature? Temperature { get; private set; }

    /// <summary>Makes the temperature a parameter.</summary>
    /// <param name="initial">The first temperature, within [0.01, 1].</param>
    /// <returns>The temperature, which this module owns.</returns>
    public LearnableTemperature LearnTemperature(double initial) => Temperature = Register(new LearnableTemperature(initial));

    /// <summary>A module to train from scratch: vectors from N(0, 0.02), weights from the tokens' frequencies.</summary>
    /// <param name="tokenCounts">How often each token occurs, shape [V].</param>
    /// <param name="cells">Number of texts they were counted in.</param>
    /// <param name="dimension">H.</param>
    public static StaticEncoderModule FromScratch(long[] tokenCounts, int cells, int dimension)
    {
        using var scope = TensorScope.Begin();
        var table = Tensor.Randn([tokenCounts.Length, dimension]) * InitialDeviation;
        var raw = tokenCounts.Select(count => InverseSoftplus(Math.Clamp(Math.Log(cells / (count + 1.0)) / 6, 0.05, 3))).ToArray();
        return new StaticEncoderModule(table, Tensor.From(raw, raw.Length));
    }

    /// <summary>Encodes texts.</summary>
    /// <param name="bags">The texts' tokens, B texts.</param>
    /// <returns>L2-normalised vectors, shape [B, H]; the caller's scope owns them.</returns>
    public Tensor Forward(TokenBags bags)
    {
        var tokens = Tensor.Over(bags.Tokens, bags.Tokens.Length);                               // [N]
        var starts = Tensor.Over(bags.Starts, bags.Starts.Length);                               // [B]
        var weights = RawWeights.Value.IndexSelect(0, tokens).Softplus();                              // [N]
        ForwardProbe.Look("token weights", weights);
        var sums = Table.Value.EmbeddingBag(tokens, starts, weights);                                  // [B, H]
        ForwardProbe.Look("weighted sums", sums);
        return sums / sums.Norm(1, keepDimension: true).ClampMin(SmallestNorm);                  // [B, H]
    }

    /// <summary>The table with the weights multiplied in, shape [V, H], row-major: what is quantised and shipped.</summary>
    public float[] WeightedRows()
    {
        using var scope = TensorScope.Begin();
        using var noGrad = NoGrad.Begin();
        return (Table.Value.Detach() * RawWeights.Value.Detach().Softplus().Unsqueeze(1)).ToArray<float>();
    }

    private static float InverseSoftplus(double value) => (float)Math.Log(Math.Exp(value) - 1);
}
