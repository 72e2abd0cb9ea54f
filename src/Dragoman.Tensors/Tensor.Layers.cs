namespace Dragoman.Tensors;

public sealed partial class Tensor
{
    private static readonly Operator MatMulOperator = new("aten::matmul"), BmmOperator = new("aten::bmm"), AddmmOperator = new("aten::addmm"),
        LinearOperator = new("aten::linear"), SoftmaxOperator = new("aten::softmax", "int"), LogSoftmaxOperator = new("aten::log_softmax", "int"),
        LayerNormOperator = new("aten::layer_norm"), GeluOperator = new("aten::gelu"), ReluOperator = new("aten::relu"), SoftplusOperator = new("aten::softplus"),
        LogSigmoidOperator = new("aten::log_sigmoid"), DropoutOperator = new("aten::dropout"), EmbeddingOperator = new("aten::embedding"),
        EmbeddingBagOperator = new("aten::embedding_bag"), CrossEntropyOperator = new("aten::cross_entropy_loss"),
        BaddbmmOperator = new("aten::baddbmm");

    /// <summary>Matrix product, batched over leading dimensions as in PyTorch.</summary>
    /// <param name="other">The right factor.</param>
    public Tensor MatMul(Tensor other) => MatMulOperator.Call(this, other);

    /// <summary>Product of two stacks of matrices, [B, n, m] by [B, m, p].</summary>
    /// <param name="other">The right factors.</param>
    public Tensor Bmm(Tensor other) => BmmOperator.Call(this, other);

    /// <summary>This tensor times beta plus alpha times a product of matrices.</summary>
    /// <param name="left">Left factor, shape [n, m].</param>
    /// <param name="right">Right factor, shape [m, p].</param>
    /// <param name="beta">Weight of this tensor.</param>
    /// <param name="alpha">Weight of the product.</param>
    public Tensor Addmm(Tensor left, Tensor right, double beta = 1, double alpha = 1) => AddmmOperator.Call(this, left, right, beta, alpha);

    /// <summary>This tensor times beta plus alpha times a product of stacks of matrices.</summary>
    /// <param name="left">Left factors, shape [B, n, m].</param>
    /// <param name="right">Right factors, shape [B, m, p].</param>
    /// <param name="beta">Weight of this tensor.</param>
    /// <param name="alpha">Weight of the product.</param>
    public Tensor Baddbmm(Tensor left, Tensor right, double beta = 1, double alpha = 1) => BaddbmmOperator.Call(this, left, right, beta, alpha);

    /// <summary>The layer x·Wᵀ + b.</summary>
    /// <param name="weight">Weights, shape [out, in].</param>
    /// <param name="bias">Bias, shape [out]; null for none.</param>
    /// <returns>Shape [..., out].</returns>
    public Tensor Linear(Tensor weight, Tensor? bias = null) => LinearOperator.Call(this, weight, bias);

    /// <summary>Probabilities along a dimension.</summary>
    /// <param name="dimension">Which.</param>
    public Tensor Softmax(int dimension) => SoftmaxOperator.Call(this, dimension);

    /// <summary>Logarithms of probabilities along a dimension.</summary>
    /// <param name="dimension">Which.</param>
    public Tensor LogSoftmax(int dimension) => LogSoftmaxOperator.Call(this, dimension);

    /// <summary>Normalises the last dimension to mean 0 and variance 1, then scales and shifts (Ba, Kiros and Hinton, 2016).</summary>
    /// <param name="weight">Scale, shape [H].</param>
    /// <param name="bias">Shift, shape [H].</param>
    /// <param name="epsilon">Added to the variance.</param>
    public Tensor LayerNorm(Tensor weight, Tensor bias, double epsilon) => LayerNormOperator.Call(this, new[] { Size(-1) }, weight, bias, epsilon);

    /// <summary>x·Φ(x) with the exact normal distribution function (Hendrycks and Gimpel, 2016).</summary>
    public Tensor Gelu() => GeluOperator.Call(this);

    /// <summary>x·Φ(x) by its approximation with the hyperbolic tangent.</summary>
    public Tensor GeluTanh() => GeluOperator.Call(this, "tanh");

    /// <summary>max(0, x).</summary>
    public Tensor Relu() => ReluOperator.Call(this);

    /// <summary>log(1 + exp(x)).</summary>
    public Tensor Softplus() => SoftplusOperator.Call(this);

    /// <summary>log(1 / (1 + exp(-x))).</summary>
    public Tensor LogSigmoid() => LogSigmoidOperator.Call(this);

    /// <summary>Sets elements to zero at random while training, and scales the others so that the mean stays.</summary>
    /// <param name="probability">Share set to zero, within [0, 1].</param>
    /// <param name="training">False returns the elements unchanged.</param>
    public Tensor Dropout(double probability, bool training) => DropoutOperator.Call(this, probability, training);

    /// <summary>Rows of a table by number. This tensor is the table, shape [V, H].</summary>
    /// <param name="indices">Row numbers, int64, any shape.</param>
    /// <param name="paddingIndex">A row that gets no gradient; -1 for none.</param>
    /// <param name="sparse">Make the gradient hold only the rows used.</param>
    /// <returns>Shape [indices…, H].</returns>
    public Tensor Embedding(Tensor indices, long paddingIndex = -1, bool sparse = false) => EmbeddingOperator.Call(this, indices, paddingIndex, false, sparse);

    /// <summary>Weighted sums of rows of a table, one per bag, without the rows in between. This tensor is the table, shape [V, H].</summary>
    /// <param name="indices">Row numbers of all bags one after another, int64, shape [n].</param>
    /// <param name="offsets">Where each bag begins, int64, shape [B].</param>
    /// <param name="weights">A weight for each index, shape [n]; null for 1.</param>
    /// <param name="sparse">Make the gradient hold only the rows used.</param>
    /// <returns>Shape [B, H]; an empty bag is zero.</returns>
    public Tensor EmbeddingBag(Tensor indices, Tensor offsets, Tensor? weights = null, bool sparse = false) =>
        EmbeddingBagOperator.Call(this, indices, offsets, false, 0, sparse, weights);

    /// <summary>Mean over rows of -log softmax at the target, with labels smoothed.</summary>
    /// <param name="targets">Class numbers, int64, shape [B]; -100 leaves a row out.</param>
    /// <param name="labelSmoothing">Share of the mass spread over all classes, within [0, 1].</param>
    public Tensor CrossEntropy(Tensor targets, double labelSmoothing = 0) => CrossEntropyOperator.Call(this, targets, Argument.None, 1, -100, labelSmoothing);
}
