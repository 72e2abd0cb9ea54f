namespace Dragoman.Evaluation.Significance;

/// <summary>How systems are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The chance of a false alarm that is accepted; intervals cover 1 - alpha. Above 0, at most 0.5.</summary>
    /// <value>0.05 by default.</value>
    public double Alpha { get; init; } = 0.05;

    /// <summary>The chance with which the minimal detectable difference would be found; above <see cref="Alpha"/> and below 1.</summary>
    /// <value>0.8 by default.</value>
    public double Power { get; init; } = 0.8;

    /// <summary>How p-values of several systems and measures are corrected.</summary>
    /// <value>Holm by default.</value>
    public Correction Correction { get; init; } = Correction.Holm;

    /// <summary>
    /// Whether the first run of a system goes with the first of the baseline, and so on: their seeds are the same and decide the same things (first weights, order of data, noise), so that what they have in common is no difference.
    /// Systems with several runs need as many as the baseline then.
    /// </summary>
    /// <value>False by default: seeds of different systems have nothing in common.</value>
    public bool PairedRuns { get; init; }

    /// <summary>How many random assignments of signs the randomisation test draws when there are too many to take all; from 100.</summary>
    /// <value>100,000 by default: a p-value of 0.05 is then known to 0.0007.</value>
    public int Permutations { get; init; } = 100_000;

    /// <summary>How many bootstrap resamples an interval is made of; from 100.</summary>
    /// <value>10,000 by default.</value>
    public int Resamples { get; init; } = 10_000;

    /// <summary>Where random numbers start. Equal seeds give equal results, whatever the number of threads.</summary>
    /// <value>1 by default.</value>
    public int Seed { get; init; } = 1;

    /// <summary>How many threads to use at most, 1 or more; null for one a core.</summary>
    /// <value>Null by default.</value>
    public int? Threads { get; init; }

    internal ParallelOptions Parallel => new() { MaxDegreeOfParallelism = Threads ?? Environment.ProcessorCount };

    /// <summary>Every problem with these options, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        if (!(Alpha is > 0 and <= 0.5)) yield return FormattableString.Invariant($"alpha is {Alpha}; use a value above 0, at most 0.5.");
        else if (!(Power > Alpha && Power < 1)) yield return FormattableString.Invariant($"the power is {Power}; use a value above alpha ({Alpha}) and below 1.");
        if (Permutations < 100) yield return FormattableString.Invariant($"the number of permutations is {Permutations}; use 100 or more.");
        if (Resamples < 100) yield return FormattableString.Invariant($"the number of resamples is {Resamples}; use 100 or more.");
        if (Threads < 1) yield return FormattableString.Invariant($"the number of threads is {Threads}; use 1 or more.");
    }
}
