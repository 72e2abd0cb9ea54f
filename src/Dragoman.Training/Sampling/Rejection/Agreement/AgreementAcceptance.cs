using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Rejection.Agreement;

/// <summary>
/// Keeps a training example with a = max(a_min, c^γ), where c is the probability that its label is right: what rejection sampling with a valid bound comes to when labels are noisy. Every example is kept in the first epochs.
/// </summary>
/// <remarks>c must come from a model that was not trained on the example (<see cref="FoldPlan"/>), or from a running mean of weights: the model that is trained would confirm its own errors.</remarks>
public sealed record AgreementAcceptance
{
    /// <summary>The least acceptance a_min, within [0, 1]: no example is starved for ever.</summary>
    /// <value>0.05 by default.</value>
    public double Least { get; init; } = 0.05;

    /// <summary>How sharply doubt counts, γ, above 0.</summary>
    /// <value>1 by default.</value>
    public double Gamma { get; init; } = 1;

    /// <summary>Epochs in which every example is kept, 0 or more.</summary>
    /// <value>1 by default.</value>
    public int WarmupEpochs { get; init; } = 1;

    /// <summary>Every problem with these options, one sentence each.</summary>
    public IEnumerable<string> Problems()
    {
        if (!(Least is >= 0 and <= 1)) yield return FormattableString.Invariant($"least is {Least}; use a number from 0 to 1.");
        if (!(Gamma > 0 && double.IsFinite(Gamma))) yield return FormattableString.Invariant($"gamma is {Gamma}; use a number above 0.");
        if (WarmupEpochs < 0) yield return FormattableString.Invariant($"warm-up epochs is {WarmupEpochs}; use 0 or more.");
    }

    /// <summary>The probability of keeping an example.</summary>
    /// <param name="clean">c, within [0, 1].</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <exception cref="DragomanException">c is not within [0, 1].</exception>
    public double Acceptance(double clean, int epoch)
    {
        if (!(clean is >= 0 and <= 1)) throw new DragomanException(FormattableString.Invariant($"The probability that a label is right is {clean}; it must be within 0 and 1. Has the teacher diverged?"));
        return epoch <= WarmupEpochs ? 1 : Math.Max(Least, Math.Pow(clean, Gamma));
    }

    /// <summary>Share of wrong labels among what is kept: ρ a_n / (ρ a_n + (1 − ρ) a_c).</summary>
    /// <param name="noise">Share ρ of wrong labels before, within [0, 1].</param>
    /// <param name="acceptNoisy">Mean acceptance a_n of the wrong ones.</param>
    /// <param name="acceptClean">Mean acceptance a_c of the right ones.</param>
    /// <returns>NaN when nothing is kept.</returns>
    public static double NoiseAfter(double noise, double acceptNoisy, double acceptClean) => noise * acceptNoisy / (noise * acceptNoisy + (1 - noise) * acceptClean);

    /// <summary>
    /// c·h with h = clip((1 − p₊)/mean(1 − p₊), 0.5, 2): acceptance by agreement alone favours the easy, so that what is probably right and not learned yet weighs more.
    /// </summary>
    /// <param name="clean">c of every example.</param>
    /// <param name="probabilities">p₊, what the trained model gives each one's positive, within [0, 1].</param>
    public static double[] Informative(IReadOnlyList<double> clean, IReadOnlyList<double> probabilities)
    {
        if (clean.Count != probabilities.Count) throw new ArgumentException($"{clean.Count} examples have {probabilities.Count} probabilities.", nameof(probabilities));
        var mean = clean.Count == 0 ? 0 : probabilities.Average(probability => 1 - probability);
        // When everything is learned, nothing is more informative than the rest.
        return [.. clean.Zip(probabilities, (c, probability) => c * (mean > 0 ? Math.Clamp((1 - probability) / mean, 0.5, 2) : 1))];
    }
}
