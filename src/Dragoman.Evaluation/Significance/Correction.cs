namespace Dragoman.Evaluation.Significance;

/// <summary>How p-values are corrected for having asked more than one question.</summary>
public enum Correction
{
    /// <summary>Not at all: of twenty systems that are all equal to the baseline, one is expected to look significant at 0.05.</summary>
    None,

    /// <summary>Every p-value times their number: the chance of even one false alarm stays below alpha. Holm is never worse.</summary>
    Bonferroni,

    /// <summary>Holm's step-down procedure (Scandinavian Journal of Statistics 6, 1979): the same guarantee as Bonferroni with more power.</summary>
    Holm,
}
