namespace Dragoman.Evaluation.Significance;

/// <summary>A confidence interval, ends included.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end, not below <paramref name="Low"/>.</param>
public readonly record struct Interval(double Low, double High)
{
    internal static Interval Sorted(double one, double other) => one <= other ? new Interval(one, other) : new Interval(other, one);
}
