using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Retrieval.Reranking;

/// <summary>
/// The same number of candidates for the same queries, three times, each harder than the one before: with what a reranker reaches on them one sees how much of a number is due to easy candidates.
/// </summary>
/// <param name="Random">Every relevant passage and passages drawn at random, as CLIRMatrix's base sets and the source's test.</param>
/// <param name="Retrieved">Every relevant passage and the best of a first stage's others.</param>
/// <param name="Full">What the first stage retrieved, as it came: what it missed is missing.</param>
public sealed record HardnessSets(Run Random, Run Retrieved, Run Full)
{
    /// <summary>Makes the sets. All their scores are 0, as the order is the reranker's business, but for <see cref="Full"/>.</summary>
    /// <param name="run">The first stage's run; queries without judgements are left out.</param>
    /// <param name="qrels">Judgements.</param>
    /// <param name="passages">Languages of the collection's passages by id.</param>
    /// <param name="size">Candidates of a query; more when more are relevant, fewer when the first stage found fewer.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="DragomanException">The run has no judged query, or there are too few passages to draw from.</exception>
    public static HardnessSets Of(Run run, Qrels qrels, IReadOnlyDictionary<string, string> passages, int size, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var (relevant, retrieved, full) = (new RunBuilder("relevant"), new RunBuilder("retrieved"), new RunBuilder("full"));
        var known = 0;
        foreach (var queryId in qrels.QueryIds.Order(StringComparer.Ordinal))
        {
            var ranking = run.Ranking(queryId).Take(size).ToList();
            if (ranking.Count > 0) known++;
            var answers = qrels.Judgements(queryId).Where(judgement => judgement.Grade > 0 && passages.ContainsKey(judgement.PassageId)).Select(judgement => judgement.PassageId).ToHashSet(StringComparer.Ordinal);
            var others = ranking.Where(passage => !answers.Contains(passage.PassageId)).Take(Math.Max(0, size - answers.Count)).Select(passage => passage.PassageId);
            foreach (var id in answers.Order(StringComparer.Ordinal)) relevant.Add(queryId, id, 0);
            foreach (var id in answers.Concat(others)) retrieved.Add(queryId, id, 0);
            full.Add(queryId, ranking);
        }
        if (known == 0) throw new DragomanException($"The run has passages for none of the {qrels.QueryIds.Count} judged queries; was it made for other queries?");
        var random = FilledCandidates.Of(relevant.Build(), qrels, passages, size, seed).Run;
        return new HardnessSets(random, retrieved.Build(), full.Build());
    }
}
