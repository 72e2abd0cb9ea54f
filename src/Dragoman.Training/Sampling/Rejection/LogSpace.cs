namespace Dragoman.Training.Sampling.Rejection;

/// <summary>Sums of probabilities that are kept as logarithms, so that none overflows or vanishes.</summary>
internal static class LogSpace
{
    /// <summary>log Σ exp(v); −∞ when every value is −∞ or there is none.</summary>
    /// <param name="values">Logarithms; −∞ stands for 0.</param>
    internal static double LogSumExp(ReadOnlySpan<double> values)
    {
        var greatest = Max(values);
        if (double.IsInfinity(greatest)) return greatest;
        var sum = 0.0;
        foreach (var value in values) sum += Math.Exp(value - greatest);
        return greatest + Math.Log(sum);
    }

    /// <summary>The greatest of the values; −∞ of none.</summary>
    /// <param name="values">Logarithms.</param>
    internal static double Max(ReadOnlySpan<double> values)
    {
        var greatest = double.NegativeInfinity;
        foreach (var value in values) greatest = Math.Max(greatest, value);
        return greatest;
    }

    /// <summary>log(exp(left) + exp(right)).</summary>
    /// <param name="left">A logarithm.</param>
    /// <param name="right">Another.</param>
    internal static double Add(double left, double right)
    {
        var (less, greater) = left < right ? (left, right) : (right, left);
        return double.IsNegativeInfinity(greater) ? greater : greater + Math.Log(1 + Math.Exp(less - greater));
    }

    /// <summary>The values less their <see cref="LogSumExp"/>, which makes their exponentials sum to 1.</summary>
    /// <param name="values">Logarithms, not all of them −∞.</param>
    internal static double[] Normalise(ReadOnlySpan<double> values)
    {
        var (total, normalised) = (LogSumExp(values), values.ToArray());
        for (var at = 0; at < normalised.Length; at++) normalised[at] -= total;
        return normalised;
    }

    /// <summary>1 − exp(−x) without the loss of digits near 0.</summary>
    /// <param name="x">0 or more.</param>
    internal static double OneMinusExpOfMinus(double x) => x < 1e-5 ? x * (1 - x / 2) : 1 - Math.Exp(-x);
}
