namespace Dragoman.Tensors;

public sealed partial class Tensor
{
    private static readonly Operator SumOperator = new("aten::sum"), SumDimOperator = new("aten::sum", "dim_IntList"), MeanOperator = new("aten::mean"),
        MeanDimOperator = new("aten::mean", "dim"), MaxOperator = new("aten::max"), MaxDimOperator = new("aten::max", "dim"), MinOperator = new("aten::min"),
        ArgMaxOperator = new("aten::argmax"), TopKOperator = new("aten::topk"), SortOperator = new("aten::sort"), NormOperator = new("aten::linalg_vector_norm"),
        LogSumExpOperator = new("aten::logsumexp"), CumsumOperator = new("aten::cumsum"), VarOperator = new("aten::var", "correction"),
        AllCloseOperator = new("aten::allclose"), EqualOperator = new("aten::equal"), AnyOperator = new("aten::any"), AllOperator = new("aten::all");

    /// <summary>Sum of all elements.</summary>
    public Tensor Sum() => SumOperator.Call(this);

    /// <summary>Sum along a dimension.</summary>
    /// <param name="dimension">Which.</param>
    /// <param name="keepDimension">Keep it, with length 1.</param>
    public Tensor Sum(int dimension, bool keepDimension = false) => SumDimOperator.Call(this, dimension, keepDimension);

    /// <summary>Mean of all elements.</summary>
    public Tensor Mean() => MeanOperator.Call(this);

    /// <summary>Mean along a dimension.</summary>
    /// <param name="dimension">Which.</param>
    /// <param name="keepDimension">Keep it, with length 1.</param>
    public Tensor Mean(int dimension, bool keepDimension = false) => MeanDimOperator.Call(this, dimension, keepDimension);

    /// <summary>The largest element.</summary>
    public Tensor Max() => MaxOperator.Call(this);

    /// <summary>The smallest element.</summary>
    public Tensor Min() => MinOperator.Call(this);

    /// <summary>The largest along a dimension, and where it is.</summary>
    /// <param name="dimension">Which.</param>
    /// <param name="keepDimension">Keep it, with length 1.</param>
    public (Tensor Values, Tensor Indices) Max(int dimension, bool keepDimension = false) => Pair(MaxDimOperator.CallAll(this, dimension, keepDimension));

    /// <summary>Where the largest along a dimension is, int64.</summary>
    /// <param name="dimension">Which.</param>
    public Tensor ArgMax(int dimension) => ArgMaxOperator.Call(this, dimension);

    /// <summary>The k largest along a dimension, largest first, and where they are.</summary>
    /// <param name="k">How many.</param>
    /// <param name="dimension">Which.</param>
    public (Tensor Values, Tensor Indices) TopK(long k, int dimension = -1) => Pair(TopKOperator.CallAll(this, k, dimension));

    /// <summary>The elements along a dimension in order, and where they were.</summary>
    /// <param name="dimension">Which.</param>
    /// <param name="descending">Largest first.</param>
    public (Tensor Values, Tensor Indices) Sort(int dimension = -1, bool descending = false) => Pair(SortOperator.CallAll(this, dimension, descending));

    /// <summary>Euclidean length of all elements as one vector.</summary>
    public Tensor Norm() => NormOperator.Call(this, 2.0);

    /// <summary>Euclidean length along a dimension.</summary>
    /// <param name="dimension">Which.</param>
    /// <param name="keepDimension">Keep it, with length 1.</param>
    public Tensor Norm(int dimension, bool keepDimension = false) => NormOperator.Call(this, 2.0, dimension, keepDimension);

    /// <summary>Variance along a dimension.</summary>
    /// <param name="dimension">Which.</param>
    /// <param name="correction">0 divides by n, 1 by n - 1.</param>
    /// <param name="keepDimension">Keep it, with length 1.</param>
    public Tensor Variance(int dimension, long correction = 1, bool keepDimension = false) => VarOperator.Call(this, dimension, correction, keepDimension);

    /// <summary>Logarithm of the summed exponentials along a dimension, without overflow.</summary>
    /// <param name="dimension">Which.</param>
    /// <param name="keepDimension">Keep it, with length 1.</param>
    public Tensor LogSumExp(int dimension, bool keepDimension = false) => LogSumExpOperator.Call(this, dimension, keepDimension);

    /// <summary>Running sum along a dimension.</summary>
    /// <param name="dimension">Which.</param>
    public Tensor CumulativeSum(int dimension) => CumsumOperator.Call(this, dimension);

    /// <summary>Whether any element is true, one truth value.</summary>
    public Tensor Any() => AnyOperator.Call(this);

    /// <summary>Whether all elements are true, one truth value.</summary>
    public Tensor All() => AllOperator.Call(this);

    /// <summary>Whether shapes and all elements are equal.</summary>
    /// <param name="other">The other tensor.</param>
    public bool IsEqualTo(Tensor other) => EqualOperator.CallNumber(this, other) != 0;

    /// <summary>Whether all elements are nearly equal: |a - b| ≤ absolute + relative·|b|.</summary>
    /// <param name="other">The other tensor, of the same type.</param>
    /// <param name="relative">Relative tolerance.</param>
    /// <param name="absolute">Absolute tolerance.</param>
    public bool IsCloseTo(Tensor other, double relative = 1e-5, double absolute = 1e-8) => AllCloseOperator.CallNumber(this, other, relative, absolute) != 0;

    private static (Tensor, Tensor) Pair(Tensor?[] results) => (results[0]!, results[1]!);
}
