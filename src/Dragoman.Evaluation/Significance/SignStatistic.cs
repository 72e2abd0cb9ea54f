namespace Dragoman.Evaluation.Significance;

/// <summary>Whether an assignment of signs to queries, and to runs where there are several, makes a difference as extreme as the observed one.</summary>
internal sealed class SignStatistic
{
    private const double Rounding = 1e-12;
    private readonly SignedSums[] _groups;      // the queries' differences, then the runs' deviations of each system
    private readonly double[] _counts, _squares;
    private readonly double _observed, _observedVariance;

    internal SignStatistic(CrossedDesign design)
    {
        double[][] values = [design.Values, .. design.RunEffects];
        // Only sizes matter, and 0 has no sign. Sorted, so that neither the order nor the direction of the difference changes anything.
        _groups = [.. values.Select(group => new SignedSums([.. group.Select(Math.Abs).Where(value => value > 0).Order()]))];
        _counts = [.. values.Select(group => (double)group.Length)];
        _squares = [.. values.Select(group => group.Select(Math.Abs).Order().Sum(value => value * value))];
        Signs = _groups.Sum(group => group.Count);
        Words = _groups.Sum(group => group.Words);
        // Two ways of adding up the same values may differ in their last bits, which must not make an assignment less extreme than itself.
        _observed = Math.Max(0, Math.Abs(design.Mean) - (Rounding * design.Values.Average(Math.Abs)));
        _observedVariance = Variance(0, _observed);
        for (var group = 1; group < _groups.Length; group++) _observedVariance += Variance(group, 0);
    }

    /// <summary>How many signs are to be assigned.</summary>
    internal int Signs { get; }

    /// <summary>How many words of 64 bits they take: each group starts at a word of its own.</summary>
    internal int Words { get; }

    /// <summary>Puts the signs of an assignment where their groups want them.</summary>
    /// <param name="assignment">A bit a sign; at most 64.</param>
    /// <param name="signs">As many words as <see cref="Words"/>.</param>
    internal void Spread(ulong assignment, Span<ulong> signs)
    {
        var word = 0;
        foreach (var group in _groups.Where(group => group.Count > 0))
        {
            signs[word++] = assignment & ((1UL << group.Count) - 1);
            assignment >>= group.Count;
        }
    }

    internal bool IsExtreme(ReadOnlySpan<ulong> signs)
    {
        var mean = _groups[0].Sum(signs[.._groups[0].Words]) / _counts[0];
        if (_groups.Length == 1) return Math.Abs(mean) >= _observed;
        var variance = Variance(0, mean);
        var word = _groups[0].Words;
        for (var group = 1; group < _groups.Length; group++)
        {
            var effect = _groups[group].Sum(signs.Slice(word, _groups[group].Words)) / _counts[group];
            mean += effect;
            variance += Variance(group, effect);
            word += _groups[group].Words;
        }
        return mean * mean * _observedVariance >= _observed * _observed * variance * (1 - Rounding);
    }

    // Squared standard error of the mean of a group; signs change the mean but not the squares.
    private double Variance(int group, double mean) => _counts[group] < 2 ? 0 : Math.Max(0, (_squares[group] / _counts[group]) - (mean * mean)) / (_counts[group] - 1);
}
