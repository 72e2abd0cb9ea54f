using Dragoman.Tensors;

namespace Dragoman.Training.Adversarial;

/// <summary>How the inputs of a batch are made harder while it is trained on.</summary>
public enum AdversarialMethod
{
    /// <summary>One move along the gradient (Miyato, Dai and Goodfellow, ICLR 2017).</summary>
    Fgm,

    /// <summary>Several moves, held within a ball (Madry et al., ICLR 2018).</summary>
    Pgd,

    /// <summary>Several moves, each of which is learned from (FreeLB; Zhu et al., ICLR 2020).</summary>
    FreeLb,

    /// <summary>A move that changes the list's distribution most, and a loss on that change (SMART; Jiang et al., ACL 2020).</summary>
    Smart,
}

/// <summary>Adversarial training: a perturbation of the embeddings' output, one for each sequence, against which the model is trained too.</summary>
/// <remarks>
/// Lengths are in units of the sequence, √L times the mean length of its L tokens' vectors (for <see cref="AdversarialMethod.Smart"/>, which limits single values, that mean over √H), unless <see cref="IsRelative"/> is
/// false.
/// </remarks>
public sealed record AdversarialSettings
{
    /// <summary>How.</summary>
    public AdversarialMethod Method { get; init; }

    /// <summary>Whether lengths are multiples of the sequence's unit; else they are lengths as they stand.</summary>
    public bool IsRelative { get; init; } = true;

    /// <summary>FGM: the perturbation's length; PGD and FreeLB: the longest one, for FreeLB 0 for any; SMART: the largest absolute value. 0 or more.</summary>
    public double Epsilon { get; init; } = 0.1;

    /// <summary>Length of a move of PGD and FreeLB; of SMART's, before its values are brought to <see cref="Epsilon"/>. 0 or more.</summary>
    public double Step { get; init; }

    /// <summary>Moves, 1 or more; for FreeLB, passes that are learned from.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>FreeLB: size of the random first perturbation, uniform within ±Start/√(L·H); SMART: standard deviation of a value of it. 0 or more.</summary>
    public double Start { get; init; }

    /// <summary>SMART: weight of the divergence, 0 or more.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>SMART: draws the first perturbation, of unit deviation, by its shape; null for the engine's random numbers, which no two ways to share a batch draw alike.</summary>
    internal Func<IReadOnlyList<long>, Tensor>? Noise { get; init; }

    /// <summary>What holds where a configuration says nothing.</summary>
    /// <remarks>Absolute lengths are those of the releases, FGM's that of folklore; relative ones keep their proportion to FGM's.</remarks>
    /// <param name="method">The method.</param>
    /// <param name="isRelative">The lengths' unit.</param>
    public static AdversarialSettings Defaults(AdversarialMethod method, bool isRelative)
    {
        var unit = isRelative ? 0.1 : 1;
        var settings = new AdversarialSettings { Method = method, IsRelative = isRelative, Epsilon = unit };
        return method switch
        {
            AdversarialMethod.Pgd => settings with { Steps = 3, Step = 0.3 * unit },
            AdversarialMethod.FreeLb => settings with { Steps = 3, Step = 0.1 * unit, Start = 0.2 * unit, Epsilon = 0 },
            AdversarialMethod.Smart => isRelative ? settings with { Step = 0.1, Start = 0.01 } : settings with { Epsilon = 1e-3, Step = 1e-3, Start = 1e-5 },
            _ => settings,
        };
    }
}
