using Dragoman.Collections;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>Remembers what a teacher that does not learn said of each pair, about 40 bytes a pair.</summary>
/// <param name="teacher">The teacher, which is owned.</param>
internal sealed class RememberedTeacher(IRelevanceTeacher teacher) : IRelevanceTeacher
{
    private readonly Dictionary<(string Query, string Passage), double> _known = [];

    public long Scored => teacher.Scored;

    public double[] Probabilities(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken)
    {
        var asked = pairs.Where(pair => !_known.ContainsKey((pair.Query.Id, pair.Passage.Id))).DistinctBy(pair => (pair.Query.Id, pair.Passage.Id)).ToList();
        if (asked.Count > 0)
        {
            var found = teacher.Probabilities(asked, cancellationToken);
            for (var at = 0; at < asked.Count; at++) _known.Add((asked[at].Query.Id, asked[at].Passage.Id), found[at]);
        }
        return [.. pairs.Select(pair => _known[(pair.Query.Id, pair.Passage.Id)])];
    }

    public void Dispose() => teacher.Dispose();
}
