using Dragoman.Collections;

namespace Dragoman.Training.Diagnostics;

/// <summary>Searches the sampled passages for the sampled queries, each in the languages that its relevant passages are in.</summary>
internal static class SampleSearch
{
    private const int Depth = 100;

    internal static void Add(RunBuilder run, CollectionSample sample, Vectors queries, Vectors passages, IReadOnlyList<int> measured)
    {
        var found = new IReadOnlyList<RankedPassage>[measured.Count];
        Parallel.For(0, measured.Count, at =>
        {
            var query = measured[at];
            var languages = sample.Relevant[query].Select(place => sample.Passages[place].Language).ToHashSet(StringComparer.Ordinal);
            found[at] = [.. Enumerable.Range(0, passages.Count).Where(place => languages.Contains(sample.Passages[place].Language))
                .Select(place => new RankedPassage(sample.Passages[place].Id, (float)queries.Cosine(query, passages, place)))
                .OrderByDescending(passage => passage.Score).ThenByDescending(passage => passage.PassageId, StringComparer.Ordinal).Take(Depth)];
        });
        for (var at = 0; at < measured.Count; at++) run.Add(sample.Queries[measured[at]].Id, found[at]);
    }
}
