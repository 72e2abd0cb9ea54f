using System.Globalization;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Languages;

/// <summary>
/// LPR, language preference rate: the share of queries whose best-placed relevant passage is in the query's own language, over the queries that could show a preference: with a relevant
/// passage in their language and one in another, of which at least one is within the first k ranks. 1 says that the query's language always comes first, 0 never; what is fair depends on
/// how many languages compete. Not defined for other queries, which are left out of the mean.
/// </summary>
/// <remarks>
/// The idea and the name are those of MLAIRE (Jang, Hong, Moon and Lim, arXiv:2605.07249, 2026), which measures it over pools of parallel passages. Deviation: this definition asks for relevant
/// passages, not for translations of one another, so that it fits every collection with languages; over parallel passages the two look at the same passages.
/// </remarks>
/// <param name="Cutoff">The k, 1 or more; null for the whole ranking.</param>
public sealed record LanguagePreference(int? Cutoff = null) : Measure
{
    /// <summary>The lowest grade that counts as relevant (<c>rel</c>), 1 or more; null for that of <see cref="EvaluationOptions.RelevanceLevel"/>.</summary>
    public int? Rel { get; init; }

    /// <inheritdoc/>
    public override string Name => Spell("LPR", Cutoff?.ToString(CultureInfo.InvariantCulture), Rel is { } level ? string.Create(CultureInfo.InvariantCulture, $"rel={level}") : null);

    /// <inheritdoc/>
    public override int? Ranks => Cutoff;

    /// <inheritdoc/>
    public override bool RewardsOrder => false;

    /// <inheritdoc/>
    public override bool NeedsLanguages => true;

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking)
    {
        var (level, own) = (Rel ?? ranking.RelevanceLevel, ranking.Languages.Query);
        var (first, inOwn, anyOwn, anyOther) = (int.MaxValue, false, false, false);
        foreach (var (grade, rank, language) in ranking.Languages.Judged)
        {
            if (grade < level || language < 0) continue;
            anyOwn |= language == own;
            anyOther |= language != own;
            if (rank == 0 || rank > (Cutoff ?? int.MaxValue) || rank >= first) continue;
            (first, inOwn) = (rank, language == own);
        }
        return own >= 0 && anyOwn && anyOther && first < int.MaxValue ? inOwn ? 1 : 0 : double.NaN;
    }
}
