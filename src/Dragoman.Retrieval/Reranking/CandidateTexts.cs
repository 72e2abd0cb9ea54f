using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Retrieval.Reranking;

/// <summary>The texts that a run's reranking needs: its queries, and those of its passages that are scored.</summary>
public sealed class CandidateTexts
{
    private CandidateTexts(IReadOnlyDictionary<string, Query> queries, IReadOnlyDictionary<string, Passage> passages)
    {
        Queries = queries;
        Passages = passages;
    }

    /// <summary>Queries by id.</summary>
    public IReadOnlyDictionary<string, Query> Queries { get; }

    /// <summary>Passages by id.</summary>
    public IReadOnlyDictionary<string, Passage> Passages { get; }

    /// <summary>Looks up what a run names, in one pass over the collection; memory is bounded by the run, not by the collection.</summary>
    /// <param name="run">The candidates.</param>
    /// <param name="runName">What to call the run in messages: its file.</param>
    /// <param name="queries">Queries; those the run lacks are passed over.</param>
    /// <param name="passages">Passages of the collection.</param>
    /// <param name="depth">How many candidates of a query are scored; null for all.</param>
    /// <exception cref="DragomanException">The run names a query or a passage that is not there; counts them and names the first.</exception>
    public static CandidateTexts For(Run run, string runName, IEnumerable<Query> queries, IEnumerable<Passage> passages, int? depth)
    {
        ArgumentNullException.ThrowIfNull(run);
        var texts = queries.Where(query => run.IndexOfQuery(query.Id) >= 0).ToDictionary(query => query.Id, StringComparer.Ordinal);
        Require(run.QueryIds, texts, (count, id) => $"{runName} has candidates for {Amount.Of(count, "query")} without a text, the first is {id}; was it made for other queries?");
        var wanted = run.QueryIds.SelectMany(id => run.Ranking(id).Take(depth ?? int.MaxValue)).Select(candidate => candidate.PassageId).ToHashSet(StringComparer.Ordinal);
        var found = passages.Where(passage => wanted.Contains(passage.Id)).ToDictionary(passage => passage.Id, StringComparer.Ordinal);
        Require(wanted, found, (count, id) => $"{runName} names {Amount.Of(count, "passage")} that the collection lacks, the first is {id}; was it made from another collection?");
        return new CandidateTexts(texts, found);
    }

    private static void Require<T>(IEnumerable<string> ids, Dictionary<string, T> found, Func<int, string, string> problem)
    {
        var missing = ids.Where(id => !found.ContainsKey(id)).Order(StringComparer.Ordinal).ToList();
        if (missing.Count > 0) throw new DragomanException(problem(missing.Count, missing[0]));
    }
}
