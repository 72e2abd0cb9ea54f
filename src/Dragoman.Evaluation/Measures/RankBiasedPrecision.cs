using System.Globalization;

namespace Dragoman.Evaluation.Measures;

/// <summary>
/// Rank-biased precision (Moffat and Zobel, 2008): (1 - p) times the sum of gain · p^(rank - 1), for a reader who goes on with probability p. With <see cref="Rel"/> the gain is 1 for
/// relevant passages; without, it is the grade scaled by the query's highest judged grade where that is above 1, as trec_eval 10's <c>rbp</c> does.
/// </summary>
/// <remarks>cwl_eval, which ir_measures asks, divides by the sum of the weights of 1,000 ranks and not of all; that differs in the fourth digit for p = 0.99 and not below 0.98.</remarks>
/// <param name="P">The probability of going on, above 0 and below 1.</param>
/// <param name="Rel">The lowest grade that counts as relevant; null for graded gains.</param>
/// <param name="Cutoff">The k, 1 or more; null for the whole ranking.</param>
public sealed record RankBiasedPrecision(double P = 0.8, int? Rel = null, int? Cutoff = null) : Measure
{
    /// <inheritdoc/>
    public override string Name => Spell("RBP", Cutoff?.ToString(CultureInfo.InvariantCulture), P == 0.8 ? null : "p=" + PythonNumber.Of(P), Rel is { } level ? string.Create(CultureInfo.InvariantCulture, $"rel={level}") : null);

    /// <inheritdoc/>
    public override int? Ranks => Cutoff;

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking)
    {
        double highest = ranking.IdealGrades.IsEmpty ? 0 : Math.Max(ranking.IdealGrades[0], 1);
        var (sum, weight) = (0.0, 1 - P);
        foreach (var grade in ranking.Top(Cutoff))
        {
            if (Rel is { } level) sum += grade >= level ? weight : 0;
            else if (grade > 0) sum += weight * grade / highest;
            weight *= P;
        }
        return sum;
    }
}

/// <summary>
/// Expected reciprocal rank (Chapelle et al., CIKM 2009) as TREC's gdeval: a reader stops at a passage of grade g with probability (2^g - 1) / 2^max and is worth 1 / rank there.
/// gdeval's max is 4 and it refuses higher grades, as this does; <see cref="MaxRel"/> is an addition for scales that go further.
/// </summary>
/// <param name="Cutoff">The k, 1 or more; null for the whole ranking.</param>
/// <param name="MaxRel">The highest grade of the scale, from 1 to 60.</param>
public sealed record ExpectedReciprocalRank(int? Cutoff = null, int MaxRel = 4) : Measure
{
    /// <inheritdoc/>
    public override string Name => Spell("ERR", Cutoff?.ToString(CultureInfo.InvariantCulture), MaxRel == 4 ? null : string.Create(CultureInfo.InvariantCulture, $"max_rel={MaxRel}"));

    /// <inheritdoc/>
    public override int? Ranks => Cutoff;

    /// <inheritdoc/>
    public override string? ProblemWith(int highestGrade) =>
        highestGrade > MaxRel ? $"{Name} takes grades up to {MaxRel} and the judgements go up to {highestGrade}; write {this with { MaxRel = Math.Min(highestGrade, 60) }}." : null;

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking)
    {
        var (sum, reach, scale) = (0.0, 1.0, Math.Pow(2, MaxRel));
        var grades = ranking.Top(Cutoff);
        for (var i = 0; i < grades.Length; i++)
        {
            if (grades[i] <= 0) continue;
            var stop = (Math.Pow(2, grades[i]) - 1) / scale;
            sum += stop * reach / (i + 1);
            reach *= 1 - stop;
        }
        return sum;
    }
}
