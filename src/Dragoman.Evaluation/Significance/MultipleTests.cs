namespace Dragoman.Evaluation.Significance;

/// <summary>Corrects p-values of a family of tests: all systems and measures that one looks at before telling which differ.</summary>
public static class MultipleTests
{
    /// <summary>Corrected p-values, to be compared with alpha as they are.</summary>
    /// <param name="pValues">The p-values of the family, within [0, 1].</param>
    /// <param name="correction">How to correct.</param>
    /// <returns>As many values, in the same order, at most 1.</returns>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> pValues, Correction correction) => correction switch
    {
        Correction.None => [.. pValues],
        Correction.Bonferroni => [.. pValues.Select(p => Math.Min(1, p * pValues.Count))],
        Correction.Holm => Holm(pValues),
        _ => throw new ArgumentOutOfRangeException(nameof(correction), correction, "No such correction."),
    };

    private static double[] Holm(IReadOnlyList<double> pValues)
    {
        var adjusted = new double[pValues.Count];
        var order = Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]).ToArray();
        double highest = 0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            highest = Math.Max(highest, Math.Min(1, pValues[order[rank]] * (order.Length - rank)));
            adjusted[order[rank]] = highest;
        }
        return adjusted;
    }
}
