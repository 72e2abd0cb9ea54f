using Dragoman.Collections;

namespace Dragoman.Evaluation.Guards;

/// <summary>
/// Judgements whose grade-0 passages were drawn at random from the collection to fill every query up to one number, as in CLIRMatrix's base sets. Ranking such candidates is far easier than
/// finding the relevant passages in the collection: random passages share no subject with the query, so measures over them are near the ceiling and tell systems apart poorly.
/// </summary>
/// <remarks>
/// Two signs must come together. (1) At least 95 % of the queries have the same number of judgements although their numbers of relevant passages differ: something was filled up.
/// (2) Grade-0 passages are shared between queries as independent draws would be. Were they retrieved, two queries that share one would be about the same things and share
/// more. With z_i grade-0 passages of query i and C pairs of queries sharing one, counted with multiplicity, uniform draws come from a collection of N = Σ z_i z_j / C passages, and two queries
/// share a Poisson number with mean z_i z_j / N. The pairs that share two or more are counted and compared with that expectation E: further than 3 √E from it is no chance (more pairs: some queries are related; fewer: what is shared is
/// shared among few). At least 30 shared
/// passages are needed, and a collection of ten times the judgements of a query, so that fully judged collections are not meant. Measured: CLIRMatrix zh-kk 362 pairs, expected 372, N 228
/// thousand (the collection has about 229 thousand); MIRACL zh 17 pairs, expected 0.05. Silence is no proof: few queries, or few shared passages, show nothing.
/// </remarks>
public sealed class RandomPaddingGuard : Guard
{
    private const double SameCountShare = 0.95, LeastCollection = 10;
    private const int LeastQueries = 20, MostQueries = 2000, LeastShared = 30;

    /// <inheritdoc/>
    public override string Name => "random-padding";

    /// <inheritdoc/>
    public override EvaluationWarning? Check(GuardInput input)
    {
        var qrels = input.Qrels;
        if (PaddedTo(qrels) is not { } judged || Overlap(qrels) is not { } overlap) return null;
        if (Math.Abs(overlap.Pairs - overlap.Expected) > 3 * Math.Sqrt(overlap.Expected)) return null;
        return Warn(null, $"the judgements look padded with random passages: nearly every query has exactly {judged} judged passages, and {overlap.Pairs} pairs of queries share two or more of grade 0 where independent draws from a collection of about {overlap.Collection:N0} passages give {overlap.Expected:F0}; telling random passages from relevant ones is easy, so evaluate on retrieved candidates.");
    }

    /// <summary>The number of judgements to which queries were filled up; null when they were not.</summary>
    private static int? PaddedTo(Qrels qrels)
    {
        if (qrels.QueryIds.Count < LeastQueries) return null;
        var (counts, relevant) = (new Dictionary<int, int>(), new HashSet<int>());
        for (var query = 0; query < qrels.QueryIds.Count; query++)
        {
            var grades = qrels.GradesAt(query);
            counts[grades.Length] = counts.GetValueOrDefault(grades.Length) + 1;
            relevant.Add(Positive(grades));
        }
        var (most, queries) = counts.MaxBy(entry => entry.Value);
        return queries >= SameCountShare * qrels.QueryIds.Count && relevant.Count > 1 ? most : null;
    }

    // Of fully judged collections nothing is said, and their many shared passages need no counting.
    private static (double Collection, int Pairs, double Expected)? Overlap(Qrels qrels)
    {
        var draws = new int[Math.Min(qrels.QueryIds.Count, MostQueries)];                // grade-0 passages of each query; more queries add time, not certainty
        var (firstOf, queriesOf) = (new int[qrels.Passages.Count], new List<int>?[qrels.Passages.Count]);       // lists only for what is shared
        for (var query = 0; query < draws.Length; query++)
        {
            var passages = qrels.PassagesAt(query);
            var grades = qrels.GradesAt(query);
            for (var i = 0; i < passages.Length; i++)
            {
                if (grades[i] > 0) continue;
                draws[query]++;
                if (firstOf[passages[i]] == 0) firstOf[passages[i]] = query + 1;
                else (queriesOf[passages[i]] ??= [firstOf[passages[i]] - 1]).Add(query);
            }
        }
        var total = queriesOf.Sum(queries => queries is null ? 0 : queries.Count * (queries.Count - 1L) / 2);
        if (total < LeastShared) return null;
        var products = (Square(draws.Sum(count => (double)count)) - draws.Sum(count => Square(count))) / 2;
        var collection = products / total;
        if (collection < LeastCollection * draws.Max()) return null;
        var shared = SharedByPair(queriesOf);
        return (collection, shared.Values.Count(count => count > 1), Expected(draws, collection));
    }

    private static Dictionary<long, int> SharedByPair(List<int>?[] queriesOf)
    {
        var shared = new Dictionary<long, int>();
        foreach (var queries in queriesOf)
        {
            for (var i = 0; queries is not null && i < queries.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var pair = ((long)queries[j] << 32) | (uint)queries[i];
                    shared[pair] = shared.GetValueOrDefault(pair) + 1;
                }
            }
        }
        return shared;
    }

    // How many pairs of queries share two or more by chance: Poisson tails, summed over the distinct numbers of draws.
    private static double Expected(int[] draws, double collection)
    {
        var kinds = draws.CountBy(count => count).ToList();
        double expected = 0;
        for (var i = 0; i < kinds.Count; i++)
        {
            for (var j = i; j < kinds.Count; j++)
            {
                var mean = (double)kinds[i].Key * kinds[j].Key / collection;
                var pairs = i == j ? (double)kinds[i].Value * (kinds[i].Value - 1) / 2 : (double)kinds[i].Value * kinds[j].Value;
                expected += pairs * (1 - (Math.Exp(-mean) * (1 + mean)));
            }
        }
        return expected;
    }

    private static int Positive(ReadOnlySpan<int> grades)
    {
        var count = 0;
        foreach (var grade in grades)
            if (grade > 0) count++;
        return count;
    }

    private static double Square(double value) => value * value;
}
