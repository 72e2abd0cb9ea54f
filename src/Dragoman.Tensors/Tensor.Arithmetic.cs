using System.Diagnostics.CodeAnalysis;

namespace Dragoman.Tensors;

[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "In-place forms have names of their own; these read as in PyTorch.")]
public sealed partial class Tensor
{
    private static readonly Operator ItemOperator = new("aten::item"), AddOperator = new("aten::add", "Tensor"), AddScalarOperator = new("aten::add", "Scalar"),
        SubOperator = new("aten::sub", "Tensor"), SubScalarOperator = new("aten::sub", "Scalar"), RsubScalarOperator = new("aten::rsub", "Scalar"),
        MulOperator = new("aten::mul", "Tensor"), MulScalarOperator = new("aten::mul", "Scalar"), DivOperator = new("aten::div", "Tensor"),
        DivScalarOperator = new("aten::div", "Scalar"), ReciprocalOperator = new("aten::reciprocal"), NegOperator = new("aten::neg"), ExpOperator = new("aten::exp"),
        Exp2Operator = new("aten::exp2"), Expm1Operator = new("aten::expm1"),
        LogOperator = new("aten::log"), Log1pOperator = new("aten::log1p"), SqrtOperator = new("aten::sqrt"), RsqrtOperator = new("aten::rsqrt"),
        AbsOperator = new("aten::abs"), SquareOperator = new("aten::square"), PowOperator = new("aten::pow", "Tensor_Scalar"), TanhOperator = new("aten::tanh"),
        SigmoidOperator = new("aten::sigmoid"), ClampMinOperator = new("aten::clamp_min"), ClampMaxOperator = new("aten::clamp_max"),
        EqOperator = new("aten::eq", "Tensor"), EqScalarOperator = new("aten::eq", "Scalar"), NeScalarOperator = new("aten::ne", "Scalar"),
        LtOperator = new("aten::lt", "Tensor"), LtScalarOperator = new("aten::lt", "Scalar"), GtOperator = new("aten::gt", "Tensor"),
        GtScalarOperator = new("aten::gt", "Scalar"), GeScalarOperator = new("aten::ge", "Scalar"), LeScalarOperator = new("aten::le", "Scalar"),
        NotOperator = new("aten::logical_not"), AndOperator = new("aten::logical_and"), OrOperator = new("aten::logical_or"),
        MaximumOperator = new("aten::maximum"), MinimumOperator = new("aten::minimum");

    /// <summary>Element-wise sum, broadcast.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => AddOperator.Call(left, right);

    /// <summary>Adds a number to every element.</summary>
    public static Tensor operator +(Tensor left, double right) => AddScalarOperator.Call(left, right);

    /// <summary>Adds a whole number to every element; integers stay integers.</summary>
    public static Tensor operator +(Tensor left, long right) => AddScalarOperator.Call(left, right);

    /// <summary>Adds a number to every element.</summary>
    public static Tensor operator +(double left, Tensor right) => AddScalarOperator.Call(right, left);

    /// <summary>Adds a whole number to every element; integers stay integers.</summary>
    public static Tensor operator +(long left, Tensor right) => AddScalarOperator.Call(right, left);

    /// <summary>Element-wise difference, broadcast.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => SubOperator.Call(left, right);

    /// <summary>Subtracts a number from every element.</summary>
    public static Tensor operator -(Tensor left, double right) => SubScalarOperator.Call(left, right);

    /// <summary>Subtracts a whole number from every element; integers stay integers.</summary>
    public static Tensor operator -(Tensor left, long right) => SubScalarOperator.Call(left, right);

    /// <summary>Subtracts every element from a number.</summary>
    public static Tensor operator -(double left, Tensor right) => RsubScalarOperator.Call(right, left);

    /// <summary>Subtracts every element from a whole number; integers stay integers.</summary>
    public static Tensor operator -(long left, Tensor right) => RsubScalarOperator.Call(right, left);

    /// <summary>Every element with its sign changed.</summary>
    public static Tensor operator -(Tensor value) => NegOperator.Call(value);

    /// <summary>Element-wise product, broadcast.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => MulOperator.Call(left, right);

    /// <summary>Multiplies every element by a number.</summary>
    public static Tensor operator *(Tensor left, double right) => MulScalarOperator.Call(left, right);

    /// <summary>Multiplies every element by a whole number; integers stay integers.</summary>
    public static Tensor operator *(Tensor left, long right) => MulScalarOperator.Call(left, right);

    /// <summary>Multiplies every element by a number.</summary>
    public static Tensor operator *(double left, Tensor right) => MulScalarOperator.Call(right, left);

    /// <summary>Multiplies every element by a whole number; integers stay integers.</summary>
    public static Tensor operator *(long left, Tensor right) => MulScalarOperator.Call(right, left);

    /// <summary>Element-wise quotient, broadcast.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => DivOperator.Call(left, right);

