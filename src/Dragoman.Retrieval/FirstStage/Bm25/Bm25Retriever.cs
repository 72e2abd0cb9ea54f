using System.Buffers;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.FirstStage.Bm25;

/// <summary>Ranks passages by BM25, term at a time over exact accumulators. Passages without any query term are not returned. Thread-safe.</summary>
public sealed class Bm25Retriever : IRetriever
{
    private readonly SearchIndex _index;
    private readonly IAnalyzer _analyzer;
    private readonly Bm25Options _options;

    /// <summary>Creates a retriever over an index.</summary>
    /// <param name="index">The index; must outlive the retriever.</param>
    /// <param name="analyzer">Turns queries into terms; of the identity that built the index.</param>
    /// <param name="options">The weights.</param>
    /// <exception cref="IndexMismatchException">The analyzer is another one than the index was built by.</exception>
    /// <exception cref="ConfigurationException">An option is out of range.</exception>
    public Bm25Retriever(SearchIndex index, IAnalyzer analyzer, Bm25Options? options = null)
    {
        _options = options ?? new Bm25Options();
        if (_options.Problems().ToArray() is { Length: > 0 } problems) throw new ConfigurationException("BM25", problems);
        index.Require(analyzer);
        _index = index;
        _analyzer = analyzer;
    }

    /// <inheritdoc/>
    public string Name => "bm25";

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<RankedPassage>> Retrieve(IReadOnlyList<Query> queries, RetrievalOptions options, CancellationToken cancellationToken = default)
    {
        var selection = PassageSelection.Of(_index, options);
        var statistics = _index.Terms.Statistics(selection.Languages);
        var rankings = new IReadOnlyList<RankedPassage>[queries.Count];
        Parallel.For(0, queries.Count, new ParallelOptions { CancellationToken = cancellationToken },
            query => rankings[query] = Rank(TermsOf(queries[query]), options.Depth, selection, statistics));
        return rankings;
    }

    /// <summary>The score that a passage holding every term of a query endlessly often would approach; a score divided by it says how much of the query was matched, within [0, 1).</summary>
    /// <param name="query">The query.</param>
    /// <param name="options">Which passages take part, for the statistics.</param>
    /// <returns>0 for a query without terms.</returns>
    public double UpperBound(Query query, RetrievalOptions options)
    {
        var statistics = _index.Terms.Statistics(PassageSelection.Of(_index, options).Languages);
        var weights = new Bm25Weights(_options, statistics);
        return TermsOf(query).Sum(term => term.Count * weights.Idf(statistics.PassagesWith(term.Term)));
    }

    /// <summary>Says term by term why a passage scores as it does.</summary>
    /// <param name="query">The query.</param>
    /// <param name="passageId">The passage.</param>
    /// <param name="options">Which passages take part, for the statistics.</param>
    /// <exception cref="DragomanException">There is no such passage.</exception>
    public Bm25Explanation Explain(Query query, string passageId, RetrievalOptions options)
    {
        if (!_index.Passages.TryFind(passageId, out var ordinal)) throw new DragomanException($"Index {_index.FolderPath} holds no passage {passageId}.");
        var statistics = _index.Terms.Statistics(PassageSelection.Of(_index, options).Languages);
        var weights = new Bm25Weights(_options, statistics);
        var length = _index.Terms.Lengths[ordinal];
        var everyLanguage = Enumerable.Repeat(true, _index.Passages.Languages.Count).ToArray();
        var terms = new List<Bm25TermExplanation>();
        foreach (var (term, count) in TermsOf(query))
        {
            var frequency = FrequencyIn(ordinal, _index.Terms.Postings(term, everyLanguage));
            var passagesWith = statistics.PassagesWith(term);
            var idf = weights.Idf(passagesWith);
            var saturation = frequency == 0 ? 0 : weights.Saturation(frequency, length);
            terms.Add(new Bm25TermExplanation(term, count, frequency, passagesWith, idf, saturation, count * idf * saturation));
        }
        return new Bm25Explanation(passageId, terms.Sum(term => term.Score), length, statistics.AverageLength, statistics.PassageCount, terms);
    }

    private RankedPassage[] Rank(IReadOnlyList<(string Term, int Count)> terms, int depth, PassageSelection selection, ICollectionStatistics statistics)
    {
        var weights = new Bm25Weights(_options, statistics);
        var lengths = _index.Terms.Lengths;
        var scores = ArrayPool<double>.Shared.Rent(lengths.Length);
        var touched = new List<int>();
        try
        {
            scores.AsSpan(0, lengths.Length).Clear();
            foreach (var (term, count) in terms)
            {
                var postings = _index.Terms.Postings(term, selection.Languages);
                var weight = count * weights.Idf(postings.PassageCount);
                while (postings.TryRead(out var posting))
                {
                    ref var score = ref scores[posting.Passage];
                    if (score == 0) touched.Add(posting.Passage);
                    score += weight * weights.Saturation(posting.Frequency, lengths[posting.Passage]);
                }
            }
            var top = new TopPassages(depth, _index.Passages);
            foreach (var passage in touched)
            {
                if (selection.Admits(passage)) top.Offer(passage, scores[passage]);
            }
            return top.Take();
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scores);
        }
    }

    /// <summary>Distinct terms in order of first appearance, with how often they occur.</summary>
    private List<(string Term, int Count)> TermsOf(Query query)
    {
        var all = new List<string>();
        _analyzer.Analyze(query.Text, query.Language, all);
        return all.GroupBy(term => term, StringComparer.Ordinal).Select(group => (group.Key, group.Count())).ToList();
    }

    private static int FrequencyIn(int ordinal, PostingsReader postings)
    {
        while (postings.TryRead(out var posting))
        {
            if (posting.Passage == ordinal) return posting.Frequency;
        }
        return 0;
    }
}
