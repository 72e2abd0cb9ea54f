using Dragoman.Evaluation.Significance.Distributions;

namespace Dragoman.Evaluation.Significance;

/// <summary>What a two-sided t test on a mean difference can find, by the noncentral t distribution (Cohen 1988; for retrieval Sakai, Information Retrieval Journal 19, 2016).</summary>
public static class PowerAnalysis
{
    private const int MostQueries = 100_000_000;

    /// <summary>The chance to find a true difference.</summary>
    /// <param name="difference">The true mean difference; its sign does not matter.</param>
    /// <param name="standardError">Standard deviation of the mean difference, above 0: that of the queries' differences divided by √n.</param>
    /// <param name="degreesOfFreedom">n - 1 for n queries; 1 or more.</param>
    /// <param name="alpha">Level of the test, above 0 and below 1.</param>
    public static double Of(double difference, double standardError, double degreesOfFreedom, double alpha)
    {
        var critical = StudentT.Quantile(1 - (alpha / 2), degreesOfFreedom);
        var shift = Math.Abs(difference) / standardError;
        return 1 - StudentT.NoncentralCdf(critical, degreesOfFreedom, shift) + StudentT.NoncentralCdf(-critical, degreesOfFreedom, shift);
    }

    /// <summary>The smallest true difference that is found with a given chance.</summary>
    /// <param name="standardError">Standard deviation of the mean difference, above 0.</param>
    /// <param name="degreesOfFreedom">n - 1 for n queries; 1 or more.</param>
    /// <param name="alpha">Level of the test, above 0 and below 1.</param>
    /// <param name="power">The chance, above <paramref name="alpha"/> and below 1.</param>
    /// <returns>A difference above 0, in the unit of the measure.</returns>
    public static double MinimalDetectableDifference(double standardError, double degreesOfFreedom, double alpha, double power)
    {
        var high = standardError;
        while (Of(high, standardError, degreesOfFreedom, alpha) < power) high *= 2;
        return Bisection.Root(difference => Of(difference, standardError, degreesOfFreedom, alpha) - power, 0, high, 1e-7);
    }

    /// <summary>How many queries find a true difference with a given chance.</summary>
    /// <param name="difference">The true mean difference, not 0.</param>
    /// <param name="standardDeviation">Standard deviation of the queries' differences, above 0.</param>
    /// <param name="alpha">Level of the test, above 0 and below 1.</param>
    /// <param name="power">The chance, above <paramref name="alpha"/> and below 1.</param>
    /// <returns>The number, 2 or more; null beyond a hundred million.</returns>
    public static int? QueriesNeeded(double difference, double standardDeviation, double alpha, double power)
    {
        ArgumentOutOfRangeException.ThrowIfZero(difference);
        var (low, high) = (1, 2);
        while (!Enough(high))
        {
            if (high > MostQueries) return null;
            (low, high) = (high, high * 2);
        }
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (Enough(middle)) high = middle;
            else low = middle;
        }
        return high;

        bool Enough(int queries) => Of(difference, standardDeviation / Math.Sqrt(queries), queries - 1, alpha) >= power;
    }
}
