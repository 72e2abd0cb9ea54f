using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling.Rejection;

namespace Dragoman.Training.Sampling;

/// <summary>
/// Draws training groups: for a query and a passage language, the best-graded passage is the positive; other relevant ones may join with their grades; negatives are drawn from the passages judged 0, from the collection, or
/// from what a first stage found.
/// </summary>
/// <remarks>
/// As the project's source does it: <see cref="NegativePool.JudgedZero"/>, <see cref="PositiveTie.File"/>, <see cref="GroupOptions.FixedNegatives"/> and one negative. Unjudged passages count as negatives, so some are
/// false. The groups of an epoch depend on the seed, the epoch and what was found alone.
/// </remarks>
public sealed class GroupSampler
{
    private const int MostTries = 20;
    private readonly List<GroupSource> _sources = [];
    private readonly Dictionary<string, Passage[]> _pool;
    private readonly IReadOnlyDictionary<string, Passage> _passages;
    private readonly GroupOptions _options;
    private readonly HardCandidate[][] _fromRun;

    /// <summary>Finds the positives.</summary>
    /// <param name="queries">Queries by id.</param>
    /// <param name="passages">Passages by id.</param>
    /// <param name="qrels">Judgements; those of other queries and of passages that are not there are counted and left out.</param>
    /// <param name="candidates">A run that hard negatives come from; null for none.</param>
    /// <param name="options">How to draw.</param>
    /// <exception cref="DragomanException">No query has a positive, or a language has too few passages to draw negatives from.</exception>
    public GroupSampler(IReadOnlyDictionary<string, Query> queries, IReadOnlyDictionary<string, Passage> passages, Qrels qrels, Run? candidates, GroupOptions options)
    {
        (_options, _passages) = (options, passages);
        _pool = passages.Values.GroupBy(passage => passage.Language, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.OrderBy(passage => passage.Id, StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        foreach (var queryId in qrels.QueryIds.Order(StringComparer.Ordinal))
        {
            if (queries.TryGetValue(queryId, out var query)) Add(query, qrels);
            else UnknownQueries++;
        }
        if (_sources.Count == 0 && WithoutZeros > 0) throw new DragomanException($"None of the {WithoutZeros} queries with a relevant passage has {options.Negatives} judged 0 in its language; use negatives.pool collection, or fewer negatives.");
        if (_sources.Count == 0) throw new DragomanException($"None of the {qrels.QueryIds.Count} judged queries has both a text and a relevant passage in the collection; do the ids of queries, passages and judgements match?");
        foreach (var source in _sources.Where(_ => options.Pool == NegativePool.Collection))
        {
            if (_pool[source.Language].Length - source.Relevant.Count < options.Negatives)
                throw new DragomanException($"Query {source.Query.Id} leaves too few passages in language {source.Language} to draw {options.Negatives} negatives from; use fewer negatives or a larger collection.");
        }
        _fromRun = candidates is null ? [] : [.. _sources.Select(source => Hard(source, SearchedGroup.Of(candidates, source.Query.Id, source.Positive.Passage.Id)))];
        if (candidates is not null) WithoutPositive = _sources.Count(source => candidates.Ranking(source.Query.Id).All(passage => passage.PassageId != source.Positive.Passage.Id));
    }

    /// <summary>Groups in each epoch.</summary>
    public int Count => _sources.Count;

    /// <summary>Judged queries that the collection lacks.</summary>
    public int UnknownQueries { get; private set; }

    /// <summary>Positive judgements of passages that the collection lacks.</summary>
    public int UnknownPassages { get; private set; }

    /// <summary>Queries, by language of their positive, that were left out as too few of their passages are judged 0.</summary>
    public int WithoutZeros { get; private set; }

    /// <summary>Groups whose query has at least one hard negative in the candidate run.</summary>
    public int WithHardNegatives => _fromRun.Count(hard => hard.Length > 0);

    /// <summary>Groups whose positive the candidate run lacks, so that a filter by the positive's score lets nothing pass.</summary>
    public int WithoutPositive { get; }

    /// <summary>What is known of every group, in the order in which they are drawn.</summary>
    internal IReadOnlyList<GroupSource> Groups => _sources;

    /// <summary>Query and positive of every group, in the order in which they are drawn.</summary>
    public IReadOnlyList<(Query Query, Passage Positive)> Sources => [.. _sources.Select(source => (source.Query, source.Positive.Passage))];

    /// <summary>What of the judgements could not be used, one sentence each.</summary>
    public IEnumerable<string> Warnings()
    {
        if (UnknownQueries + UnknownPassages > 0) yield return $"judgements of {UnknownQueries:N0} queries without text and of {UnknownPassages:N0} passages that the collection lacks were left out.";
        if (WithoutZeros > 0) yield return $"{WithoutZeros:N0} queries were left out, as fewer than {_options.Negatives} of their passages are judged 0 (negatives.pool).";
        if (WithoutPositive > 0 && _options.Filter.IsOn) yield return $"the run lacks the positives of {WithoutPositive:N0} of {Count:N0} groups, so that none of its passages can be compared with them; these groups get other negatives.";
    }

    /// <summary>Draws the groups of an epoch, in a fixed order of queries.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="found">What a model found for every group of <see cref="Sources"/>, in the place of the run; null for the run.</param>
    public IReadOnlyList<TrainingGroup> Draw(int epoch, IReadOnlyList<SearchedGroup>? found = null)
    {
        var random = new Random(unchecked(_options.Seed * 7919 + (_options.FixedNegatives ? 0 : epoch)));
        var groups = new TrainingGroup[_sources.Count];
        for (var at = 0; at < groups.Length; at++)
        {
            var source = _sources[at];
            var hard = found is not null ? Hard(source, found[at]) : _fromRun.Length > 0 ? _fromRun[at] : [];
            groups[at] = new TrainingGroup(source.Query, [source.Positive, .. Graded(source, random), .. Negatives(source, hard, random)]);
        }
        return groups;
    }

    /// <summary>Why a passage of the pool is in a group.</summary>
    internal string PoolWhy => _options.Pool == NegativePool.Collection ? CandidateOrigin.Random : CandidateOrigin.JudgedZero;

    /// <summary>Distinct passages from the pool that are not relevant to a group's query.</summary>
    /// <param name="group">The group's place in <see cref="Groups"/>.</param>
    /// <param name="count">How many.</param>
    /// <param name="stream">Random numbers of the group's own.</param>
    /// <param name="without">Passages that are not taken; null for none.</param>
    /// <returns>Passages without text; fewer where the pool is too small.</returns>
    internal IReadOnlyList<Passage> Easy(int group, int count, DrawStream stream, IReadOnlySet<string>? without = null)
    {
        var source = _sources[group];
        var pool = _options.Pool == NegativePool.Collection ? _pool[source.Language] : source.Zeros;
        var (taken, easy) = (new HashSet<string>(StringComparer.Ordinal), new List<Passage>(count));
        void Offer(Passage passage)
        {
            if (!source.Relevant.Contains(passage.Id) && without?.Contains(passage.Id) != true && taken.Add(passage.Id)) easy.Add(passage);
        }
        var most = pool.Length == 0 ? 0 : MostTries * count;
        for (var draw = 0; draw < most && easy.Count < count; draw++) Offer(pool[(int)(stream[draw] * pool.Length)]);
        // Where hardly anything is left, chance does not find it.
        for (var place = 0; place < pool.Length && easy.Count < count; place++) Offer(pool[place]);
        return easy;
    }

    private void Add(Query query, Qrels qrels)
    {
        var judgements = qrels.Judgements(query.Id);
        UnknownPassages += judgements.Count(judgement => judgement.Grade > 0 && !_passages.ContainsKey(judgement.PassageId));
        var known = judgements.Where(judgement => _passages.ContainsKey(judgement.PassageId)).Select(judgement => new TrainingCandidate(_passages[judgement.PassageId], judgement.Grade)).ToList();
        foreach (var language in known.Where(candidate => candidate.Grade > 0).GroupBy(candidate => candidate.Passage.Language, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var zeros = _options.Pool == NegativePool.Collection ? [] : known.Where(candidate => candidate.Grade <= 0 && candidate.Passage.Language == language.Key).Select(candidate => candidate.Passage).ToArray();
            if (_options.Pool != NegativePool.Collection && zeros.Length < _options.Negatives)
            {
                WithoutZeros++;
                continue;
            }
            var byId = language.OrderByDescending(candidate => candidate.Grade).ThenBy(candidate => candidate.Passage.Id, StringComparer.Ordinal).ToList();
            var best = _options.Ties == PositiveTie.Id ? byId[0] : language.MaxBy(candidate => candidate.Grade)!;             // the first of the greatest
            _sources.Add(new GroupSource(query, best with { Origin = new CandidateOrigin(CandidateOrigin.Positive) }, [.. byId.Where(candidate => candidate != best)
                .Select(candidate => candidate with { Origin = new CandidateOrigin(CandidateOrigin.Judged) })], language.Select(candidate => candidate.Passage.Id).ToHashSet(StringComparer.Ordinal), zeros));
        }
    }

    /// <summary>What may serve as a hard negative of a group: within the ranks, of the language, not relevant, and not too near to the positive.</summary>
    private HardCandidate[] Hard(GroupSource source, SearchedGroup found)
    {
        var limit = _options.Filter.Limit(found.PositiveScore);
        return
        [
            .. found.Ranking.Take(_options.RunDepth).Select((passage, place) => (passage.PassageId, Origin: new CandidateOrigin(found.Why, place + 1, passage.Score))).Skip(_options.RunFirst - 1)
                .Where(candidate => candidate.Origin.Score <= limit && !source.Relevant.Contains(candidate.PassageId) && _passages.TryGetValue(candidate.PassageId, out var passage) && passage.Language == source.Language)
                .Select(candidate => new HardCandidate(_passages[candidate.PassageId], candidate.Origin)),
        ];
    }

    private IEnumerable<TrainingCandidate> Graded(GroupSource source, Random random)
    {
        if (_options.Judged == 0 || source.Judged.Length <= _options.Judged) return source.Judged.Take(_options.Judged);
        var order = Enumerable.Range(0, source.Judged.Length).ToArray();
        random.Shuffle(order);
        return order.Take(_options.Judged).Order().Select(place => source.Judged[place]);
    }

    private List<TrainingCandidate> Negatives(GroupSource source, HardCandidate[] hard, Random random)
    {
        var (negatives, taken) = (new List<TrainingCandidate>(_options.Negatives), new HashSet<string>(StringComparer.Ordinal));
        var pool = _options.Pool == NegativePool.Collection ? _pool[source.Language] : source.Zeros;
        while (negatives.Count < _options.Negatives)
        {
            // A draw from a run too small to give another distinct negative falls back on the pool.
            var fromRun = random.NextDouble() < _options.RunShare && hard.Any(candidate => !taken.Contains(candidate.Passage.Id));
            var drawn = fromRun ? hard[random.Next(hard.Length)]
                : new HardCandidate(_options.Pool == NegativePool.LastJudgedZero ? Array.FindLast(pool, passage => !taken.Contains(passage.Id))! : pool[random.Next(pool.Length)], new CandidateOrigin(PoolWhy));
            if (!source.Relevant.Contains(drawn.Passage.Id) && taken.Add(drawn.Passage.Id)) negatives.Add(new TrainingCandidate(drawn.Passage, 0) { Origin = drawn.Origin });
        }
        return negatives;
    }

    private sealed record HardCandidate(Passage Passage, CandidateOrigin Origin);
}
