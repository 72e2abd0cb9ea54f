namespace Dragoman.Training.Sampling;

/// <summary>
/// Leaves out hard negatives that score nearly as high as the positive, as many of them are relevant without having been judged so.
/// </summary>
/// <remarks>
/// NV-Retriever (Moreira et al., 2024): TopK-PercPos keeps s ≤ share · s₊ with share 0.95, TopK-MarginPos keeps s ≤ s₊ − margin. Deviation: the former's limit is s₊ − (1 − share)·|s₊|, which is the same for s₊ ≥ 0
/// and stays below s₊ otherwise. A share means something on a spread-out scale that begins at 0; of logits, and of cosines that are all near 1, take a margin.
/// </remarks>
public sealed record PositiveAwareFilter
{
    /// <summary>Most a negative may score, as a share of the positive's score, within (0, 1]; null for no such limit.</summary>
    public double? MaxShare { get; init; }

    /// <summary>Least lead of the positive, in units of the scores, 0 or more; null for no such limit.</summary>
    public double? Margin { get; init; }

    /// <summary>Whether anything is left out.</summary>
    public bool IsOn => MaxShare is not null || Margin is not null;

    /// <summary>The highest score a negative may have.</summary>
    /// <param name="positive">The positive's score; null when it is not known, and then nothing passes a filter that is on.</param>
    public double Limit(double? positive)
    {
        if (!IsOn) return double.PositiveInfinity;
        if (positive is not { } score) return double.NegativeInfinity;
        var byShare = MaxShare is { } share ? score - (1 - share) * Math.Abs(score) : double.PositiveInfinity;
        return Math.Min(byShare, Margin is { } margin ? score - margin : double.PositiveInfinity);
    }
}
