using System.Buffers;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.TermMatching;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Postings;
using Dragoman.Retrieval.Indexing.Segments;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.FirstStage.Psq;

/// <summary>
/// Ranks passages in several languages by probabilistic structured queries over translation tables: by the weights that the index holds, with exact pruning, or else exhaustively. Passages where no query term's translation occurs are not returned; passages in a language
/// without a table are found only by terms that are written or sound alike. Thread-safe.
/// </summary>
public sealed class PsqRetriever : IRetriever
{
    private readonly SearchIndex _index;
    private readonly IAnalyzer _analyzer;
    private readonly PsqOptions _options;
    private readonly Bm25Options _bm25;
    private readonly TranslationProvider _translations;
    private readonly OpenVocabulary _vocabulary;
    private readonly StoredPsqSearch _stored;

    /// <summary>Creates a retriever over an index.</summary>
    /// <param name="index">The index; must outlive the retriever.</param>
    /// <param name="analyzer">Turns queries into terms; of the identity that built the index and the tables.</param>
    /// <param name="tables">The translation tables.</param>
    /// <param name="options">The model; null for the defaults.</param>
    /// <param name="cut">Which translations to use; null for <see cref="PsqOptions.DefaultCut"/>.</param>
    /// <param name="bm25">The weights of <see cref="PsqModel.Bm25"/>; null for the defaults.</param>
    /// <exception cref="IndexMismatchException">The analyzer is another one than the index was built by.</exception>
    /// <exception cref="ConfigurationException">An option is out of range, or the tables were made by another analyzer.</exception>
    public PsqRetriever(SearchIndex index, IAnalyzer analyzer, TranslationFolder tables, PsqOptions? options = null, TranslationCut? cut = null, Bm25Options? bm25 = null)
    {
        (_options, _bm25) = (options ?? new PsqOptions(), bm25 ?? new Bm25Options());
        cut ??= PsqOptions.DefaultCut;
        var problems = _options.Problems().Concat(_bm25.Problems()).Concat(cut.Problems()).ToList();
        if (problems.Count > 0) throw new ConfigurationException("PSQ", problems);
        tables.Require(analyzer);
        index.Require(analyzer);
        (_index, _analyzer) = (index, analyzer);
        _translations = new TranslationProvider(tables, cut, _options);
        _vocabulary = new OpenVocabulary(_translations, _options);
        _stored = new StoredPsqSearch(index, tables, _translations, _vocabulary, _options, cut);
    }

    /// <inheritdoc/>
    public string Name => "psq";

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<RankedPassage>> Retrieve(IReadOnlyList<Query> queries, RetrievalOptions options, CancellationToken cancellationToken = default) =>
        Retrieve(queries, options, exhaustive: null, cancellationToken);

    /// <summary>Why queries in a language are scored at query time, as a clause that says what the weights of the index lack; null when those weights are used.</summary>
    /// <param name="queryLanguage">Language of the queries.</param>
    public string? WhyAtQueryTime(string queryLanguage) => _options.Scoring == PsqScoring.Query ? "it was asked for" : _stored.Misfit(queryLanguage);

    /// <summary>Retrieves with or without pruning, for comparison; null for what takes less time.</summary>
    internal IReadOnlyList<IReadOnlyList<RankedPassage>> Retrieve(IReadOnlyList<Query> queries, RetrievalOptions options, bool? exhaustive, CancellationToken cancellationToken)
    {
        var selection = PassageSelection.Of(_index, options);
        var statistics = new CollectionStatistics(selection.Partitions);
        foreach (var query in queries)
        {
            RequireTables(query, selection);
            if (_stored.Misfit(query.Language) is { } misfit && _options.Scoring == PsqScoring.Index)
                throw new ConfigurationException("PSQ", [$"the weights of index {_index.FolderPath} do not serve for query {query.Id} in {query.Language}: {misfit}; make them with 'dragoman index psq', or score at query time."]);
        }
        var rankings = new IReadOnlyList<RankedPassage>[queries.Count];
        ParallelWork.Run(() => Parallel.For(0, queries.Count, new ParallelOptions { CancellationToken = cancellationToken }, query => rankings[query] = WhyAtQueryTime(queries[query].Language) is null
            ? _stored.Rank(QueryTerms.Of(queries[query], _analyzer), queries[query].Language, options.Depth, selection, exhaustive) ?? Rank(queries[query], options.Depth, selection, statistics)
            : Rank(queries[query], options.Depth, selection, statistics)));
        return rankings;
    }

