namespace Dragoman.Training.Diagnostics;

/// <summary>How pairs of vectors that belong together are told from mismatches.</summary>
public sealed record PairContrast
{
    /// <summary>Stretches of a histogram of cosines, from −1 to 1.</summary>
    public const int HistogramBins = 80;

    /// <summary>How many pairs.</summary>
    public required int Pairs { get; init; }

    /// <summary>Mean cosine of the pairs.</summary>
    public required double PositiveCosine { get; init; }

    /// <summary>Mean cosine of mismatches.</summary>
    public required double NegativeCosine { get; init; }

    /// <summary>The difference of the two means.</summary>
    public double Gap => PositiveCosine - NegativeCosine;

    /// <summary>P(cosine of a pair &gt; cosine of a mismatch), ties counting half, within [0, 1].</summary>
    public required double Auc { get; init; }

    /// <summary>Share of left vectors whose own right vector is nearest among all that are no further answers; of m that are equally near each counts 1/m, so that a collapse is not called perfect.</summary>
    public required double RecallAt1 { get; init; }

    /// <summary>E‖x − y‖² over the pairs; 0 is perfect.</summary>
    public required double Alignment { get; init; }

    /// <summary>How many pairs have a cosine in each of <see cref="HistogramBins"/> stretches.</summary>
    public required IReadOnlyList<long> PositiveCounts { get; init; }

    /// <summary>How many mismatches have.</summary>
    public required IReadOnlyList<long> NegativeCounts { get; init; }

    /// <summary>Measures pairs.</summary>
    /// <param name="left">Left sides, at unit length or 0.</param>
    /// <param name="right">Right sides; row n belongs to row n.</param>
    /// <param name="isPositive">Whether a left and another's right belong together too, and so are no mismatch; null when none do.</param>
    internal static PairContrast Measure(Vectors left, Vectors right, Func<int, int, bool>? isPositive = null)
    {
        var n = left.Count;
        var (positives, lengths, nearest) = (new double[n], new double[n], new double[n]);
        var mismatches = new double[n][];
        Parallel.For(0, n, row =>
        {
            positives[row] = left.Cosine(row, right, row);
            var others = new List<double>(n);
            for (var other = 0; other < n; other++)
                if (other != row && isPositive?.Invoke(row, other) != true) others.Add(left.Cosine(row, right, other));
            nearest[row] = others.Any(cosine => cosine > positives[row]) ? 0 : 1.0 / (1 + others.Count(cosine => cosine == positives[row]));
            for (var k = 0; k < left.Dimension; k++) lengths[row] += Math.Pow(left.Row(row)[k] - right.Row(row)[k], 2);
            mismatches[row] = [.. others];
        });
        double[] negatives = [.. mismatches.SelectMany(row => row)];
        Array.Sort(negatives);
        return new PairContrast
        {
            Pairs = n,
            PositiveCosine = positives.Average(),
            NegativeCosine = negatives.Length == 0 ? 0 : negatives.Average(),
            Auc = AucOf(positives, negatives),
            RecallAt1 = nearest.Average(),
            Alignment = lengths.Average(),
            PositiveCounts = Histogram(positives),
            NegativeCounts = Histogram(negatives),
        };
    }

    /// <summary>P(cosine of a pair &gt; cosine of a mismatch), ties counting half; 0.5 where there are no mismatches.</summary>
    /// <param name="positives">Cosines of pairs, one or more.</param>
    /// <param name="sortedNegatives">Cosines of mismatches, ascending.</param>
    internal static double AucOf(IReadOnlyList<double> positives, double[] sortedNegatives) => sortedNegatives.Length == 0 ? 0.5
        : positives.Average(positive => (Below(sortedNegatives, positive, orEqual: false) + Below(sortedNegatives, positive, orEqual: true)) / 2.0 / sortedNegatives.Length);

    private static long[] Histogram(double[] cosines)
    {
        var counts = new long[HistogramBins];
        foreach (var cosine in cosines) counts[Math.Clamp((int)((cosine + 1) / 2 * HistogramBins), 0, HistogramBins - 1)]++;
        return counts;
    }

    private static int Below(double[] sorted, double value, bool orEqual)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
