namespace Dragoman.Evaluation.Measures;

/// <summary>How many queries were averaged: trec_eval's <c>num_q</c>.</summary>
public sealed record QueryCount : Measure
{
    /// <inheritdoc/>
    public override string Name => "NumQ";

    /// <inheritdoc/>
    public override bool IsCount => true;

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking) => 1;
}

/// <summary>How many passages were retrieved: trec_eval's <c>num_ret</c>.</summary>
public sealed record RetrievedCount : Measure
{
    /// <inheritdoc/>
    public override string Name => "NumRet";

    /// <inheritdoc/>
    public override bool IsCount => true;

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking) => ranking.Grades.Length;
}

/// <summary>How many passages are relevant: trec_eval's <c>num_rel</c>.</summary>
public sealed record RelevantCount : Measure
{
    /// <inheritdoc/>
    public override string Name => "NumRel";

    /// <inheritdoc/>
    public override bool IsCount => true;

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking) => ranking.Relevant;
}

/// <summary>How many relevant passages were retrieved: trec_eval's <c>num_rel_ret</c>.</summary>
public sealed record RelevantRetrievedCount : Measure
{
    /// <inheritdoc/>
    public override string Name => "NumRelRet";

    /// <inheritdoc/>
    public override bool IsCount => true;

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking) => ranking.RelevantWithin(int.MaxValue);
}
