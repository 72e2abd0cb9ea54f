using Dragoman.Tensors;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>How the vectors of tokens become the vector of a text.</summary>
public enum Pooling
{
    /// <summary>The first token's vector.</summary>
    Cls,

    /// <summary>The mean over real tokens.</summary>
    Mean,

    /// <summary>The model's pooler: tanh of a dense layer over the first token.</summary>
    Pooler,
}

/// <summary>Makes one vector per text.</summary>
public static class PoolingLayer
{
    /// <summary>Pools the last layer.</summary>
    /// <param name="encoder">The encoder that made the vectors.</param>
    /// <param name="hidden">Vectors, shape [B, T, H]; for <see cref="Pooling.Cls"/> and <see cref="Pooling.Pooler"/> those of the first tokens, shape [B, H], will do.</param>
    /// <param name="mask">1 for tokens, 0 for padding, shape [B, T].</param>
    /// <param name="pooling">How.</param>
    /// <param name="normalise">Scale each vector to Euclidean length 1; zero stays zero.</param>
    /// <returns>Shape [B, H]; the caller owns it.</returns>
    /// <exception cref="InvalidOperationException">The encoder has no pooler and it was asked for.</exception>
    public static Tensor Forward(TransformerEncoder encoder, Tensor hidden, Tensor mask, Pooling pooling, bool normalise)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(mask);
        using var scope = TensorScope.Begin();
        var pooled = pooling switch
        {
            Pooling.Cls => hidden.Dimensions == 3 ? hidden.Select(1, 0) : hidden,
            Pooling.Pooler => encoder.Pool(hidden),
            _ => (hidden * mask.Unsqueeze(-1)).Sum(1) / mask.Sum(1, keepDimension: true).ClampMin(1),
        };                                                                                                               // [B, H]
        if (pooled.Type != DType.Float32 && pooled.Type != DType.Float64) pooled = pooled.To(DType.Float32);
        return scope.Keep(normalise ? pooled / pooled.Norm(1, keepDimension: true).ClampMin(1e-12) : pooled);
    }
}
