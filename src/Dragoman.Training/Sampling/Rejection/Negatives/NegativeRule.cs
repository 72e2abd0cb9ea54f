using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Rejection.Negatives;

/// <summary>What is known of a candidate when it is looked at as a negative.</summary>
/// <param name="Score">What proposes it gave it; of sd 1 within the list where the rule asks for that.</param>
/// <param name="PositiveScore">The same for the positive.</param>
/// <param name="Teacher">What a teacher gave it, for <see cref="NegativeRule.RocketQa"/> and <see cref="NegativeRule.Calibrated"/> a probability; NaN when there is none.</param>
/// <param name="PositiveTeacher">The same for the positive.</param>
public readonly record struct NegativeFacts(double Score, double PositiveScore, double Teacher, double PositiveTeacher);

/// <summary>
/// A way to choose hard negatives, as one formula: propose from q, accept with π h, where π is the probability that the passage is truly non-relevant and h how much it teaches. As π h ≤ 1, that is exact rejection sampling from
/// q π h / Z without any M, and π is evaluated for proposals only.
/// </summary>
public sealed record NegativeRule
{
    /// <summary>The rule's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether every candidate within the depth is proposed alike, and not by the softmax of its score.</summary>
    public bool IsUniform { get; init; }

    /// <summary>How many of the best-scored candidates are proposed.</summary>
    public required int Depth { get; init; }

    /// <summary>Whether scores are brought to standard deviation 1 within the list before anything else.</summary>
    public bool Standardises { get; init; }

    /// <summary>π, within [0, 1].</summary>
    public Func<NegativeFacts, double> NonRelevant { get; init; } = _ => 1;

    /// <summary>h, within [0, 1].</summary>
    public Func<NegativeFacts, double> Informative { get; init; } = _ => 1;

    /// <summary>Whether a candidate should become a positive.</summary>
    public Func<NegativeFacts, bool> IsPositive { get; init; } = _ => false;

    /// <summary>Whether h looks at the positive's score beside the candidate's.</summary>
    public bool ComparesScores { get; init; }

    /// <summary>Whether π or h looks at a teacher's score.</summary>
    public bool NeedsTeacher { get; init; }

    /// <summary>ANCE (Xiong et al., ICLR 2021): any of the best k of an index that is refreshed while training.</summary>
    /// <param name="depth">k.</param>
    public static NegativeRule Ance(int depth = 200) => new() { Name = "ance", IsUniform = true, Depth = depth };

    /// <summary>RocketQA (Qu et al., NAACL 2021): of the dual encoder's best k, those a cross-encoder gives less than 0.1; what it gives more than 0.9 becomes a positive.</summary>
    /// <param name="depth">k.</param>
    /// <param name="most">Below this probability a passage is a negative.</param>
    /// <param name="least">Above this one it is a positive.</param>
    public static NegativeRule RocketQa(int depth = 50, double most = 0.1, double least = 0.9) => new()
    {
        Name = "rocketqa", IsUniform = true, Depth = depth, NeedsTeacher = true, NonRelevant = facts => facts.Teacher < most ? 1 : 0, IsPositive = facts => facts.Teacher > least,
    };

    /// <summary>NV-Retriever's TopK-PercPos (Moreira et al., 2024): of a teacher's best k, those with at most 95% of the positive's score. See <see cref="PositiveAwareFilter"/> for negative scores, and for scales on which a share means nothing.</summary>
    /// <param name="filter">The limit.</param>
    /// <param name="depth">k.</param>
    public static NegativeRule PositiveAware(PositiveAwareFilter filter, int depth = 100) => new()
    {
        Name = "positive-aware", IsUniform = true, Depth = depth, NeedsTeacher = true, NonRelevant = facts => facts.Teacher <= filter.Limit(facts.PositiveTeacher) ? 1 : 0,
    };

    /// <summary>SimANS (Zhou et al., EMNLP 2022): of the best 100, those near the positive: h = exp(−a (s − s₊ − b)²). The authors' code adds b where the formula subtracts it; here it is the formula.</summary>
    /// <param name="a">Sharpness, 0 or more.</param>
    /// <param name="b">Where the band lies beside the positive.</param>
    /// <param name="depth">How many.</param>
    public static NegativeRule SimAns(double a = 0.5, double b = 0, int depth = 100) => new()
    {
        Name = "simans", IsUniform = true, Depth = depth, ComparesScores = true, Informative = facts => Math.Exp(-a * Math.Pow(facts.Score - facts.PositiveScore - b, 2)),
    };

    /// <summary>What the code of SimANS does for MS MARCO instead: h = exp(−3 |s − s₊|).</summary>
    /// <param name="depth">How many.</param>
    public static NegativeRule SimAnsAbsolute(int depth = 100) => new()
    {
        Name = "simans-absolute", IsUniform = true, Depth = depth, ComparesScores = true, Informative = facts => Math.Exp(-3 * Math.Abs(facts.Score - facts.PositiveScore)),
    };

    /// <summary>GISTEmbed (Solatorio, 2024): all that a guide scores no higher than the positive.</summary>
    /// <param name="depth">How many; all by default.</param>
    public static NegativeRule Gist(int depth = int.MaxValue) => new()
    {
        Name = "gist", IsUniform = true, Depth = depth, NeedsTeacher = true, NonRelevant = facts => facts.Teacher <= facts.PositiveTeacher ? 1 : 0,
    };

    /// <summary>By the softmax of the first stage's scores over its best 200: π = 1 − a calibrated, out-of-fold probability of relevance, h = the band of SimANS, scores brought to standard deviation 1.</summary>
    /// <param name="a">Sharpness of the band, 0 or more.</param>
    /// <param name="b">Where it lies beside the positive, in standard deviations.</param>
    /// <param name="depth">How many.</param>
    public static NegativeRule Calibrated(double a = 0.5, double b = 0, int depth = 200) => new()
    {
        Name = "calibrated", Depth = depth, Standardises = true, ComparesScores = true, NeedsTeacher = true, NonRelevant = facts => 1 - facts.Teacher, Informative = facts => Math.Exp(-a * Math.Pow(facts.Score - facts.PositiveScore - b, 2)),
    };

    /// <summary>All rules with their defaults, in the order of the table in the guide.</summary>
    public static IReadOnlyList<NegativeRule> All { get; } = [Ance(), RocketQa(), PositiveAware(new PositiveAwareFilter { MaxShare = 0.95 }), SimAns(), SimAnsAbsolute(), Gist(), Calibrated()];

    /// <summary>A rule by its name, with its defaults.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ConfigurationException">There is none of that name.</exception>
    public static NegativeRule Named(string name) => All.FirstOrDefault(rule => rule.Name == name) ?? throw new ConfigurationException("The rule for negatives", [$"'{name}' is not one; use {string.Join(", ", All.Select(rule => rule.Name))}."]);
}
