namespace Dragoman.Training.Sampling.Noise;

/// <summary>How judgements are damaged on purpose, so that what notices damage can be measured.</summary>
public sealed record NoiseOptions
{
    /// <summary>Share of the queries that get, in the place of their positives, a passage that answers another query, within [0, 1].</summary>
    /// <value>0 by default.</value>
    public double Mismatched { get; init; }

    /// <summary>Share of the positives that is taken out of the judgements, of queries with several in a language, within [0, 1]. One of each language stays, so that no more than (n − 1)/n of n positives go.</summary>
    /// <value>0 by default.</value>
    public double Hidden { get; init; }

    /// <summary>Share of the positive grades that move by one, up or down, within [0, 1]. They stay between 1 and the greatest grade.</summary>
    /// <value>0 by default.</value>
    public double Jitter { get; init; }

    /// <summary>Seed of all draws. With one seed, what is damaged at a share is damaged at every greater one, in the same way.</summary>
    public required int Seed { get; init; }

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (!IsShare(Mismatched)) yield return FormattableString.Invariant($"mismatched is {Mismatched}; use a share from 0 to 1.");
        if (!IsShare(Hidden)) yield return FormattableString.Invariant($"hidden is {Hidden}; use a share from 0 to 1.");
        if (!IsShare(Jitter)) yield return FormattableString.Invariant($"jitter is {Jitter}; use a share from 0 to 1.");
    }

    private static bool IsShare(double value) => value is >= 0 and <= 1;
}
