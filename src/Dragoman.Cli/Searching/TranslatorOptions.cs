using System.CommandLine;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Catalogue;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Retrieval.FirstStage.Phrases;
using Dragoman.Retrieval.FirstStage.Translated;
using Dragoman.Retrieval.Translators;
using Dragoman.Retrieval.Translators.Caching;

namespace Dragoman.Cli.Searching;

/// <summary>The options that name a translator and say how to use it.</summary>
internal sealed class TranslatorOptions
{
    private const string NoCache = "none", DefaultCacheName = "translations.db";
    private const int DefaultTimeoutSeconds = 600;

    /// <summary>Of a query; chosen on development questions, where one is worse (docs/guides/query-translation.md).</summary>
    private const int QueryTranslations = 4;

    private const int TextTranslations = 1;

    private readonly Option<string?> _translator;
    private readonly Option<int> _translations;
    private readonly Option<string?> _cache = new("--translation-cache") { Description = $"File that keeps what was translated, for all runs; 'none' for none. By default {DefaultCacheName} in the cache folder (DRAGOMAN_CACHE).", HelpName = "FILE|none" };
    private readonly Option<int> _timeout = new("--translate-timeout") { Description = "command, libretranslate: seconds for one batch of texts.", HelpName = "S", DefaultValueFactory = _ => DefaultTimeoutSeconds };

    private TranslatorOptions(Option<string?> translator, int translations)
    {
        _translator = translator;
        _translations = new("--translations") { Description = "table, dictionary: translations of a word that are used; in a query they share its weight, by probability or evenly.", HelpName = "N", DefaultValueFactory = _ => translations };
        WholeNumber.RequirePositive(_translations);
        WholeNumber.RequirePositive(_timeout);
    }

    internal Option[] All => [_translator, _translations, _cache, _timeout];

    /// <summary>The options of a command that may translate queries.</summary>
    internal static TranslatorOptions OfQueries() => new(new Option<string?>("--translate")
    {
        Description = $"Translate queries into the languages of the passages, for bm25, qld and qljm: {TranslatorSpecification.Forms}.",
        HelpName = "TRANSLATOR",
    }, QueryTranslations);

    /// <summary>The options of a command that translates.</summary>
    internal static TranslatorOptions OfTexts() => new(new Option<string?>("--translator") { Description = $"What translates: {TranslatorSpecification.Forms}.", HelpName = "TRANSLATOR", Required = true }, TextTranslations);

    /// <summary>Whether a translator is named.</summary>
    internal bool IsGiven(ParseResult parsed) => parsed.GetValue(_translator) is not null;

    /// <summary>Opens the translator of queries that was named; null when none was. Programs and services are asked once for each text.</summary>
    /// <exception cref="DragomanException">It cannot be opened, or none is named and an option says how to use it.</exception>
    internal ITranslator? OpenForQueries(ParseResult parsed)
    {
        if (IsGiven(parsed)) return OpenForTexts(parsed);
        Option[] details = [_translations, _cache, _timeout];
        if (details.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
            throw new ConfigurationException(given.Name, [$"it says how {_translator.Name} translates, which is not there; name a translator, or leave {given.Name} out."]);
        return null;
    }

    /// <summary>Opens the translator that was named. Tables and dictionaries, which are quick and say more than the text of a translation, are asked each time.</summary>
    /// <exception cref="DragomanException">It cannot be opened.</exception>
    internal ITranslator OpenForTexts(ParseResult parsed)
    {
        var named = Named(parsed);
        var translator = TranslatorOpener.Open(named, parsed.GetValue(_translations), TimeSpan.FromSeconds(parsed.GetValue(_timeout)));
        return named.Kind is TranslatorSpecification.Table or TranslatorSpecification.Dictionary ? translator : WithCache(parsed, translator);
    }

    /// <summary>Opens the translator of a whole collection, with a cache whatever it is, so that a stopped run goes on where it was.</summary>
    /// <exception cref="DragomanException">It cannot be opened.</exception>
    internal ITranslator OpenForCollection(ParseResult parsed) => WithCache(parsed, TranslatorOpener.Open(Named(parsed), parsed.GetValue(_translations), TimeSpan.FromSeconds(parsed.GetValue(_timeout))));

    /// <summary>What an output depends on, for its manifest; null without a translator.</summary>
    internal JsonObject? Effective(ParseResult parsed, ITranslator? translator) =>
        translator is null ? null : new JsonObject { ["translator"] = parsed.GetValue(_translator), ["identity"] = translator.Identity, ["translations"] = parsed.GetValue(_translations), ["terms_of"] = translator.TermsOf };

    /// <summary>The folder or file behind the translator, for a manifest.</summary>
    internal RunInput[] Inputs(ParseResult parsed) => IsGiven(parsed) ? Named(parsed).Inputs() : [];

    /// <summary>Says that quotation marks of a query that is translated mean nothing: a translation need not keep its words together, and what was quoted is in no passage.</summary>
    internal static void WarnOfPhrases(Query query)
    {
        if (PhraseQuery.Parse(query).Phrases is [var first, ..]) Console.Error.WriteLine($"warning: the quotation marks of {first} mean nothing in a query that is translated; a phrase is looked for as it is written.");
    }

    /// <summary>Says which languages were searched with the query as it is.</summary>
    internal static void WarnOfUntranslated(TranslatingRetriever retriever)
    {
        foreach (var (from, to) in retriever.Untranslated)
            Console.Error.WriteLine($"warning: there is no translation from {from} to {to}; passages in {to} were searched with the query as it is.");
    }

    private TranslatorSpecification Named(ParseResult parsed) => TranslatorSpecification.Parse(_translator.Name, parsed.GetValue(_translator)!);

    private ITranslator WithCache(ParseResult parsed, ITranslator translator)
    {
        try
        {
            var path = parsed.GetValue(_cache) ?? Path.Combine(DataPlaces.OfEnvironment(null).Cache, DefaultCacheName);
            return path == NoCache ? translator : new CachingTranslator(translator, TranslationCache.Open(path));
        }
        catch
        {
            translator.Dispose();
            throw;
        }
    }
}
