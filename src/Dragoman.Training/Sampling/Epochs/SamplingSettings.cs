using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Agreement;
using Dragoman.Training.Sampling.Rejection.Negatives;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>What an epoch trains on in proportion to what is wanted, as the section <c>sampling</c> gives it, the same for every neural ranker.</summary>
internal sealed record SamplingSettings
{
    /// <summary>Seed of all draws.</summary>
    internal required int Seed { get; init; }

    /// <summary>Epochs that are as without sampling, 0 or more.</summary>
    internal int WarmUp { get; init; } = 1;

    /// <summary>Whether the scores of <c>negatives.run</c> propose; else those of the model in training, as it is when an epoch begins.</summary>
    internal bool ByRun { get; init; }

    /// <summary>Candidates of a query.</summary>
    internal int Depth { get; init; } = 100;

    /// <summary>Temperature and uniform share of the proposal.</summary>
    internal required ProposalOptions Proposal { get; init; }

    /// <summary>Who knows how probable relevance is; null for nobody.</summary>
    internal TeacherSettings? Teacher { get; init; }

    /// <summary>Which pairs of query and positive are trained on, and how much they count; null for all alike.</summary>
    internal ExampleSettings? Examples { get; init; }

    /// <summary>Which passages serve as positives; null for the best-graded one.</summary>
    internal PositiveSettings? Positives { get; init; }

    /// <summary>Which passages serve as negatives; null for those of the section <c>negatives</c>.</summary>
    internal NegativeSettings? Negatives { get; init; }

    /// <summary>Whether a query's candidates are looked at.</summary>
    internal bool NeedsCandidates => Positives is not null || Negatives is not null;

    /// <summary>Whether the teacher is asked about positives.</summary>
    internal bool AsksPositives => Examples?.NeedsTeacher == true || Negatives?.Rule.NeedsTeacher == true;

    /// <summary>The deepest rank that is looked at.</summary>
    internal int MostDepth => Math.Max(Positives is null ? 0 : Depth, Negatives?.Rule.Depth ?? 0);

    /// <summary>Whether an epoch is drawn.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    internal bool IsOn(int epoch) => epoch > WarmUp;
}

/// <summary>How an acceptance is found for each example.</summary>
internal enum ExampleDetector
{
    /// <summary>The probability that the label is right, by a teacher's probability of relevance and a rate of wrong labels.</summary>
    Probability,

    /// <summary>The lower of two Gaussians over the losses of pairs.</summary>
    Mixture,

    /// <summary>Confident learning: 0 for an example that is doubted, 1 for another.</summary>
    Confident,
}

/// <summary>The section <c>sampling.examples</c>.</summary>
internal sealed record ExampleSettings
{
    /// <summary>agreement, seed-literal, random or hardest: a name of <see cref="SamplingScheme"/>.</summary>
    internal required string Scheme { get; init; }

    /// <summary>Whether every example is kept with its acceptance as its weight; else it is kept or not.</summary>
    internal bool Weighs { get; init; }

    /// <summary>Whether an epoch is as short as what was kept; else what was kept is repeated in turn.</summary>
    internal bool Shortens { get; init; }

    /// <summary>Of agreement: what doubts.</summary>
    internal ExampleDetector Detector { get; init; }

    /// <summary>Of detector probability: the share of wrong labels; null for an estimate in each epoch.</summary>
    internal double? NoiseRate { get; init; }

    /// <summary>Of agreement: how a probability becomes an acceptance. Its own warm-up is not used.</summary>
    internal AgreementAcceptance Acceptance { get; init; } = new() { WarmupEpochs = 0 };

    /// <summary>Of agreement: whether what is not learned yet counts for more.</summary>
    internal bool Informative { get; init; }

    /// <summary>M of seed-literal.</summary>
    internal double Bound { get; init; } = 10;

    /// <summary>Share that random and hardest keep.</summary>
    internal double Rate { get; init; } = 0.5;

