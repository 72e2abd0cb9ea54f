using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling;

/// <summary>
/// Draws training groups as the project's source does: for a query and a passage language, the best-graded passage is the positive (the first by id among
/// equals), and negatives are drawn from the passages of that language that have grade 0 or none for the query.
/// </summary>
/// <remarks>
/// Deviation: negatives are drawn anew in each epoch unless <see cref="GroupOptions.FixedNegatives"/>, and may come from a candidate run. Unjudged passages count
/// as negatives, so some are false. The groups of an epoch depend on the seed and the epoch alone.
/// </remarks>
public sealed class GroupSampler
{
    private readonly List<(Query Query, TrainingCandidate Positive, HashSet<string> Relevant, Passage[] Hard)> _positives = [];
    private readonly Dictionary<string, Passage[]> _pool;
    private readonly GroupOptions _options;

    /// <summary>Finds the positives.</summary>
    /// <param name="queries">Queries by id.</param>
    /// <param name="passages">Passages by id.</param>
    /// <param name="qrels">Judgements; those of other queries and of passages that are not there are counted and left out.</param>
    /// <param name="candidates">A run that hard negatives come from; null when <see cref="GroupOptions.RunShare"/> is 0.</param>
    /// <param name="options">How to draw.</param>
    /// <exception cref="DragomanException">No query has a positive, or a language has too few passages to draw negatives from.</exception>
    public GroupSampler(IReadOnlyDictionary<string, Query> queries, IReadOnlyDictionary<string, Passage> passages, Qrels qrels, Run? candidates, GroupOptions options)
    {
        _options = options;
        _pool = passages.Values.GroupBy(passage => passage.Language, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.OrderBy(passage => passage.Id, StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        foreach (var queryId in qrels.QueryIds.Order(StringComparer.Ordinal))
        {
            if (queries.TryGetValue(queryId, out var query)) Add(query, passages, qrels, candidates);
            else UnknownQueries++;
        }
        if (_positives.Count == 0) throw new DragomanException($"None of the {qrels.QueryIds.Count} judged queries has both a text and a relevant passage in the collection; do the ids of queries, passages and judgements match?");
        foreach (var (query, positive, relevant, _) in _positives)
        {
            if (_pool[positive.Passage.Language].Length - relevant.Count < options.Negatives)
                throw new DragomanException($"Query {query.Id} leaves too few passages in language {positive.Passage.Language} to draw {options.Negatives} negatives from; use fewer negatives or a larger collection.");
        }
    }

    /// <summary>Groups in each epoch.</summary>
    public int Count => _positives.Count;

    /// <summary>Judged queries that the collection lacks.</summary>
    public int UnknownQueries { get; private set; }

    /// <summary>Positive judgements of passages that the collection lacks.</summary>
    public int UnknownPassages { get; private set; }

    /// <summary>Groups whose query has at least one hard negative in the candidate run.</summary>
    public int WithHardNegatives => _positives.Count(entry => entry.Hard.Length > 0);

    /// <summary>Draws the groups of an epoch, in a fixed order of queries.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    public IReadOnlyList<TrainingGroup> Draw(int epoch)
    {
        var random = new Random(unchecked(_options.Seed * 7919 + (_options.FixedNegatives ? 0 : epoch)));
        return [.. _positives.Select(entry => new TrainingGroup(entry.Query, [entry.Positive, .. Negatives(entry.Positive.Passage, entry.Relevant, entry.Hard, random).Select(passage => new TrainingCandidate(passage, 0))]))];
    }

    private void Add(Query query, IReadOnlyDictionary<string, Passage> passages, Qrels qrels, Run? candidates)
    {
        var judgements = qrels.Judgements(query.Id).Where(judgement => judgement.Grade > 0).ToList();
        UnknownPassages += judgements.Count(judgement => !passages.ContainsKey(judgement.PassageId));
        var relevant = judgements.Where(judgement => passages.ContainsKey(judgement.PassageId)).ToList();
        foreach (var language in relevant.GroupBy(judgement => passages[judgement.PassageId].Language, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var best = language.OrderByDescending(judgement => judgement.Grade).ThenBy(judgement => judgement.PassageId, StringComparer.Ordinal).First();
            var ids = language.Select(judgement => judgement.PassageId).ToHashSet(StringComparer.Ordinal);
            var hard = candidates?.Ranking(query.Id).Take(_options.RunDepth)
                .Where(candidate => !ids.Contains(candidate.PassageId) && passages.TryGetValue(candidate.PassageId, out var passage) && passage.Language == language.Key)
                .Select(candidate => passages[candidate.PassageId]).ToArray() ?? [];
            _positives.Add((query, new TrainingCandidate(passages[best.PassageId], best.Grade), ids, hard));
        }
    }

    private List<Passage> Negatives(Passage positive, HashSet<string> relevant, Passage[] hard, Random random)
    {
        var pool = _pool[positive.Language];
        var negatives = new List<Passage>(_options.Negatives);
        while (negatives.Count < _options.Negatives)
        {
            // A draw from a run too small to give another distinct negative falls back on random passages.
            var fromRun = random.NextDouble() < _options.RunShare && hard.Any(passage => !negatives.Contains(passage));
            var drawn = fromRun ? hard[random.Next(hard.Length)] : pool[random.Next(pool.Length)];
            if (!relevant.Contains(drawn.Id) && !negatives.Contains(drawn)) negatives.Add(drawn);
        }
        return negatives;
    }
}
