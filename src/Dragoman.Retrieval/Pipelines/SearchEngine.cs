using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.Dense;
using Dragoman.Retrieval.FirstStage.Feedback;
using Dragoman.Retrieval.FirstStage.Phrases;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.FirstStage.QueryLikelihood;
using Dragoman.Retrieval.FirstStage.TermMatching;
using Dragoman.Retrieval.FirstStage.Translated;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Pipelines.Pivot;
using Dragoman.Retrieval.Translators;
using Dragoman.Text.Analysis;
using Dragoman.Text.Languages.Identification;

namespace Dragoman.Retrieval.Pipelines;

/// <summary>An index with everything that answers queries over it. Thread-safe when the encoder is.</summary>
public sealed class SearchEngine : IDisposable
{
    private readonly Dictionary<string, IRetriever> _retrievers = new(StringComparer.Ordinal);
    private readonly ITextEncoder? _encoder;
    private readonly IAnalyzer _analyzer;
    private readonly QueryLanguages? _languages;
    private QueryLanguages? _tableLanguages;

    /// <summary>Puts an engine together.</summary>
    /// <param name="index">The index; the engine owns it from here on.</param>
    /// <param name="analyzer">The analyzer that built it.</param>
    /// <param name="encoder">The encoder that built its vectors, which the engine owns from here on; null for term matching only.</param>
    /// <param name="options">The weights of the methods that match terms.</param>
    /// <exception cref="DragomanException">Analyzer or encoder do not fit the index; the caller still owns everything.</exception>
    /// <exception cref="ConfigurationException">An option is out of range; the caller still owns everything.</exception>
    public SearchEngine(SearchIndex index, IAnalyzer analyzer, ITextEncoder? encoder = null, SearchEngineOptions? options = null)
    {
        options ??= new SearchEngineOptions();
        var lexical = new Bm25Retriever(index, analyzer, options.Bm25);
        AddTermRetriever(lexical);
        foreach (var smoothing in Enum.GetValues<Smoothing>()) AddTermRetriever(new QueryLikelihoodRetriever(index, analyzer, options.QueryLikelihood with { Smoothing = smoothing }));
        if (encoder is not null)
        {
            var dense = new DenseRetriever(index, encoder);
            var hybrid = new HybridRetriever(lexical, dense);
            var pivot = new PivotRetriever(index, lexical, encoder);
            _retrievers.Add(dense.Name, dense);
            _retrievers.Add(hybrid.Name, hybrid);
            _retrievers.Add(pivot.Name, pivot);
        }
        Index = index;
        Phrases = new PhraseFinder(index, analyzer);
        QueryLanguages = Distinct(index.Passages.Languages);
        _encoder = encoder;
        _analyzer = analyzer;
        _languages = analyzer is PerLanguageAnalyzer ? new QueryLanguages(index.Passages.Languages, LanguageIdentifier.Shipped) : null;

        void AddTermRetriever(ITermRetriever retriever) => _retrievers.Add(retriever.Name, options.Rm3 is null ? retriever : new Rm3Retriever(index, retriever, options.Rm3));
    }

    /// <summary>The index.</summary>
    public SearchIndex Index { get; }

    /// <summary>Finds the passages that hold phrases.</summary>
    public PhraseFinder Phrases { get; }

    /// <summary>Names of the methods that can be used: <c>bm25</c>, <c>qld</c>, <c>qljm</c>, and <c>dense</c>, <c>hybrid</c> and <c>pivot</c> when there is an encoder.</summary>
    public IReadOnlyCollection<string> Methods => _retrievers.Keys;

    /// <summary>Languages of queries that something is known of, in ordinal order: those of the passages, and those of the translation tables.</summary>
    public IReadOnlyList<string> QueryLanguages { get; private set; }

    /// <summary>The method used when none is named: <c>pivot</c> with an encoder, else <c>bm25</c>.</summary>
    public string DefaultMethod => _encoder is null ? "bm25" : "pivot";

    /// <summary>The retriever of a method.</summary>
    /// <param name="method">Its name; null for <see cref="DefaultMethod"/>.</param>
    /// <exception cref="ConfigurationException">The method is unknown or needs vectors that are not there.</exception>
    public IRetriever Retriever(string? method)
    {
        if (_retrievers.TryGetValue(method ?? DefaultMethod, out var retriever)) return retriever;
        throw new ConfigurationException("Retrieval", [method is "dense" or "hybrid" or "pivot"
            ? $"the method {method} needs vectors, and index {Index.FolderPath} was built without; rebuild it with 'dragoman index --model DIR', or use the method bm25."
            : method == "psq" ? "the method psq needs translation tables; name their folder with --translation-table DIR (train one with 'dragoman train', task translation-table)."
            : $"the method \"{method}\" is not available in this version; use one of {string.Join(", ", Methods)}."]);
    }

    /// <summary>Adds the method <c>psq</c>.</summary>
    /// <param name="tables">Translation tables made by the analyzer of the index.</param>
    /// <param name="options">The model; null for what the weights of the index were made with, or else the defaults.</param>
    /// <param name="cut">Which translations to use; null for those the weights of the index were made with, or else <see cref="PsqOptions.DefaultCut"/>.</param>
    /// <exception cref="ConfigurationException">Options are out of range, or the tables were made by another analyzer.</exception>
    public void AddTables(TranslationFolder tables, PsqOptions? options = null, TranslationCut? cut = null)
    {
        var settings = Index.Manifest.Weights?.Settings;
        var psq = new PsqRetriever(Index, _analyzer, tables, options ?? (settings is null ? null : PsqOptions.Of(settings)), cut ?? settings?.Cut);
        _retrievers[psq.Name] = psq;
        QueryLanguages = Distinct(tables.Pairs.SelectMany(pair => new[] { pair.From, pair.To }).Concat(Index.Passages.Languages));
        _tableLanguages = new QueryLanguages(QueryLanguages, LanguageIdentifier.Shipped);
    }

