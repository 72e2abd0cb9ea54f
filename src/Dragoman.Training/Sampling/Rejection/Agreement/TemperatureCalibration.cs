using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Rejection.Agreement;

/// <summary>
/// One temperature that makes a classifier's probabilities honest: the one with the least negative log-likelihood on held-out examples (Guo et al., ICML 2017). It changes no ranking.
/// </summary>
public sealed record TemperatureCalibration
{
    internal const double Least = 1e-2, Most = 1e2;

    /// <summary>What logits are divided by, within [0.01, 100].</summary>
    public required double Temperature { get; init; }

    /// <summary>Mean negative log-likelihood at temperature 1, in nats.</summary>
    public required double LossBefore { get; init; }

    /// <summary>The same at <see cref="Temperature"/>.</summary>
    public required double LossAfter { get; init; }

    /// <summary>Expected calibration error at temperature 1, within [0, 1]; see <see cref="ExpectedError"/>.</summary>
    public required double ErrorBefore { get; init; }

    /// <summary>The same at <see cref="Temperature"/>.</summary>
    public required double ErrorAfter { get; init; }

    /// <summary>Finds the temperature.</summary>
    /// <param name="logits">Of every held-out example, one for each class, finite; for a single relevance logit s, give (0, s).</param>
    /// <param name="labels">The class of each, from 0.</param>
    /// <param name="bins">Bins of the calibration error.</param>
    /// <exception cref="DragomanException">There is no example, or a logit is not a number.</exception>
    public static TemperatureCalibration Fit(IReadOnlyList<double[]> logits, IReadOnlyList<int> labels, int bins = 15)
    {
        if (logits.Count != labels.Count) throw new ArgumentException($"{logits.Count} examples have {labels.Count} labels.", nameof(labels));
        if (logits.Count == 0) throw new DragomanException("There are no held-out examples to calibrate on; hold some out.");
        if (logits.Any(example => example.Any(logit => !double.IsFinite(logit)))) throw new DragomanException("A held-out example has a logit that is not a finite number; has the model diverged?");
        // The loss is convex in 1/T, so that it has one valley over log T, a monotone map of it.
        var temperature = Math.Exp(Valley.Of(log => Loss(logits, labels, Math.Exp(log)), Math.Log(Least), Math.Log(Most)));
        return new TemperatureCalibration
        {
            Temperature = temperature, LossBefore = Loss(logits, labels, 1), LossAfter = Loss(logits, labels, temperature),
            ErrorBefore = ExpectedError(logits, labels, 1, bins), ErrorAfter = ExpectedError(logits, labels, temperature, bins),
        };
    }

    /// <summary>Probabilities of the classes.</summary>
    /// <param name="logits">One for each class.</param>
    /// <param name="temperature">What they are divided by, above 0.</param>
    public static double[] Probabilities(ReadOnlySpan<double> logits, double temperature)
    {
        var scaled = logits.ToArray();
        for (var at = 0; at < scaled.Length; at++) scaled[at] /= temperature;
        return [.. LogSpace.Normalise(scaled).Select(Math.Exp)];
    }

    /// <summary>Mean gap between confidence (the greatest probability) and accuracy, over bins of equal width in confidence, weighed by their share of the examples (ECE).</summary>
    /// <param name="logits">Of every example, one for each class.</param>
    /// <param name="labels">The class of each.</param>
    /// <param name="temperature">What logits are divided by.</param>
    /// <param name="bins">Bins over (0, 1].</param>
    public static double ExpectedError(IReadOnlyList<double[]> logits, IReadOnlyList<int> labels, double temperature, int bins = 15)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var (confidence, correct) = (new double[bins], new double[bins]);
        for (var example = 0; example < logits.Count; example++)
        {
            var probabilities = Probabilities(logits[example], temperature);
            var best = Array.IndexOf(probabilities, probabilities.Max());
            var bin = Math.Min((int)(probabilities[best] * bins), bins - 1);
            confidence[bin] += probabilities[best];
            if (best == labels[example]) correct[bin]++;
        }
        return confidence.Zip(correct, (sure, right) => Math.Abs(sure - right)).Sum() / logits.Count;
    }

    /// <summary>Mean negative log-likelihood, in nats.</summary>
    /// <param name="logits">Of every example, one for each class.</param>
    /// <param name="labels">The class of each.</param>
    /// <param name="temperature">What logits are divided by.</param>
    internal static double Loss(IReadOnlyList<double[]> logits, IReadOnlyList<int> labels, double temperature)
    {
        var loss = 0.0;
        for (var example = 0; example < logits.Count; example++)
        {
            var scaled = logits[example].Select(logit => logit / temperature).ToArray();
            loss += LogSpace.LogSumExp(scaled) - scaled[labels[example]];
        }
        return loss / logits.Count;
    }
}
