using System.CommandLine;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Weights;
using Dragoman.Retrieval.Pipelines;

namespace Dragoman.Cli.Searching;

/// <summary>The options of probabilistic structured queries.</summary>
internal sealed class TranslationOptions
{
    private readonly Option<string?> _tables = SearchOptions.Tables();
    private readonly Option<PsqModel> _model = new("--psq-model") { Description = "hmm: PSQ-HMM; bm25: BM25 over expected frequencies.", DefaultValueFactory = _ => PsqModel.Hmm };
    private readonly Option<PsqScoring> _scoring = new("--psq-scoring") { Description = "Where PSQ-HMM's weights come from: the index (index), the tables (query), or the index where its weights fit (auto).", DefaultValueFactory = _ => PsqScoring.Auto };
    private readonly PsqModelOptions _hmm = new("; by default that of the weights in the index, or else");

    internal Option[] All => [_tables, _model, _scoring, .. _hmm.All];

    /// <summary>Lets an engine answer by <c>psq</c> when tables are named.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="DragomanException">The tables cannot be opened or do not fit the index.</exception>
    internal void AddTo(SearchEngine engine, ParseResult parsed)
    {
        if (FolderOf(engine, parsed) is { } folder) engine.AddTables(TranslationFolder.Open(folder), Chosen(parsed, StoredIn(engine)), _hmm.Cut(parsed, StoredIn(engine)));
    }

    /// <summary>Refuses options of <c>psq</c> where another method answers.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="method">The method, or several that are fused.</param>
    /// <exception cref="ConfigurationException">One is given.</exception>
    internal void RequireUse(ParseResult parsed, string method)
    {
        if (method.Contains("psq", StringComparison.Ordinal)) return;
        Option[] own = [_model, _scoring, .. _hmm.All];
        if (own.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
            throw new ConfigurationException(given.Name, [$"it is for psq, and the method is {method}; add --method psq, or leave {given.Name} out."]);
    }

    /// <summary>What a run by <c>psq</c> depends on, for its manifest.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="queryLanguages">Languages of the queries.</param>
    internal JsonObject Effective(SearchEngine engine, ParseResult parsed, IEnumerable<string> queryLanguages)
    {
        var (options, cut) = (Chosen(parsed, StoredIn(engine)), _hmm.Cut(parsed, StoredIn(engine)));
        var weights = new JsonObject(queryLanguages.Select(language => KeyValuePair.Create(language, (JsonNode?)(WhyAtQueryTime(engine, language) is null ? "index" : "query"))));
        return new JsonObject
        {
            ["model"] = options.Model.ToString().ToLowerInvariant(),
            ["identity"] = options.Identity,
            ["transliteration"] = options.Transliteration,
            ["back_off"] = options.BackOff,
            ["background"] = options.Background,
            ["min_probability"] = cut.MinProbability,
            ["max_translations"] = cut.MaxAlternatives,
            ["cumulative"] = cut.CumulativeProbability,
            ["weights_from"] = weights,
        };
    }

    /// <summary>Why queries in a language are not answered from weights in the index; null when they are.</summary>
    internal static string? WhyAtQueryTime(SearchEngine engine, string queryLanguage) => (engine.Retriever("psq") as PsqRetriever)?.WhyAtQueryTime(queryLanguage);

    /// <summary>The folder named, or the one the index was built with; null when there is none.</summary>
    internal string? FolderOf(SearchEngine engine, ParseResult parsed) => Named(parsed) ?? FolderOf(engine.Index);

    /// <summary>The folder named on the command line; null when none was.</summary>
    internal string? Named(ParseResult parsed) => parsed.GetValue(_tables);

    /// <summary>Says of queries in some languages that the weights of the index do not serve for them. Silent where no weights are there, or a search that does without them is refused anyway.</summary>
    internal void TellWhyAtQueryTime(SearchEngine engine, ParseResult parsed, IEnumerable<string> queryLanguages)
    {
        if (engine.Index.Manifest.Weights is null || parsed.GetValue(_scoring) == PsqScoring.Index) return;
        foreach (var language in queryLanguages.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (WhyAtQueryTime(engine, language) is { } reason) Console.Error.WriteLine($"Queries in {language} are {AtQueryTime(reason)}");
        }
    }

    /// <summary>The end of a sentence about a query that the weights of the index do not serve for.</summary>
    internal static string AtQueryTime(string reason) => $"weighed at query time, not by the weights of the index: {reason}.";

    /// <summary>The tables of an index: those its weights were made from, or those it was built with, as far as they are where they were; null when there are none.</summary>
    internal static string? FolderOf(SearchIndex index) => Recorded(index).FirstOrDefault(Directory.Exists);

    /// <summary>Refuses a search by <c>psq</c> over an index whose tables are gone.</summary>
    /// <exception cref="DragomanException">The index was made with tables, and they are not where they were.</exception>
    internal static void RequireFolder(SearchIndex index)
    {
        if (FolderOf(index) is null && Recorded(index).FirstOrDefault() is { } gone)
            throw new DragomanException($"The translation tables of index {index.FolderPath} are not at {gone} any more; name their folder with --translation-table DIR.");
    }

    // Where the tables of the weights and those of the index were.
    private static IEnumerable<string> Recorded(SearchIndex index) => new[] { index.Manifest.Weights?.Settings.Folder, IndexConfiguration.Of(index.Config, "").Tables }.OfType<string>();

    private static TermWeightSettings? StoredIn(SearchEngine engine) => engine.Index.Manifest.Weights?.Settings;

    private PsqOptions Chosen(ParseResult parsed, TermWeightSettings? stored) => _hmm.Options(parsed, stored) with { Model = parsed.GetValue(_model), Scoring = parsed.GetValue(_scoring) };
}