    /// <summary>A retriever that translates queries before a method that matches terms.</summary>
    /// <param name="method">The method's name; null for <c>bm25</c>.</param>
    /// <param name="translator">Translates; the caller owns it, and it must outlive the retriever.</param>
    /// <exception cref="ConfigurationException">There is no such method, it does not match terms, or the translations are terms of another analyzer than the index's.</exception>
    public TranslatingRetriever Translating(string? method, ITranslator translator) => new(Index, TermRetriever(method), translator);

    /// <summary>The language that a query without one is taken to be in, where that matters: by an index whose analyzer goes by language, and by <c>psq</c>, which needs a table.</summary>
    /// <param name="query">The query.</param>
    /// <param name="method">Name of the method; null for <see cref="DefaultMethod"/>.</param>
    /// <returns>Null when the query carries a language, the language makes no difference, or none is likely enough.</returns>
    public LanguageProbability? AssumedLanguage(Query query, string? method) => (method ?? DefaultMethod) switch
    {
        "psq" => _tableLanguages?.Assume(query),
        "dense" => null,
        _ => _languages?.Assume(query),
    };

    /// <summary>The retriever of a method that matches terms; it takes weighted terms, scores given pairs and explains scores.</summary>
    /// <param name="method">Its name; null for <c>bm25</c>.</param>
    /// <exception cref="ConfigurationException">There is no such method, or it does not match terms.</exception>
    public ITermRetriever TermRetriever(string? method) => Retriever(method ?? "bm25") as ITermRetriever
        ?? throw new ConfigurationException("Retrieval", [$"the method {method} does not match terms alone; use one of {string.Join(", ", Methods.Where(name => _retrievers[name] is ITermRetriever))}."]);

    /// <summary>Answers one query for a person. What stands in quotation marks must occur in a passage as it is written; see <see cref="PhraseQuery.Parse"/>.</summary>
    /// <param name="query">The query; <see cref="AssumedLanguage"/> stands in for a language it lacks.</param>
    /// <param name="method">Name of the method; null for <see cref="DefaultMethod"/>.</param>
    /// <param name="options">Depth and languages.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ConfigurationException">Method or options do not fit the index, or the query has a phrase and the index no positions.</exception>
    public SearchAnswer Search(Query query, string? method, RetrievalOptions options, CancellationToken cancellationToken = default)
    {
        var assumed = AssumedLanguage(query, method);
        var asked = PhraseQuery.Parse(assumed is { } likely ? query with { Language = likely.Language } : query);
        return Search(asked, Retriever(method), options with { Filter = Phrases.Find(asked, options, cancellationToken) }, cancellationToken) with { AssumedLanguage = assumed };
    }

    /// <summary>Answers one query for a person; quotation marks in it mean nothing.</summary>
    /// <param name="query">The query.</param>
    /// <param name="retriever">Finds the passages; over the index of this engine.</param>
    /// <param name="options">Depth and languages.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ConfigurationException">The options do not fit the index.</exception>
    public SearchAnswer Search(Query query, IRetriever retriever, RetrievalOptions options, CancellationToken cancellationToken = default) =>
        Search(new PhraseQuery(query, []), retriever, options, cancellationToken);

    private SearchAnswer Search(PhraseQuery asked, IRetriever retriever, RetrievalOptions options, CancellationToken cancellationToken)
    {
        var ranking = retriever.Retrieve([asked.Query], options, cancellationToken)[0];
        var marks = new QueryMarks(asked, Index, _analyzer);
        return new SearchAnswer(retriever.Name, ranking.Select((found, place) => Describe(found, place + 1, asked.Query.Text, marks)).ToArray())
        {
            WhyAtQueryTime = retriever is PsqRetriever psq && Index.Manifest.Weights is not null ? psq.WhyAtQueryTime(asked.Query.Language) : null,
        };
    }

    private SearchResult Describe(RankedPassage found, int rank, string queryText, QueryMarks marks)
    {
        if (!Index.Passages.TryFind(found.PassageId, out var ordinal)) throw new InvalidOperationException($"The retriever gave passage {found.PassageId}, which the index does not hold.");
        var passage = Index.Passages.Read(ordinal);
        return new SearchResult(rank, found.Score, passage.Id, passage.Language, Snippet.OneLine(passage.Title), SnippetOf(passage, queryText, marks));
    }

    private static string SnippetOf(Passage passage, string queryText, QueryMarks marks)
    {
        var line = Snippet.OneLine(Snippet.Beginning(passage.Text));
        return line.Length > Snippet.UsualLength && marks.Of(line, passage.Language) is { Count: > 0 } found ? Snippet.Cut(line, found, Snippet.UsualLength) : Snippet.Of(line, queryText);
    }

    private static string[] Distinct(IEnumerable<string> languages) => [.. languages.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Closes index and encoder.</summary>
    public void Dispose()
    {
        Index.Dispose();
        _encoder?.Dispose();
    }
}
