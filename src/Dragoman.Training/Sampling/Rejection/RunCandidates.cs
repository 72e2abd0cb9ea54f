using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Rejection;

/// <summary>Candidates from a first stage's run, with the grades of judgements.</summary>
/// <param name="run">The run.</param>
/// <param name="qrels">The judgements; a passage that is not judged for a query has grade 0 there.</param>
/// <param name="depth">Passages of a query that are candidates; null for all.</param>
public sealed class RunCandidates(Run run, Qrels qrels, int? depth = null)
{
    /// <summary>Queries that have both passages in the run and judgements, in the run's order.</summary>
    public int Count => run.QueryIds.Count(id => qrels.IndexOfQuery(id) >= 0);

    /// <summary>Queries of the run without judgements; they are left out.</summary>
    public int Unjudged => run.QueryIds.Count - Count;

    /// <summary>The lists, one after another.</summary>
    /// <exception cref="DragomanException">No query of the run is judged.</exception>
    public IEnumerable<CandidateList> Lists()
    {
        if (Count == 0) throw new DragomanException($"None of the run's {Amount.Of(run.QueryIds.Count, "query")} is judged; do the ids of the run and of the judgements match?");
        foreach (var queryId in run.QueryIds.Where(id => qrels.IndexOfQuery(id) >= 0))
        {
            var ranking = run.Ranking(queryId);
            var kept = depth is { } most ? ranking.Take(most).ToList() : ranking;
            var grades = qrels.Judgements(queryId).ToDictionary(judgement => judgement.PassageId, judgement => judgement.Grade, StringComparer.Ordinal);
            yield return new CandidateList(queryId, [.. kept.Select(passage => passage.PassageId)], [.. kept.Select(passage => passage.Score)], [.. kept.Select(passage => grades.GetValueOrDefault(passage.PassageId))]);
        }
    }
}
