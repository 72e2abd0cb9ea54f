using System.Globalization;

namespace Dragoman.Evaluation.Measures;

/// <summary>A measure that knows only relevant and not: grades from a lowest relevant one up, of all passages or of the judged ones.</summary>
public abstract record RelevanceMeasure : Measure
{
    /// <summary>The lowest grade that counts as relevant (<c>rel</c>), 1 or more; null for that of <see cref="EvaluationOptions.RelevanceLevel"/>.</summary>
    public int? Rel { get; init; }

    /// <summary>Whether passages that were not judged are taken out of the ranking first (<c>judged_only</c>, trec_eval's <c>-J</c>).</summary>
    public bool JudgedOnly { get; init; }

    /// <inheritdoc/>
    public sealed override double Of(JudgedRanking ranking) => Value((JudgedOnly ? ranking.WithoutUnjudged() : ranking).WithLevel(Rel));

    /// <summary>The value for one query.</summary>
    /// <param name="ranking">The ranking with this measure's relevance level, without unjudged passages where they do not count.</param>
    protected abstract double Value(JudgedRanking ranking);

    /// <summary>Puts the spelling together.</summary>
    /// <param name="name">The bare name.</param>
    /// <param name="cutoff">The k; null for none.</param>
    /// <param name="more">Another parameter as <c>name=value</c>; null for none.</param>
    protected string Spelling(string name, int? cutoff, string? more = null) => Spelling(name, cutoff?.ToString(CultureInfo.InvariantCulture), more);

    /// <summary>Puts the spelling together.</summary>
    /// <param name="name">The bare name.</param>
    /// <param name="at">What follows the <c>@</c>; null for nothing.</param>
    /// <param name="more">Another parameter as <c>name=value</c>; null for none.</param>
    protected string Spelling(string name, string? at, string? more = null) =>
        Spell(name, at, Rel is { } level ? string.Create(CultureInfo.InvariantCulture, $"rel={level}") : null, more, JudgedOnly ? "judged_only=True" : null);
}
