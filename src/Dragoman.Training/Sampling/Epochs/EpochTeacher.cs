using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>What a teacher says in an epoch: asked for many pairs at a time, for each once. Not thread-safe while it is asked; what is known may be looked up by any thread.</summary>
/// <param name="answer">Its answer to one question.</param>
/// <param name="passages">The collection's passages.</param>
/// <param name="sources">The groups by their places.</param>
/// <param name="time">The clock.</param>
internal sealed class EpochTeacher(Func<IReadOnlyList<(Query Query, Passage Passage)>, CancellationToken, double[]> answer, PassageCatalogue passages, IReadOnlyList<GroupSource> sources, TimeProvider time)
{
    private readonly Dictionary<string, double>?[] _known = new Dictionary<string, double>?[sources.Count];

    /// <summary>Time that it took so far.</summary>
    internal TimeSpan Elapsed { get; private set; }

    /// <summary>Pairs that it was asked for so far.</summary>
    internal long Asked { get; private set; }

    /// <summary>P(relevant) of a pair that it was asked for.</summary>
    /// <param name="source">The group's place.</param>
    /// <param name="passageId">The passage.</param>
    internal double this[int source, string passageId] => _known[source]![passageId];

    /// <summary>P(relevant), or NaN where nobody asked.</summary>
    /// <param name="source">The group's place.</param>
    /// <param name="passageId">The passage.</param>
    internal double Known(int source, string passageId) => _known[source] is { } known && known.TryGetValue(passageId, out var probability) ? probability : double.NaN;

    /// <summary>Asks for those pairs of which nothing is known yet.</summary>
    /// <param name="pairs">Groups' places and passages.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="DragomanException">The teacher gives something that is no probability.</exception>
    internal void Ask(IEnumerable<(int Source, string PassageId)> pairs, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var open = pairs.Where(pair => double.IsNaN(Known(pair.Source, pair.PassageId))).Distinct().GroupBy(pair => pair.Source, pair => pair.PassageId).OrderBy(group => group.Key).ToList();
        if (open.Count > 0)
        {
            var lists = open.Select(group => new PairList(sources[group.Key].Query, [.. group])).ToList();
            var given = PairTexts.Score(passages, lists, answer, cancellationToken);
            for (var list = 0; list < lists.Count; list++) Keep(open[list].Key, lists[list], given[list]);
        }
        Elapsed += time.GetElapsedTime(start);
    }

    private void Keep(int source, PairList list, double[] probabilities)
    {
        var known = _known[source] ??= new Dictionary<string, double>(StringComparer.Ordinal);
        for (var at = 0; at < probabilities.Length; at++)
        {
            if (!(probabilities[at] is >= 0 and <= 1)) throw new DragomanException(FormattableString.Invariant($"Query {list.Query.Id}: the teacher gives passage {list.PassageIds[at]} a probability of relevance of {probabilities[at]}; it must be within 0 and 1. Has it diverged?"));
            known.Add(list.PassageIds[at], probabilities[at]);
        }
        Asked += probabilities.Length;
    }
}
