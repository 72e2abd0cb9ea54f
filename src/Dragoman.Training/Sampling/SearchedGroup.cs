using Dragoman.Collections;

namespace Dragoman.Training.Sampling;

/// <summary>What a first stage found for a group's query.</summary>
/// <param name="Ranking">Passages, best first.</param>
/// <param name="PositiveScore">What the group's positive scores there; null when it is not known.</param>
/// <param name="Why">Where it comes from: <see cref="CandidateOrigin.Run"/> or <see cref="CandidateOrigin.Mined"/>.</param>
public sealed record SearchedGroup(IReadOnlyList<RankedPassage> Ranking, double? PositiveScore, string Why)
{
    /// <summary>What a run holds for a group.</summary>
    /// <param name="run">The run.</param>
    /// <param name="queryId">The group's query.</param>
    /// <param name="positiveId">Its positive.</param>
    internal static SearchedGroup Of(Run run, string queryId, string positiveId)
    {
        var ranking = run.Ranking(queryId);
        return new SearchedGroup(ranking, ranking.Where(passage => passage.PassageId == positiveId).Select(passage => (double?)passage.Score).FirstOrDefault(), CandidateOrigin.Run);
    }
}
