using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.FirstStage.TermMatching;

/// <summary>What the retrievers that match terms have in common; they differ in their model. Thread-safe.</summary>
/// <param name="index">The index; must outlive this object.</param>
/// <param name="method">The retriever's name.</param>
/// <param name="modelOf">Makes the model for the statistics of the passages that take part.</param>
internal sealed class TermSearcher(SearchIndex index, string method, Func<ICollectionStatistics, TermModel> modelOf)
{
    internal IReadOnlyList<RankedPassage>[] Retrieve(IReadOnlyList<TermQuery> queries, RetrievalOptions options, CancellationToken cancellationToken, bool exhaustive = false)
    {
        foreach (var query in queries) Check(query.Terms);
        var selection = PassageSelection.Of(index, options);
        var statistics = new CollectionStatistics(selection.Partitions);
        var model = modelOf(statistics);
        var rankings = new IReadOnlyList<RankedPassage>[queries.Count];
        ParallelWork.Run(() => Parallel.For(0, queries.Count, new ParallelOptions { CancellationToken = cancellationToken }, query =>
        {
            var prepared = PreparedQuery.Of(queries[query].Terms, model, statistics);
            var top = new TopPassages(options.Depth, index.Passages);
            foreach (var partition in selection.Partitions)
            {
                cancellationToken.ThrowIfCancellationRequested();
                new PartitionSearch(partition, prepared, selection, top).Run(exhaustive ? true : null);
            }
            rankings[query] = top.Take();
        }));
        return rankings;
    }

    internal double[] Score(IReadOnlyList<WeightedTerm> terms, IReadOnlyList<string> passageIds, RetrievalOptions options)
    {
        Check(terms);
        var statistics = StatisticsOf(options);
        var query = PreparedQuery.Of(terms, modelOf(statistics), statistics);
        var weights = WeightsByTerm(terms, query, statistics);
        var bytes = terms.Select(term => TermForm.Of(term.Term)).ToArray();
        return [.. passageIds.Select(id => Score(Find(id), query, weights, bytes))];
    }

    internal ScoreExplanation Explain(IReadOnlyList<WeightedTerm> terms, string passageId, RetrievalOptions options)
    {
        Check(terms);
        var (partition, passage) = Find(passageId);
        var statistics = StatisticsOf(options);
        var model = modelOf(statistics);
        var query = PreparedQuery.Of(terms, model, statistics);
        var weights = WeightsByTerm(terms, query, statistics);
        var length = partition.Lengths[passage];
        var parts = terms.Select((term, place) =>
        {
            var known = statistics.Of(term.Term);
            var frequency = FrequencyOf(partition, passage, TermForm.Of(term.Term));
            var (rarity, match) = model.Describe(known, weights[place], frequency, length);
            return new TermExplanation(term.Term, term.Weight, frequency, known.Passages, known.Occurrences, rarity, match, frequency == 0 ? 0 : weights[place]?.Part(frequency, length) ?? 0);
        }).ToArray();
        var added = query.Base(length);
        return new ScoreExplanation(passageId, method, model.Formula, parts.Sum(part => part.Part) + added, added, length, statistics.AverageLength, statistics.PassageCount, statistics.TokenCount, parts);
    }

    internal CollectionStatistics StatisticsOf(RetrievalOptions options) => new(PassageSelection.Of(index, options).Partitions);

    private static double Score((IndexPartition Partition, int Passage) at, PreparedQuery query, Indexing.Postings.TermWeight?[] weights, byte[][] terms)
    {
        var length = at.Partition.Lengths[at.Passage];
        var frequencies = new Dictionary<int, int>();
        var reader = at.Partition.TermsOf(at.Passage);
        while (reader.TryRead(out var term, out var frequency)) frequencies.Add(term, frequency);
        var score = 0.0;
        for (var place = 0; place < terms.Length; place++)
        {
            if (weights[place] is { } weight && at.Partition.TryFind(terms[place], out var found) && frequencies.TryGetValue(found.Entry.Number, out var frequency)) score += weight.Part(frequency, length);
        }
        return score + query.Base(length);
    }

    /// <summary>The weight of every term; null for those that do not occur in the passages that take part.</summary>
    private static Indexing.Postings.TermWeight?[] WeightsByTerm(IReadOnlyList<WeightedTerm> terms, PreparedQuery query, CollectionStatistics statistics)
    {
        var weights = new Indexing.Postings.TermWeight?[terms.Count];
        for (var (place, next) = (0, 0); place < terms.Count; place++)
        {
            if (statistics.Find(terms[place].Term).Length > 0) weights[place] = query.Terms[next++].Weight;
        }
        return weights;
    }

    private static int FrequencyOf(IndexPartition partition, int passage, byte[] term)
    {
        if (!partition.TryFind(term, out var found)) return 0;
        var reader = partition.TermsOf(passage);
        while (reader.TryRead(out var number, out var frequency))
        {
            if (number == found.Entry.Number) return frequency;
        }
        return 0;
    }

    private (IndexPartition Partition, int Passage) Find(string passageId)
    {
        if (!index.Passages.TryFind(passageId, out var ordinal)) throw new DragomanException($"Index {index.FolderPath} holds no passage {passageId}.");
        var partition = index.Passages.PartitionOf(ordinal);
        return (partition, ordinal - partition.FirstOrdinal);
    }

    private static void Check(IReadOnlyList<WeightedTerm> terms)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (term, weight) in terms)
        {
            if (!(weight > 0 && double.IsFinite(weight))) throw new ConfigurationException("The query", [FormattableString.Invariant($"the term \"{term}\" has the weight {weight}; use a number above 0.")]);
            if (!seen.Add(term)) throw new ConfigurationException("The query", [$"the term \"{term}\" stands twice; add up its weights."]);
        }
    }
}
