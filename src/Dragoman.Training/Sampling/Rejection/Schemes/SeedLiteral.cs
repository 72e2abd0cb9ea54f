using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Rejection.Schemes;

/// <summary>
/// A negative control: the rule of the project's source as its code has it, mended for shape only. With a one-hot target the labelled class is accepted with min(1, 1/(M q)), where q is the model's probability of the label.
/// </summary>
/// <remarks>
/// It keeps what the model contradicts (always, for q ≤ 1/M) and drops what it agrees with (M = 10: keeps a tenth at q = 1), so that wrong labels become more frequent: <see cref="Agreement.AgreementAcceptance.NoiseAfter"/> of
/// 20% noise is 69% with q = 0.9 for right and 0.1 for wrong labels. A valid M for a one-hot target is 1/q, example by example, and with it rejection keeps an example with probability q: the opposite.
/// </remarks>
public static class SeedLiteral
{
    /// <summary>The M of the source's code.</summary>
    public const double SourceBound = 10;

    /// <summary>min(1, 1/(M q)); 1 for q = 0, where the source's code would divide 1 by 0 and accept.</summary>
    /// <param name="logLabel">log q of the label, 0 or less.</param>
    /// <param name="bound">M, above 0.</param>
    /// <exception cref="ConfigurationException">M is not above 0.</exception>
    public static double Acceptance(double logLabel, double bound = SourceBound)
    {
        if (!(bound > 0 && double.IsFinite(bound))) throw new ConfigurationException("The scheme seed-literal", [FormattableString.Invariant($"M is {bound}; use a number above 0.")]);
        return Math.Exp(Math.Min(0, -logLabel - Math.Log(bound)));
    }
}