    /// <summary>Divides every element by a number.</summary>
    public static Tensor operator /(Tensor left, double right) => DivScalarOperator.Call(left, right);

    /// <summary>Divides a number by every element.</summary>
    public static Tensor operator /(double left, Tensor right)
    {
        using var reciprocal = ReciprocalOperator.Call(right);
        return MulScalarOperator.Call(reciprocal, left);
    }

    /// <summary>e to the power of every element.</summary>
    public Tensor Exp() => ExpOperator.Call(this);

    /// <summary>2 to the power of every element; exact for whole numbers.</summary>
    public Tensor Exp2() => Exp2Operator.Call(this);

    /// <summary>e to the power of every element, minus 1, exact near 0.</summary>
    public Tensor Expm1() => Expm1Operator.Call(this);

    /// <summary>Natural logarithm of every element.</summary>
    public Tensor Log() => LogOperator.Call(this);

    /// <summary>Natural logarithm of one plus every element.</summary>
    public Tensor Log1p() => Log1pOperator.Call(this);

    /// <summary>Square root of every element.</summary>
    public Tensor Sqrt() => SqrtOperator.Call(this);

    /// <summary>One over the square root of every element.</summary>
    public Tensor Rsqrt() => RsqrtOperator.Call(this);

    /// <summary>Magnitude of every element.</summary>
    public Tensor Abs() => AbsOperator.Call(this);

    /// <summary>Square of every element.</summary>
    public Tensor Square() => SquareOperator.Call(this);

    /// <summary>Every element to a power.</summary>
    /// <param name="exponent">The power.</param>
    public Tensor Pow(double exponent) => PowOperator.Call(this, exponent);

    /// <summary>Hyperbolic tangent of every element, within (-1, 1).</summary>
    public Tensor Tanh() => TanhOperator.Call(this);

    /// <summary>1 / (1 + exp(-x)) of every element, within (0, 1).</summary>
    public Tensor Sigmoid() => SigmoidOperator.Call(this);

    /// <summary>Every element, or the bound where the element is below it.</summary>
    /// <param name="minimum">The bound.</param>
    public Tensor ClampMin(double minimum) => ClampMinOperator.Call(this, minimum);

    /// <summary>Every element, or the bound where the element is above it.</summary>
    /// <param name="maximum">The bound.</param>
    public Tensor ClampMax(double maximum) => ClampMaxOperator.Call(this, maximum);

    /// <summary>The larger of two elements, broadcast.</summary>
    /// <param name="other">The other tensor.</param>
    public Tensor Maximum(Tensor other) => MaximumOperator.Call(this, other);

    /// <summary>The smaller of two elements, broadcast.</summary>
    /// <param name="other">The other tensor.</param>
    public Tensor Minimum(Tensor other) => MinimumOperator.Call(this, other);

    /// <summary>True where elements are equal, broadcast.</summary>
    /// <param name="other">The other tensor.</param>
    public Tensor Eq(Tensor other) => EqOperator.Call(this, other);

    /// <summary>True where elements equal a number.</summary>
    /// <param name="value">The number.</param>
    public Tensor Eq(double value) => EqScalarOperator.Call(this, value);

    /// <summary>True where elements differ from a number.</summary>
    /// <param name="value">The number.</param>
    public Tensor Ne(double value) => NeScalarOperator.Call(this, value);

    /// <summary>True where elements are smaller, broadcast.</summary>
    /// <param name="other">The other tensor.</param>
    public Tensor Lt(Tensor other) => LtOperator.Call(this, other);

    /// <summary>True where elements are smaller than a number.</summary>
    /// <param name="value">The number.</param>
    public Tensor Lt(double value) => LtScalarOperator.Call(this, value);

    /// <summary>True where elements are at most a number.</summary>
    /// <param name="value">The number.</param>
    public Tensor Le(double value) => LeScalarOperator.Call(this, value);

    /// <summary>True where elements are larger, broadcast.</summary>
    /// <param name="other">The other tensor.</param>
    public Tensor Gt(Tensor other) => GtOperator.Call(this, other);

    /// <summary>True where elements are larger than a number.</summary>
    /// <param name="value">The number.</param>
    public Tensor Gt(double value) => GtScalarOperator.Call(this, value);

    /// <summary>True where elements are at least a number.</summary>
    /// <param name="value">The number.</param>
    public Tensor Ge(double value) => GeScalarOperator.Call(this, value);

    /// <summary>True where elements are zero or false.</summary>
    public Tensor Not() => NotOperator.Call(this);

    /// <summary>True where both are true.</summary>
    /// <param name="other">The other tensor.</param>
    public Tensor And(Tensor other) => AndOperator.Call(this, other);

    /// <summary>True where one is true.</summary>
    /// <param name="other">The other tensor.</param>
    public Tensor Or(Tensor other) => OrOperator.Call(this, other);
}
