namespace Dragoman.Evaluation.Significance.Distributions;

/// <summary>Finds where an increasing function is 0 by halving an interval, to the last bit that changes anything.</summary>
internal static class Bisection
{
    /// <summary>The root within an interval; its nearer end when the function has one sign throughout.</summary>
    /// <param name="increasing">The function.</param>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    /// <param name="precision">Width, relative to the root, at which to stop.</param>
    internal static double Root(Func<double, double> increasing, double low, double high, double precision = 1e-15)
    {
        while (high - low > precision * Math.Max(Math.Abs(low), Math.Abs(high)))
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high) break;
            if (increasing(middle) < 0) low = middle;
            else high = middle;
        }
        return low + ((high - low) / 2);
    }
}
