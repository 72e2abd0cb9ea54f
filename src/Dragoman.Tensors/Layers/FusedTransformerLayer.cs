using Dragoman.Tensors.Native;

namespace Dragoman.Tensors.Layers;

/// <summary>The function between the two halves of a feed-forward layer; the same numbers as in <c>dragoman_torch.h</c>.</summary>
public enum FusedActivation
{
    /// <summary>x·Φ(x) with the normal distribution function, to 1e-7.</summary>
    Gelu = 0,

    /// <summary>GELU by the hyperbolic tangent.</summary>
    GeluTanh = 1,

    /// <summary>The positive part.</summary>
    Relu = 2,
}

/// <summary>The parameters of a <see cref="FusedTransformerLayer"/>, float32 in main memory. Matrices are [out, in].</summary>
/// <param name="Query">Weight and bias of the queries.</param>
/// <param name="Key">Weight and bias of the keys.</param>
/// <param name="Value">Weight and bias of the values.</param>
/// <param name="AttentionOutput">Weight and bias of attention's output.</param>
/// <param name="AttentionNorm">Scale and shift of the norm after attention.</param>
/// <param name="Intermediate">Weight and bias of the way up.</param>
/// <param name="Output">Weight and bias of the way down.</param>
/// <param name="OutputNorm">Scale and shift of the last norm.</param>
public sealed record FusedLayerWeights(
    (Tensor Weight, Tensor Bias) Query, (Tensor Weight, Tensor Bias) Key, (Tensor Weight, Tensor Bias) Value, (Tensor Weight, Tensor Bias) AttentionOutput, (Tensor Scale, Tensor Shift) AttentionNorm,
    (Tensor Weight, Tensor Bias) Intermediate, (Tensor Weight, Tensor Bias) Output, (Tensor Scale, Tensor Shift) OutputNorm);

/// <summary>
/// A layer of BERT on the CPU as one native call, forward and backward, over sequences laid end to end without padding: bias, activation, residual, norm and dropout in one pass each, attention
/// without its matrix of scores in memory. Products run in bfloat16 where autocast is on, with weights that are converted once and again after they changed; all else is float32. Safe on several
/// threads while nothing trains it. There is no second derivative.
/// </summary>
/// <remarks>Vaswani et al., NIPS 2017, section 3. Deviation: dropout draws its mask from a hash of a seed from the engine's generator and of the place, not from the generator itself.</remarks>
public sealed unsafe class FusedTransformerLayer : IDisposable
{
    private readonly LayerHandle _handle;

    /// <summary>Makes a layer of weights, which stay the caller's and are not copied.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="heads">Attention heads; the width is a multiple.</param>
    /// <param name="activation">Between the halves of the feed-forward layer.</param>
    /// <param name="epsilon">Added to the variance in both norms, above 0.</param>
    /// <exception cref="Errors.TensorOperatorException">A weight is not float32 in main memory.</exception>
    public FusedTransformerLayer(FusedLayerWeights weights, int heads, FusedActivation activation, double epsilon)
    {
        ArgumentNullException.ThrowIfNull(weights);
        BridgeLoader.Require();
        var all = new[] { weights.Query, weights.Key, weights.Value, weights.AttentionOutput, weights.AttentionNorm, weights.Intermediate, weights.Output, weights.OutputNorm };
        var tensors = all.SelectMany(pair => new[] { pair.Item1, pair.Item2 }).ToArray();
        var handles = stackalloc nint[tensors.Length];
        for (var index = 0; index < tensors.Length; index++) handles[index] = tensors[index].Handle.DangerousGetHandle();
        Bridge.Check(Bridge.CreateLayer(handles, heads, (int)activation, epsilon, out var layer), "fused layer", tensors);
        GC.KeepAlive(tensors);
        _handle = new LayerHandle(layer);
    }

    /// <summary>Runs the layer, recording gradients if they are on.</summary>
    /// <param name="x">Vectors of all sequences' tokens one after another, float32, shape [N, H].</param>
    /// <param name="offsets">Where each sequence begins and, last, N; int64, shape [B + 1]; every sequence has a token.</param>
    /// <param name="firstOnly">Compute only what the first token of each sequence becomes.</param>
    /// <param name="attentionDropout">Share of attention weights dropped, within [0, 1).</param>
    /// <param name="hiddenDropout">Share of hidden values dropped, within [0, 1).</param>
    /// <returns>Shape [N, H], or [B, H] for the first tokens only; the caller owns it.</returns>
    /// <exception cref="Errors.TensorOperatorException">The input has another type or shape.</exception>
    public Tensor Forward(Tensor x, Tensor offsets, bool firstOnly = false, double attentionDropout = 0, double hiddenDropout = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(offsets);
        Bridge.Check(Bridge.ForwardLayer(_handle, x.Handle, offsets.Handle, firstOnly ? 1 : 0, attentionDropout, hiddenDropout, out var result), "fused layer", x, offsets);
        return Tensor.Own(result);
    }

    /// <summary>Frees the layer, not its weights.</summary>
    public void Dispose() => _handle.Dispose();
}