    /// <summary>Says query term by query term, and translation by translation, why a passage scores as it does.</summary>
    /// <param name="query">The query.</param>
    /// <param name="passageId">The passage.</param>
    /// <param name="options">Which passages take part, for the statistics.</param>
    /// <exception cref="DragomanException">There is no such passage.</exception>
    public PsqExplanation Explain(Query query, string passageId, RetrievalOptions options)
    {
        if (!_index.Passages.TryFind(passageId, out var ordinal)) throw new DragomanException($"Index {_index.FolderPath} holds no passage {passageId}.");
        var selection = PassageSelection.Of(_index, options);
        RequireTables(query, selection);
        var statistics = new CollectionStatistics(selection.Partitions);
        var length = _index.Terms.Length(ordinal);
        var partition = _index.Passages.PartitionOf(ordinal);
        var frequencies = _index.Terms.TermsOf(ordinal).ToDictionary(StringComparer.Ordinal);
        var terms = new List<PsqTermExplanation>();
        foreach (var (term, count) in QueryTerms.Of(query, _analyzer))
        {
            var matches = _vocabulary.Of(term, query.Language, partition).Where(translation => frequencies.ContainsKey(translation.PassageTerm))
                .Select(translation => new PsqMatch(translation.PassageTerm, translation.Probability, frequencies[translation.PassageTerm], translation.Kind))
                .OrderByDescending(match => match.Probability * match.Frequency).ThenBy(match => match.PassageTerm, StringComparer.Ordinal).ToArray();
            var expected = matches.Sum(match => match.Probability * match.Frequency);
            var score = expected == 0 ? 0 : count * Weight(expected, length, Known(query.Language, term, selection), statistics);
            terms.Add(new PsqTermExplanation(term, count, score, matches));
        }
        return new PsqExplanation(passageId, terms.Sum(term => term.Score), length, terms);
    }

    private RankedPassage[] Rank(Query query, int depth, PassageSelection selection, ICollectionStatistics statistics)
    {
        var terms = QueryTerms.Of(query, _analyzer).Select(term => (term.Term, term.Weight, Known: Known(query.Language, term.Term, selection))).ToArray();
        var top = new TopPassages(depth, _index.Passages);
        foreach (var partition in selection.Partitions)
        {
            var lengths = partition.Lengths;
            var (scores, expected) = (ArrayPool<double>.Shared.Rent(lengths.Length), ArrayPool<double>.Shared.Rent(lengths.Length));
            var (scored, touched) = (new List<int>(), new List<int>());
            try
            {
                scores.AsSpan(0, lengths.Length).Clear();
                expected.AsSpan(0, lengths.Length).Clear();
                foreach (var (term, weight, known) in terms)
                {
                    Accumulate(query.Language, term, partition, expected, touched);
                    foreach (var passage in touched)
                    {
                        if (scores[passage] == 0) scored.Add(passage);
                        scores[passage] += weight * Weight(expected[passage], lengths[passage], known, statistics);
                        expected[passage] = 0;
                    }
                    touched.Clear();
                }
                foreach (var passage in scored)
                {
                    if (selection.Admits(partition, passage)) top.Offer(partition.FirstOrdinal + passage, scores[passage]);
                }
            }
            finally
            {
                ArrayPool<double>.Shared.Return(scores);
                ArrayPool<double>.Shared.Return(expected);
            }
        }
        return top.Take();
    }

    /// <summary>Adds a query term's expected frequency to every passage of a partition.</summary>
    private void Accumulate(string queryLanguage, string term, IndexPartition partition, double[] expected, List<int> touched)
    {
        foreach (var (passageTerm, probability, _) in _vocabulary.Of(term, queryLanguage, partition))
        {
            if (!partition.TryFind(TermForm.Of(passageTerm), out var found)) continue;
            for (var cursor = partition.Postings(found.Entry); cursor.Passage != PostingsCursor.End; cursor.Next())
            {
                ref var sum = ref expected[cursor.Passage];
                if (sum == 0) touched.Add(cursor.Passage);
                sum += probability * cursor.Value;
            }
        }
    }

    /// <summary>What the model needs to know of a query term, whatever the passage: P(e|G) for PSQ-HMM, DF(e) for PSQ.</summary>
    private double Known(string queryLanguage, string term, PassageSelection selection) => _options.Model == PsqModel.Hmm
        ? _translations.Counts(queryLanguage).Probability(term)
        : selection.Partitions.Sum(partition => _vocabulary.Of(term, queryLanguage, partition)
            .Sum(translation => partition.TryFind(TermForm.Of(translation.PassageTerm), out var found) ? translation.Probability * found.LivePassages : 0));

    private double Weight(double expected, int length, double known, ICollectionStatistics statistics) => _options.Model == PsqModel.Hmm
        ? PsqWeights.Hmm(expected, length, _options.Background, known)
        : PsqWeights.Bm25(expected, known, length, statistics.AverageLength, statistics.PassageCount, _bm25);

    private void RequireTables(Query query, PassageSelection selection)
    {
        var languages = selection.Partitions.Select(partition => partition.Tag).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (languages.Any(language => _translations.Has(query.Language, language))) return;
        throw new ConfigurationException("PSQ", [
            $"query {query.Id} is in {query.Language}, and no passage is in that language or in one with a table for it (the index holds {string.Join(", ", languages)}); train a table, or state the queries' language."]);
    }
}
