using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Rejection.Agreement;

/// <summary>
/// Two Gaussians fitted to the losses of training pairs by EM: mismatched pairs lose more, so that the posterior of the lower one is the probability that a pair is right (the detector of Noisy Pair Corrector, EMNLP 2023).
/// </summary>
/// <remarks>Deviations: the posterior never falls as the loss does (with unequal widths the wider Gaussian would claim the lowest losses too). Losses that do not differ say nothing: then every pair counts as right.</remarks>
public sealed class PairLossMixture
{
    private const int MostSteps = 1000;
    private const double Tolerance = 1e-10, LeastShareOfVariance = 1e-6;
    private readonly bool _isFlat;

    private PairLossMixture(double[] shares, double[] means, double[] variances, IReadOnlyList<double> likelihoods, bool isFlat)
    {
        (Shares, Means, Variances, LogLikelihoods, _isFlat) = (shares, means, variances, likelihoods, isFlat);
    }

    /// <summary>Share of the pairs in the lower and the upper Gaussian.</summary>
    public IReadOnlyList<double> Shares { get; }

    /// <summary>Their means, the lower first.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>Their variances.</summary>
    public IReadOnlyList<double> Variances { get; }

    /// <summary>Log-likelihood after every step; it never falls.</summary>
    public IReadOnlyList<double> LogLikelihoods { get; }

    /// <summary>Fits the mixture; begins with the lower and the upper half, so that nothing is drawn.</summary>
    /// <param name="losses">−log softmax of the positive against easy negatives, one for each pair, finite; two or more.</param>
    /// <exception cref="DragomanException">There are fewer than two, or one is not a number.</exception>
    public static PairLossMixture Fit(IReadOnlyList<double> losses)
    {
        if (losses.Count < 2) throw new DragomanException("Two training pairs or more are needed to tell clean from mismatched ones by their losses.");
        if (losses.Any(loss => !double.IsFinite(loss))) throw new DragomanException("The loss of a training pair is not a finite number; has the model diverged?");
        var sorted = losses.Order().ToArray();
        var mean = sorted.Average();
        var variance = sorted.Average(loss => (loss - mean) * (loss - mean));
        if (variance == 0) return new PairLossMixture([1, 0], [mean, mean], [0, 0], [], isFlat: true);
        var half = sorted.Length / 2;
        double[] shares = [0.5, 0.5], means = [sorted[..half].Average(), sorted[half..].Average()], variances = [variance, variance];
        var likelihoods = new List<double>();
        var floor = variance * LeastShareOfVariance;
        for (var step = 0; step < MostSteps && (step < 2 || likelihoods[^1] - likelihoods[^2] > Tolerance * Math.Abs(likelihoods[^2])); step++) likelihoods.Add(Step(sorted, shares, means, variances, floor));
        if (means[0] > means[1])
        {
            Array.Reverse(shares);
            Array.Reverse(means);
            Array.Reverse(variances);
        }
        return new PairLossMixture(shares, means, variances, likelihoods, isFlat: false);
    }

    /// <summary>The probability that a pair is right.</summary>
    /// <param name="loss">Its loss.</param>
    public double Clean(double loss)
    {
        if (_isFlat) return 1;
        // Where the wider Gaussian is the upper one, the posterior is greatest at this loss and falls below it too.
        var (narrow, wide) = (Variances[0], Variances[1]);
        if (narrow < wide) loss = Math.Max(loss, (Means[0] * wide - Means[1] * narrow) / (wide - narrow));
        else if (narrow > wide) loss = Math.Min(loss, (Means[1] * narrow - Means[0] * wide) / (narrow - wide));
        var (low, high) = (LogDensity(loss, Shares[0], Means[0], Variances[0]), LogDensity(loss, Shares[1], Means[1], Variances[1]));
        return Math.Exp(low - LogSpace.Add(low, high));
    }

    private static double Step(double[] losses, double[] shares, double[] means, double[] variances, double floor)
    {
        var (likelihood, weight, sum, squares) = (0.0, new double[2], new double[2], new double[2]);
        foreach (var loss in losses)
        {
            var (low, high) = (LogDensity(loss, shares[0], means[0], variances[0]), LogDensity(loss, shares[1], means[1], variances[1]));
            var total = LogSpace.Add(low, high);
            likelihood += total;
            for (var part = 0; part < 2; part++)
            {
                var responsibility = Math.Exp((part == 0 ? low : high) - total);
                weight[part] += responsibility;
                sum[part] += responsibility * loss;
                squares[part] += responsibility * loss * loss;
            }
        }
        for (var part = 0; part < 2; part++)
        {
            if (weight[part] < 1e-12) continue;
            (shares[part], means[part]) = (weight[part] / losses.Length, sum[part] / weight[part]);
            variances[part] = Math.Max(squares[part] / weight[part] - means[part] * means[part], floor);
        }
        return likelihood;
    }

    private static double LogDensity(double value, double share, double mean, double variance) =>
        Math.Log(share) - (Math.Log(2 * Math.PI * variance) + (value - mean) * (value - mean) / variance) / 2;
}
