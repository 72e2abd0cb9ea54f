using System.Globalization;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Languages;

/// <summary>
/// PEER, the probability of equal expected rank (Yang, Jänich, Mayfield and Lawrie, SIGIR 2024): for each grade, the p-value of a Kruskal-Wallis test that passages of that
/// grade stand at the same ranks in all languages, averaged with a weight for each grade. 1 is fair. Passages of a positive grade that are not within the first k ranks take part with one
/// tied rank beyond. Where a grade has passages of one language only, or none within the first k, its value is 1, as in the reference implementation (hltcoe/peer_measure), whose
/// arithmetic this follows: ranks are those of the ranking, not ranked anew.
/// Deviations: ties of scores are ordered as everywhere here (peer_measure: by passage id ascending); passages of unknown language are left out (there: an error); where the
/// test has no spread, the value is 1 (there: not a number).
/// </summary>
/// <param name="Cutoff">The k, 1 or more; null for the whole ranking.</param>
public sealed record EqualExpectedRank(int? Cutoff = null) : Measure
{
    /// <summary>The weight of each grade, sum 1; null for equal weights of the positive grades that the query has.</summary>
    public GradeTable? Weights { get; init; }

    /// <inheritdoc/>
    public override string Name => Spell("PEER", Cutoff?.ToString(CultureInfo.InvariantCulture), Weights is null ? null : "weights=" + Weights);

    /// <inheritdoc/>
    public override int? Ranks => Cutoff;

    /// <inheritdoc/>
    public override bool RewardsOrder => false;

    /// <inheritdoc/>
    public override bool NeedsLanguages => true;

    /// <inheritdoc/>
    public override double Of(JudgedRanking ranking)
    {
        if (ranking.Grades.IsEmpty) return 0;
        var judged = ranking.Languages.Judged;
        var grades = new SortedSet<int>();
        foreach (var passage in judged) grades.Add(passage.Grade);
        if (Weights is null) grades.RemoveWhere(grade => grade <= 0);
        double sum = 0;
        foreach (var grade in grades)
        {
            var weight = Weights is null ? 1.0 / grades.Count : Weights.Of(grade) ?? 0;
            if (weight != 0) sum += weight * Probability(Groups(ranking, grade));
        }
        return Weights is null && grades.Count == 0 ? 1 : sum;
    }

    // Ranks of the passages of a grade by language; NaN for one that is not within the first k. Unjudged passages count as grade 0.
    private Dictionary<int, List<double>> Groups(JudgedRanking ranking, int grade)
    {
        var groups = new Dictionary<int, List<double>>();
        var top = ranking.Top(Cutoff);
        for (var i = 0; i < top.Length; i++)
            if ((top[i] == JudgedRanking.Unjudged ? 0 : top[i]) == grade) Add(ranking.Languages.Ranks[i], i + 1);
        if (grade <= 0) return groups;
        foreach (var passage in ranking.Languages.Judged)
            if (passage.Grade == grade && (passage.Rank == 0 || passage.Rank > top.Length)) Add(passage.Language, double.NaN);
        return groups;

        void Add(int language, double rank)
        {
            if (language < 0) return;
            if (!groups.TryGetValue(language, out var ranks)) groups[language] = ranks = [];
            ranks.Add(rank);
        }
    }

    private static double Probability(Dictionary<int, List<double>> groups)
    {
        var all = groups.Values.SelectMany(ranks => ranks).ToList();
        var absent = all.Count(double.IsNaN);
        if (groups.Count < 2 || absent == all.Count) return 1;
        var beyond = ((2.0 * all.Count) + absent + 1) / 2;
        double Rank(double rank) => double.IsNaN(rank) ? beyond : rank;

        var mean = all.Average(Rank);
        var between = groups.Values.Sum(ranks => ranks.Count * Square(ranks.Average(Rank) - mean));
        var total = all.Sum(rank => Square(Rank(rank) - mean));
        return total == 0 ? 1 : ChiSquared.UpperTail((all.Count - 1) * between / total, groups.Count - 1);

        static double Square(double value) => value * value;
    }
}
