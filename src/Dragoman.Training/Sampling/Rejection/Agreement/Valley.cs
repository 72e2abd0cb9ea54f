namespace Dragoman.Training.Sampling.Rejection.Agreement;

/// <summary>Golden-section search for the least value of a function that falls and then rises (Kiefer, 1953).</summary>
internal static class Valley
{
    private const double Ratio = 0.6180339887498949, Tolerance = 1e-7;

    /// <summary>Where the function is least, to 1e-7.</summary>
    /// <param name="height">The function.</param>
    /// <param name="low">Left end.</param>
    /// <param name="high">Right end.</param>
    internal static double Of(Func<double, double> height, double low, double high)
    {
        var (left, right) = (high - Ratio * (high - low), low + Ratio * (high - low));
        var (leftHeight, rightHeight) = (height(left), height(right));
        while (high - low > Tolerance)
        {
            if (leftHeight <= rightHeight)
            {
                (high, right, rightHeight) = (right, left, leftHeight);
                leftHeight = height(left = high - Ratio * (high - low));
            }
            else
            {
                (low, left, leftHeight) = (left, right, rightHeight);
                rightHeight = height(right = low + Ratio * (high - low));
            }
        }
        return (low + high) / 2;
    }
}
