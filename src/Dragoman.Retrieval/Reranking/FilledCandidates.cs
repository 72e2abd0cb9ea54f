using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Retrieval.Reranking;

/// <summary>
/// The source experiments' test set: the first candidates of every judged query, filled up to one number with random passages that are not relevant. Telling those from relevant ones is easy, so that measures on such candidates are
/// far above those on retrieved ones; which passages are fill is kept.
/// </summary>
public sealed class FilledCandidates
{
    private FilledCandidates(Run run, IReadOnlyDictionary<string, IReadOnlyList<string>> fill) => (Run, Fill) = (run, fill);

    /// <summary>The candidates, as many for every query; fill stands below everything else.</summary>
    public Run Run { get; }

    /// <summary>Ids of the passages drawn at random, by query; a query that needed none is not there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Fill { get; }

    /// <summary>Fills up the candidates of the judged queries, in ordinal order of their ids.</summary>
    /// <param name="candidates">What was retrieved; queries without judgements are left out.</param>
    /// <param name="qrels">Judgements.</param>
    /// <param name="passages">Languages of passages by id; fill comes from the languages of a query's judged passages.</param>
    /// <param name="size">Candidates of every query, 1 or more.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="DragomanException">A language has too few passages that are not relevant.</exception>
    public static FilledCandidates Of(Run candidates, Qrels qrels, IReadOnlyDictionary<string, string> passages, int size, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var pools = passages.GroupBy(passage => passage.Value, StringComparer.Ordinal).ToDictionary(language => language.Key, language => language.Select(passage => passage.Key).Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        var (run, fill, random) = (new RunBuilder("candidates"), new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), new Random(seed));
        foreach (var queryId in qrels.QueryIds.Order(StringComparer.Ordinal))
        {
            var found = candidates.Ranking(queryId).Take(size).ToList();
            run.Add(queryId, found);
            if (found.Count == size) continue;
            var judgements = qrels.Judgements(queryId);
            var taken = judgements.Where(judgement => judgement.Grade > 0).Select(judgement => judgement.PassageId).Concat(found.Select(passage => passage.PassageId)).ToHashSet(StringComparer.Ordinal);
            var languages = judgements.Where(judgement => passages.ContainsKey(judgement.PassageId)).Select(judgement => passages[judgement.PassageId]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            var drawn = Draw([.. languages.SelectMany(language => pools[language])], taken, size - found.Count, random)
                ?? throw new DragomanException($"Query {queryId} leaves fewer than {size - found.Count} passages that are not relevant to fill its candidates up to {size}; ask for fewer.");
            var lowest = found.Count == 0 ? 0 : found[^1].Score;
            run.Add(queryId, drawn.Select((id, place) => new RankedPassage(id, lowest - 1 - place)));
            fill[queryId] = drawn;
        }
        return new FilledCandidates(run.Build(), fill);
    }

    private static string[]? Draw(string[] pool, HashSet<string> taken, int count, Random random)
    {
        var free = Array.FindAll(pool, id => !taken.Contains(id));
        if (free.Length < count) return null;
        for (var place = 0; place < count; place++)
        {
            var other = random.Next(place, free.Length);
            (free[place], free[other]) = (free[other], free[place]);
        }
        return free[..count];
    }
}