    /// <summary>Passages of the pool that a positive is compared with where its loss is looked at.</summary>
    internal int EasyNegatives { get; init; } = 8;

    /// <summary>Whether the losses of pairs are looked at.</summary>
    internal bool NeedsLosses => Scheme is SamplingScheme.SeedLiteral or SamplingScheme.Hardest || Informative || (Scheme == SamplingScheme.Agreement && Detector == ExampleDetector.Mixture);

    /// <summary>Whether a teacher is asked.</summary>
    internal bool NeedsTeacher => Scheme == SamplingScheme.Agreement && Detector != ExampleDetector.Mixture;
}

/// <summary>Which distribution over a query's candidates positives are drawn from.</summary>
internal enum PositiveTarget
{
    /// <summary>∝ 2^g − 1 + δ.</summary>
    Graded,

    /// <summary>softmax(g/τ).</summary>
    Softmax,

    /// <summary>∝ q exp(r/β).</summary>
    Tilted,
}

/// <summary>The section <c>sampling.positives</c>.</summary>
internal sealed record PositiveSettings
{
    /// <summary>A name of <see cref="SamplingScheme"/>.</summary>
    internal required string Scheme { get; init; }

    /// <summary>Groups made of a query, at most.</summary>
    internal int Count { get; init; } = 1;

    /// <summary>The target, of schemes that have one.</summary>
    internal PositiveTarget Target { get; init; }

    /// <summary>δ.</summary>
    internal double Smoothing { get; init; } = 0.02;

    /// <summary>τ of the softmax of grades.</summary>
    internal double TargetTemperature { get; init; } = 0.4;

    /// <summary>The bound, of rejection and quasi-rejection.</summary>
    internal BoundOptions Bound { get; init; } = new();

    /// <summary>Of rejection, quasi-rejection and rso: most proposals for each passage that is wanted.</summary>
    internal int Cap { get; init; } = TeacherRounds.UsualCap;

    /// <summary>Of raft, rest and resampling: proposals for each passage that is wanted.</summary>
    internal int Factor { get; init; } = 10;

    /// <summary>β.</summary>
    internal double Beta { get; init; } = 0.25;

    /// <summary>Thresholds of rest, one for each epoch after the warm-up.</summary>
    internal IReadOnlyList<double> Thresholds { get; init; } = [0.5, 0.7];

    /// <summary>Share of the grade in the reward, within [0, 1]; the teacher has the rest.</summary>
    internal double GradeShare { get; init; } = 1;

    /// <summary>The grade that a reward of 1 stands for.</summary>
    internal int BestGrade { get; init; } = 6;

    /// <summary>How much less a passage's reward must be for it to be a negative of an accepted one; null where negatives are chosen otherwise.</summary>
    internal double? Gap { get; init; }

    /// <summary>Whether passages are taken by a reward, without a target.</summary>
    internal bool IsByReward => Scheme is SamplingScheme.Rso or SamplingScheme.Raft or SamplingScheme.Rest;

    /// <summary>Whether rewards are looked at.</summary>
    internal bool NeedsRewards => IsByReward || Target == PositiveTarget.Tilted;

    /// <summary>Whether a teacher is asked.</summary>
    internal bool NeedsTeacher => NeedsRewards && GradeShare < 1;
}

/// <summary>The section <c>sampling.negatives</c>.</summary>
internal sealed record NegativeSettings
{
    /// <summary>The rule, with its depth.</summary>
    internal required NegativeRule Rule { get; init; }

    /// <summary>Whether proposals are accepted one by one, so that a teacher is asked for them alone; else all candidates are looked at.</summary>
    internal bool Streams { get; init; }

    /// <summary>What the rule's scores are divided by, where it proposes by their softmax.</summary>
    internal double Temperature { get; init; } = 1;

    /// <summary>Groups that are added to a query's, at most, each with a candidate that the rule would rather have as a positive in the positive's place.</summary>
    internal int Positives { get; init; }
}
