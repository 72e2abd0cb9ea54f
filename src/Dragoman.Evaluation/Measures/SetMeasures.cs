using System.Globalization;

namespace Dragoman.Evaluation.Measures;

/// <summary>Share of the retrieved passages that are relevant: trec_eval's <c>set_P</c>.</summary>
public sealed record SetPrecision : RelevanceMeasure
{
    /// <summary>Whether to divide by what could have been relevant among as many passages, min(retrieved, relevant): trec_eval's <c>set_relative_P</c>.</summary>
    public bool Relative { get; init; }

    /// <inheritdoc/>
    public override string Name => Spelling("SetP", (string?)null, Relative ? "relative=True" : null);

    /// <inheritdoc/>
    protected override double Value(JudgedRanking ranking)
    {
        var possible = Relative ? Math.Min(ranking.Grades.Length, ranking.Relevant) : ranking.Grades.Length;
        return possible == 0 ? 0 : (double)ranking.RelevantWithin(null) / possible;
    }
}

/// <summary>Share of the relevant passages that were retrieved: trec_eval's <c>set_recall</c>.</summary>
public sealed record SetRecall : RelevanceMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("SetR", (string?)null);

    /// <inheritdoc/>
    protected override double Value(JudgedRanking ranking) => ranking.Relevant == 0 ? 0 : (double)ranking.RelevantWithin(null) / ranking.Relevant;
}

/// <summary>
/// Weighted harmonic mean of <see cref="SetPrecision"/> and <see cref="SetRecall"/> of each query: trec_eval's <c>set_F</c>, (x + 1) P R / (R + x P). The weight x is
/// trec_eval's parameter, which is not the square of another tool's beta.
/// </summary>
/// <param name="Beta">The x, the importance of recall against precision, above 0.</param>
public sealed record SetF(double Beta = 1) : RelevanceMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("SetF", (string?)null, Beta == 1 ? null : "beta=" + PythonNumber.Of(Beta));

    /// <inheritdoc/>
    protected override double Value(JudgedRanking ranking)
    {
        double found = ranking.RelevantWithin(null);
        if (found == 0) return 0;
        var (precision, recall) = (found / ranking.Grades.Length, found / ranking.Relevant);
        return (Beta + 1) * precision * recall / ((Beta * precision) + recall);
    }
}

/// <summary><see cref="SetPrecision"/> times <see cref="SetRecall"/> of each query: trec_eval's <c>set_map</c>.</summary>
public sealed record SetAveragePrecision : RelevanceMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("SetAP", (string?)null);

    /// <inheritdoc/>
    protected override double Value(JudgedRanking ranking)
    {
        double found = ranking.RelevantWithin(null);
        return found == 0 ? 0 : found * found / ((double)ranking.Grades.Length * ranking.Relevant);
    }
}

/// <summary>Numbers as ir_measures spells them.</summary>
internal static class PythonNumber
{
    internal static string Of(double value) => value.ToString(value == Math.Truncate(value) && Math.Abs(value) < 1e16 ? "0.0" : "R", CultureInfo.InvariantCulture);
}
