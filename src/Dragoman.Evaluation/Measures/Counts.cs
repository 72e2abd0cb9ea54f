using System.Globalization;

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

/// <summary>How many passages were retrieved: trec_eval's <c>num_ret</c>; with a grade, how many of at least that grade.</summary>
/// <param name="Rel">The lowest grade to count; null for all passages.</param>
public sealed record RetrievedCount(int? Rel = null) : Measure
{
    /// <inheritdoc/>
    public override string Name => Spell("NumRet", null, Rel is { } level ? string.Create(CultureInfo.InvariantCulture, $"rel={level}") : null);

    /// <inheritdoc/>
    public override bool IsCount => true;

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking) => Rel is { } level ? ranking.WithLevel(level).RelevantWithin(null) : ranking.Grades.Length;
}

/// <summary>How many passages are relevant: trec_eval's <c>num_rel</c>.</summary>
public sealed record RelevantCount : RelevanceMeasure
{
    /// <inheritdoc/>
    public override string Name => Spelling("NumRel", (string?)null);

    /// <inheritdoc/>
    public override bool IsCount => true;

    /// <inheritdoc/>
    protected override double Value(JudgedRanking ranking) => ranking.Relevant;
}

/// <summary>How many relevant passages were retrieved: trec_eval's <c>num_rel_ret</c>. ir_measures writes it <c>NumRet(rel=1)</c> too, which here does not follow the relevance level.</summary>
public sealed record RelevantRetrievedCount : Measure
{
    /// <inheritdoc/>
    public override string Name => "NumRelRet";

    /// <inheritdoc/>
    public override bool IsCount => true;

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking) => ranking.RelevantWithin(null);
}
