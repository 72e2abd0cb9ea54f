using Dragoman.Training.Sampling.Rejection.Agreement;
using Dragoman.Training.Sampling.Rejection.Schemes;

namespace Dragoman.Training.Sampling.Rejection;

/// <summary>Which distribution over a query's candidates is wanted.</summary>
public enum TargetKind
{
    /// <summary>∝ 2^g − 1 + δ.</summary>
    Graded,

    /// <summary>softmax(g/τ).</summary>
    SoftmaxOfGrades,
}

/// <summary>How passages are drawn from a query's candidates: scheme, proposal, target, bound, and when to stop.</summary>
public sealed record SamplingOptions
{
    /// <summary>One of <see cref="SamplingScheme.All"/>.</summary>
    public string Scheme { get; init; } = SamplingScheme.Rejection;

    /// <summary>The proposal.</summary>
    public ProposalOptions Proposal { get; init; } = new();

    /// <summary>The target, of schemes that have one.</summary>
    public TargetKind Target { get; init; }

    /// <summary>δ of the graded target, 0 or more.</summary>
    /// <value>0.02 by default.</value>
    public double Smoothing { get; init; } = 0.02;

    /// <summary>τ of the softmax of grades, above 0.</summary>
    /// <value>0.4 by default.</value>
    public double TargetTemperature { get; init; } = 0.4;

    /// <summary>The bound, of rejection and quasi-rejection; the others have none, or their own.</summary>
    public BoundOptions Bound { get; init; } = new();

    /// <summary>When to stop.</summary>
    public StopRule Stop { get; init; } = new();

    /// <summary>The grade that a reward of 1 stands for: rewards are g divided by this, at most 1.</summary>
    /// <value>6 by default, the best of CLIRMatrix.</value>
    public int BestGrade { get; init; } = 6;

    /// <summary>β of <see cref="SamplingScheme.Rso"/>, above 0.</summary>
    /// <value>0.25 by default.</value>
    public double Beta { get; init; } = 0.25;

    /// <summary>Proposals for each passage that is wanted, of <see cref="SamplingScheme.Raft"/>, <see cref="SamplingScheme.Rest"/> and <see cref="SamplingScheme.Resampling"/> (there 10 or more).</summary>
    /// <value>10 by default.</value>
    public int Factor { get; init; } = 10;

    /// <summary>Rising thresholds of <see cref="SamplingScheme.Rest"/>, one for each epoch.</summary>
    public IReadOnlyList<double> Thresholds { get; init; } = [0.5, 0.7];

    /// <summary>Of <see cref="SamplingScheme.Agreement"/>.</summary>
    public AgreementAcceptance Agreement { get; init; } = new();

    /// <summary>The share of wrong labels that <see cref="SamplingScheme.Agreement"/> assumes, within [0, 0.5).</summary>
    /// <value>0.2 by default.</value>
    public double NoiseRate { get; init; } = 0.2;

    /// <summary>M of <see cref="SamplingScheme.SeedLiteral"/>, above 0.</summary>
    public double SeedBound { get; init; } = SeedLiteral.SourceBound;

    /// <summary>Seed of all draws.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>Every problem with these options, one sentence each.</summary>
    public IEnumerable<string> Problems()
    {
        if (!SamplingScheme.All.Contains(Scheme)) yield return $"scheme is '{Scheme}'; use {string.Join(", ", SamplingScheme.All)}.";
        foreach (var problem in Proposal.Problems().Concat(Bound.Problems()).Concat(Stop.Problems()).Concat(Agreement.Problems())) yield return problem;
        if (!(Smoothing >= 0 && double.IsFinite(Smoothing))) yield return FormattableString.Invariant($"smoothing is {Smoothing}; use 0 or more.");
        if (!(TargetTemperature > 0 && double.IsFinite(TargetTemperature))) yield return FormattableString.Invariant($"target temperature is {TargetTemperature}; use a number above 0.");
        if (!(Beta > 0 && double.IsFinite(Beta))) yield return FormattableString.Invariant($"beta is {Beta}; use a number above 0 (0 would leave the best alone: use scheme raft for that).");
        if (!(SeedBound > 0 && double.IsFinite(SeedBound))) yield return FormattableString.Invariant($"the seed's M is {SeedBound}; use a number above 0.");
        if (BestGrade < 1) yield return FormattableString.Invariant($"best grade is {BestGrade}; use 1 or more.");
        if (!(NoiseRate is >= 0 and < 0.5)) yield return FormattableString.Invariant($"noise rate is {NoiseRate}; use a share from 0 to below 0.5.");
        if (Factor < (Scheme == SamplingScheme.Resampling ? 10 : 1)) yield return FormattableString.Invariant($"factor is {Factor}; use {(Scheme == SamplingScheme.Resampling ? 10 : 1)} or more.");
        if (Scheme == SamplingScheme.Rest && (Thresholds.Count == 0 || Thresholds.Zip(Thresholds.Skip(1)).Any(pair => !(pair.First <= pair.Second)))) yield return "thresholds must be one or more numbers, none below the one before.";
        if (Scheme == SamplingScheme.Rejection && Bound.Kind is BoundKind.Quantile or BoundKind.Variation) yield return $"a quantile or a variation is no bound for scheme {SamplingScheme.Rejection}; use scheme {SamplingScheme.QuasiRejection}.";
        if (Scheme == SamplingScheme.QuasiRejection && Bound.Kind is BoundKind.Exact or BoundKind.Running) yield return $"scheme {SamplingScheme.QuasiRejection} takes the bound from a quantile, from a variation, or as given.";
    }
}
