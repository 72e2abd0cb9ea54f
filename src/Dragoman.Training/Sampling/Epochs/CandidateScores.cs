using Dragoman.Collections;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>The candidates of a group, all of its positive's language.</summary>
/// <param name="Ranking">Best first, relevant ones among them.</param>
internal sealed record ScoredCandidates(IReadOnlyList<RankedPassage> Ranking);

/// <summary>Finds the candidates of every group, with the scores that are wanted.</summary>
/// <param name="settings">The settings.</param>
/// <param name="sources">What is sampled from.</param>
internal sealed class CandidateScores(SamplingSettings settings, EpochSources sources)
{
    /// <summary>The candidates of each group. Those of the run (or of a search) within the depth; where the model scores, all relevant passages of the group join them.</summary>
    /// <param name="found">What a search found for each group; null where the run is taken.</param>
    /// <param name="scorer">The model in training.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal IReadOnlyList<ScoredCandidates> Of(IReadOnlyList<SearchedGroup>? found, EpochScorer scorer, CancellationToken cancellationToken)
    {
        var groups = sources.Sampler.Groups;
        var rankings = groups.Select((group, place) => Within(group, found is null ? sources.Run!.Ranking(group.Query.Id) : found[place].Ranking)).ToList();
        if (settings.ByRun) return [.. rankings.Select(ranking => new ScoredCandidates(ranking))];
        var keeps = found is not null && sources.SearchIsModel;
        var missing = groups.Select((group, place) =>
        {
            var ids = rankings[place].Select(passage => passage.PassageId).ToList();
            var relevant = group.Graded.Select(candidate => candidate.Passage.Id).Except(ids, StringComparer.Ordinal).Order(StringComparer.Ordinal);
            return new PairList(group.Query, keeps ? [.. relevant] : [.. ids, .. relevant]);
        }).ToList();
        var scores = scorer.Score(missing, cancellationToken);
        return [.. groups.Select((_, place) =>
        {
            var added = missing[place].PassageIds.Zip(scores[place], (id, score) => new RankedPassage(id, score));
            // As a run is sorted.
            List<RankedPassage> ranking = [.. (keeps ? rankings[place].Concat(added) : added).OrderByDescending(passage => passage.Score).ThenByDescending(passage => passage.PassageId, StringComparer.Ordinal)];
            return new ScoredCandidates(ranking);
        })];
    }

    private List<RankedPassage> Within(GroupSource group, IReadOnlyList<RankedPassage> ranking) =>
        [.. ranking.Where(passage => sources.Passages.Entries.TryGetValue(passage.PassageId, out var entry) && entry.Language == group.Language).Take(settings.MostDepth)];
}
