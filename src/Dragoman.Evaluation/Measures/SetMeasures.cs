namespace Dragoman.Evaluation.Measures;

/// <summary>Share of the retrieved passages that are relevant: trec_eval's <c>set_P</c>.</summary>
public sealed record SetPrecision : Measure
{
    /// <inheritdoc/>
    public override string Name => "SetP";

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking) => ranking.Grades.IsEmpty ? 0 : (double)ranking.RelevantWithin(int.MaxValue) / ranking.Grades.Length;
}

/// <summary>Share of the relevant passages that were retrieved: trec_eval's <c>set_recall</c>.</summary>
public sealed record SetRecall : Measure
{
    /// <inheritdoc/>
    public override string Name => "SetR";

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking) => ranking.Relevant == 0 ? 0 : (double)ranking.RelevantWithin(int.MaxValue) / ranking.Relevant;
}

/// <summary>Harmonic mean of <see cref="SetPrecision"/> and <see cref="SetRecall"/> of each query: trec_eval's <c>set_F</c> with its parameter 1.</summary>
public sealed record SetF : Measure
{
    /// <inheritdoc/>
    public override string Name => "SetF";

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking)
    {
        var found = ranking.RelevantWithin(int.MaxValue);
        return found == 0 ? 0 : 2.0 * found / (ranking.Relevant + ranking.Grades.Length);
    }
}
