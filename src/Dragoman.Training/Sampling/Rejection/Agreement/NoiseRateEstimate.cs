namespace Dragoman.Training.Sampling.Rejection.Agreement;

/// <summary>
/// How many of a set's labels are wrong, from how probable each is: the share of right ones with the greatest likelihood, given probabilities that take every second label for wrong (Saerens, Latinne and Decaestecker, Neural
/// Computation 14, 2002, who climb to it by EM). The mean of the labels' probabilities under it is that share again.
/// </summary>
public static class NoiseRateEstimate
{
    /// <summary>The greatest estimate: were half the labels wrong or more, right and wrong could be taken for each other.</summary>
    public const double Most = 0.499;
    private const double Least = 1e-9;
    private const int Halvings = 60;

    /// <summary>Estimates the rate.</summary>
    /// <param name="balanced">Of every label its probability of being right, as if every second were; calibrated, and from a model that did not see it. See <see cref="RelevanceCalibration.BalancedProbability"/>.</param>
    /// <returns>Within [0, <see cref="Most"/>]; 0 for no labels.</returns>
    public static double Of(IReadOnlyList<double> balanced)
    {
        ArgumentNullException.ThrowIfNull(balanced);
        // The log-likelihood Σ ln(π η + (1 − π)(1 − η)) is concave in π, so that its slope changes its sign once.
        double Slope(double right) => balanced.Sum(label => (2 * label - 1) / Math.Max(Least, right * label + (1 - right) * (1 - label)));
        var (low, high) = (1 - Most, 1.0);
        if (Slope(high) >= 0) return 0;
        if (Slope(low) <= 0) return Most;
        for (var halving = 0; halving < Halvings; halving++)
        {
            var middle = (low + high) / 2;
            if (Slope(middle) > 0) low = middle;
            else high = middle;
        }
        return 1 - (low + high) / 2;
    }
}
