using Dragoman.Tensors;

namespace Dragoman.Training.Losses;

/// <summary>
/// Candidate lists after checking, in the precision of losses: what stands at padding is 0, with grade 0, and no gradient flows to it. The tensors belong to the
/// scope open when the lists were made.
/// </summary>
internal sealed class MaskedLists
{
    /// <summary>Stands for log 0: far below every score, yet finite, so that 0 times it is 0.</summary>
    internal const double Lowest = -1e30;

    private MaskedLists(Tensor scores, Tensor real, Tensor grades, Tensor? teacher, Tensor weights)
    {
        (Scores, Real, Grades, Weights) = (scores, real, grades, weights);
        Teacher = teacher ?? scores;
        Positive = grades.Gt(0);
        Negative = grades.Eq(0).And(real);
    }

    /// <summary>Scores, float32 or float64, shape [B, P].</summary>
    internal Tensor Scores { get; }

    /// <summary>True for candidates, shape [B, P].</summary>
    internal Tensor Real { get; }

    /// <summary>Grades, 0 or more, in the scores' type, shape [B, P].</summary>
    internal Tensor Grades { get; }

    /// <summary>True for candidates of a grade above 0, shape [B, P].</summary>
    internal Tensor Positive { get; }

    /// <summary>True for candidates of grade 0, shape [B, P].</summary>
    internal Tensor Negative { get; }

    /// <summary>The teacher's scores in the scores' type, for losses that need one, shape [B, P].</summary>
    internal Tensor Teacher { get; }

    /// <summary>How much each list counts, shape [B].</summary>
    internal Tensor Weights { get; }

    /// <summary>Checks the lists' shapes and masks them.</summary>
    internal static MaskedLists Of(CandidateLists lists, bool needsTeacher)
    {
        var (b, p) = lists.Scores.Shape2("B P");
        var wide = LossPrecision.Wide(lists.Scores);
        var real = lists.Mask?.RequireShape("mask", b, p).Ne(0) ?? Tensor.Ones([b, p], DType.Bool, wide.Device);
        Tensor? teacher = null;
        if (needsTeacher)
        {
            if (lists.TeacherScores is null) throw new ArgumentException("This loss compares with a teacher; give TeacherScores.", nameof(lists));
            teacher = lists.TeacherScores.RequireShape("teacher scores", b, p).To(wide.Type).Detach();
            real = real.And(teacher.Eq(teacher));
            teacher = teacher.MaskedFill(real.Not(), 0);
        }
        var padding = real.Not();
        var grades = (lists.Grades?.RequireShape("grades", b, p).To(wide.Type).Detach() ?? FirstIsPositive(wide)).ClampMin(0).MaskedFill(padding, 0);
        var weights = lists.Weights?.RequireShape("weights", b).To(wide.Type).Detach() ?? Tensor.Ones([b], wide.Type, wide.Device);
        return new MaskedLists(wide.MaskedFill(padding, 0), real, grades, teacher, weights);
    }

    /// <summary>Logarithms of probabilities over each list's candidates; about <see cref="Lowest"/> at padding.</summary>
    /// <param name="values">Scores of any kind, shape [B, P].</param>
    /// <param name="temperature">Divides them.</param>
    internal Tensor LogSoftmax(Tensor values, double temperature) => (values / temperature).MaskedFill(Real.Not(), Lowest).LogSoftmax(1);

    /// <summary>log Σ exp over those candidates of each list that are chosen; about <see cref="Lowest"/> when none is. Shape [B, 1].</summary>
    internal static Tensor LogSumExp(Tensor values, Tensor chosen) => values.MaskedFill(chosen.Not(), Lowest).LogSumExp(1, keepDimension: true);

    /// <summary>Mean of the chosen values of each list, 0 when none is chosen, shape [B].</summary>
    /// <param name="values">Shape [B, P], or [B, P, P] for pairs.</param>
    /// <param name="chosen">Bool, the same shape.</param>
    internal static Tensor Mean(Tensor values, Tensor chosen) => Sum(values, chosen) / Count(chosen, values.Type).ClampMin(1);

    /// <summary>Sum of the chosen values of each list, shape [B].</summary>
    /// <param name="values">Shape [B, P], or [B, P, P] for pairs.</param>
    /// <param name="chosen">Bool, the same shape.</param>
    internal static Tensor Sum(Tensor values, Tensor chosen) => values.MaskedFill(chosen.Not(), 0).Flatten(1).Sum(1);

    /// <summary>How many of each list are chosen, shape [B].</summary>
    /// <param name="chosen">Bool, shape [B, P], or [B, P, P] for pairs.</param>
    /// <param name="type">Type of the result.</param>
    internal static Tensor Count(Tensor chosen, DType type) => chosen.Flatten(1).Sum(1).To(type);

    /// <summary>True at [b, i, j] where candidate i has a higher grade than candidate j, shape [B, P, P].</summary>
    internal Tensor Preferences() => Differences(Grades).Gt(0).And(Real.Unsqueeze(1)).And(Real.Unsqueeze(2));

    /// <summary>x_i − x_j at [b, i, j], shape [B, P, P].</summary>
    /// <param name="values">Shape [B, P].</param>
    internal static Tensor Differences(Tensor values) => values.Unsqueeze(2) - values.Unsqueeze(1);

    /// <summary>Whether a list has candidates of two grades, shape [B].</summary>
    internal Tensor HasTwoGrades()
    {
        var highest = Grades.MaskedFill(Real.Not(), Lowest).Max(1).Values;                    // [B]
        var lowest = (-Grades).MaskedFill(Real.Not(), Lowest).Max(1).Values;                  // [B], negated
        return (highest + lowest).Gt(0);
    }

    /// <summary>Whether a list has a candidate of a grade above 0 and one of grade 0, shape [B].</summary>
    internal Tensor HasPositiveAndNegative() => Count(Positive, DType.Int64).Gt(0).And(Count(Negative, DType.Int64).Gt(0));

    private static Tensor FirstIsPositive(Tensor scores)
    {
        var first = Tensor.Arange(0, scores.Size(1), device: scores.Device).Eq(0).To(scores.Type);                      // [P]
        return first.Unsqueeze(0).Expand(scores.Size(0), scores.Size(1));
    }
}
