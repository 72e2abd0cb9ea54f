using System.Globalization;

namespace Dragoman.Evaluation.Measures;

/// <summary>
/// Normalised discounted cumulative gain (Järvelin and Kekäläinen, 2002) as trec_eval's <c>ndcg</c> and <c>ndcg_cut</c>: the gain is the grade itself, the discount
/// 1 / log2(rank + 1); unjudged and negative grades gain nothing; the ideal comes from all judgements of the query, cut at k.
/// </summary>
/// <param name="Cutoff">The k, 1 or more; null for the whole ranking.</param>
public sealed record Ndcg(int? Cutoff = null) : Measure
{
    /// <summary>Whether a grade g gains 2^g - 1 and not g (Burges et al., 2005): ir_measures' <c>dcg='exp-log2'</c>, the numbers of gdeval.</summary>
    public bool Exponential { get; init; }

    /// <summary>Gains that take the place of some grades, before anything else; null for none.</summary>
    public GradeTable? Gains { get; init; }

    /// <summary>Whether passages that were not judged are taken out of the ranking first: Patapsco's nDCG'.</summary>
    public bool JudgedOnly { get; init; }

    /// <inheritdoc/>
    public override string Name => Spell("nDCG", Cutoff?.ToString(CultureInfo.InvariantCulture),
        Exponential ? "dcg='exp-log2'" : null, Gains is null ? null : "gains=" + Gains, JudgedOnly ? "judged_only=True" : null);

    /// <inheritdoc/>
    public override int? Ranks => Cutoff;

    /// <inheritdoc/>
    public override bool RewardsOrder => Gains is null;

    /// <inheritdoc/>
    public override string? ProblemWith(int highestGrade) => Exponential && highestGrade > 60 ? $"{Name} gains 2^grade - 1, which is no use for grades up to {highestGrade}; leave dcg out." : null;

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking)
    {
        var judged = JudgedOnly ? ranking.WithoutUnjudged() : ranking;
        var ideal = Gains is null ? Sum(Cut(judged.IdealGrades)) : Ideal(judged.IdealGrades);
        return ideal > 0 ? Sum(judged.Top(Cutoff)) / ideal : 0;
    }

    private ReadOnlySpan<int> Cut(ReadOnlySpan<int> grades) => Cutoff < grades.Length ? grades[..Cutoff.Value] : grades;

    private double Ideal(ReadOnlySpan<int> grades)
    {
        var gains = new double[grades.Length];
        for (var i = 0; i < gains.Length; i++) gains[i] = Gain(grades[i]);
        Array.Sort(gains, (left, right) => right.CompareTo(left));
        double sum = 0;
        for (var i = 0; i < Math.Min(gains.Length, Cutoff ?? int.MaxValue); i++) sum += gains[i] / Discount.At(i);
        return sum;
    }

    private double Sum(ReadOnlySpan<int> grades)
    {
        double sum = 0;
        for (var i = 0; i < grades.Length; i++)
            if (grades[i] > 0 || (Gains is not null && grades[i] == 0)) sum += Gain(grades[i]) / Discount.At(i);
        return sum;
    }

    private double Gain(int grade)
    {
        var gain = Gains is null ? grade : Math.Max(Gains.Of(grade) ?? grade, 0);
        return Exponential ? Math.Pow(2, gain) - 1 : gain;
    }
}

/// <summary>log2(rank + 1), kept for the first ranks.</summary>
internal static class Discount
{
    private static readonly double[] First = [.. Enumerable.Range(2, 1000).Select(rank => Math.Log2(rank))];

    /// <summary>The discount at a rank.</summary>
    /// <param name="index">The rank less 1.</param>
    internal static double At(int index) => index < First.Length ? First[index] : Math.Log2(index + 2);
}
