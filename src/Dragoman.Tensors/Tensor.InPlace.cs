namespace Dragoman.Tensors;

public sealed partial class Tensor
{
    private static readonly Operator AddInPlaceOperator = new("aten::add_", "Tensor"), MulInPlaceOperator = new("aten::mul_", "Tensor"),
        MulScalarInPlaceOperator = new("aten::mul_", "Scalar"), CopyInPlaceOperator = new("aten::copy_"), ZeroInPlaceOperator = new("aten::zero_"),
        FillInPlaceOperator = new("aten::fill_", "Scalar"), NormalInPlaceOperator = new("aten::normal_"), UniformInPlaceOperator = new("aten::uniform_"),
        IndexCopyInPlaceOperator = new("aten::index_copy_"), ClampInPlaceOperator = new("aten::clamp_");

    /// <summary>Adds another tensor, weighted, into this one.</summary>
    /// <param name="other">The other, broadcast.</param>
    /// <param name="alpha">Its weight.</param>
    /// <returns>The same tensor.</returns>
    public Tensor AddInPlace(Tensor other, double alpha = 1)
    {
        AddInPlaceOperator.Do(this, other, alpha);
        return this;
    }

    /// <summary>Multiplies this tensor by another, element by element.</summary>
    /// <param name="other">The other, broadcast.</param>
    /// <returns>The same tensor.</returns>
    public Tensor MulInPlace(Tensor other)
    {
        MulInPlaceOperator.Do(this, other);
        return this;
    }

    /// <summary>Multiplies this tensor by a number.</summary>
    /// <param name="factor">The number.</param>
    /// <returns>The same tensor.</returns>
    public Tensor MulInPlace(double factor)
    {
        MulScalarInPlaceOperator.Do(this, factor);
        return this;
    }

    /// <summary>Moves every element outside two bounds to the nearer of them.</summary>
    /// <param name="minimum">The lower bound.</param>
    /// <param name="maximum">The upper bound.</param>
    /// <returns>The same tensor.</returns>
    public Tensor ClampInPlace(double minimum, double maximum)
    {
        ClampInPlaceOperator.Do(this, minimum, maximum);
        return this;
    }

    /// <summary>Copies another tensor's elements into this one, converted and moved as needed.</summary>
    /// <param name="source">The other, broadcast.</param>
    /// <returns>The same tensor.</returns>
    public Tensor CopyInPlace(Tensor source)
    {
        CopyInPlaceOperator.Do(this, source);
        return this;
    }

    /// <summary>Replaces rows (or other slices) by those of another tensor.</summary>
    /// <param name="dimension">Along which dimension.</param>
    /// <param name="indices">Which, int64, shape [n], each at most once.</param>
    /// <param name="source">The new slices.</param>
    /// <returns>The same tensor.</returns>
    public Tensor IndexCopyInPlace(int dimension, Tensor indices, Tensor source)
    {
        IndexCopyInPlaceOperator.Do(this, dimension, indices, source);
        return this;
    }

    /// <summary>Sets every element to zero.</summary>
    /// <returns>The same tensor.</returns>
    public Tensor ZeroInPlace()
    {
        ZeroInPlaceOperator.Do(this);
        return this;
    }

    /// <summary>Sets every element to a number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The same tensor.</returns>
    public Tensor FillInPlace(double value)
    {
        FillInPlaceOperator.Do(this, value);
        return this;
    }

    /// <summary>Draws every element from a normal distribution.</summary>
    /// <param name="mean">Its mean.</param>
    /// <param name="deviation">Its standard deviation.</param>
    /// <returns>The same tensor.</returns>
    public Tensor NormalInPlace(double mean, double deviation)
    {
        NormalInPlaceOperator.Do(this, mean, deviation);
        return this;
    }

    /// <summary>Draws every element evenly from a range.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end, left out.</param>
    /// <returns>The same tensor.</returns>
    public Tensor UniformInPlace(double low, double high)
    {
        UniformInPlaceOperator.Do(this, low, high);
        return this;
    }
}
