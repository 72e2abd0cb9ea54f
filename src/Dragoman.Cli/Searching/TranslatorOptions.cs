using System.CommandLine;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Retrieval.FirstStage.Translated;
using Dragoman.Retrieval.Pipelines;
using Dragoman.Retrieval.Translators;

namespace Dragoman.Cli.Searching;

/// <summary>The options that name a translator of queries.</summary>
internal sealed class TranslatorOptions
{
    private readonly Option<string?> _translate = new("--translate")
    {
        Description = $"Translate queries into the languages of the passages, for bm25, qld and qljm: {TranslatorSpecification.Forms}.",
        HelpName = "TRANSLATOR",
    };
    private readonly Option<int> _translations = Translations("table, dictionary: translations of a word that are used, weighed by their probability.");

    /// <summary>How many translations of a word to use.</summary>
    internal static Option<int> Translations(string description)
    {
        var option = new Option<int>("--translations") { Description = description, HelpName = "N", DefaultValueFactory = _ => 1 };
        WholeNumber.RequirePositive(option);
        return option;
    }

    internal Option[] All => [_translate, _translations];

    /// <summary>Whether queries are to be translated.</summary>
    internal bool IsGiven(ParseResult parsed) => parsed.GetValue(_translate) is not null;

    /// <summary>Opens the translator that was named; null when none was.</summary>
    /// <exception cref="DragomanException">It cannot be opened.</exception>
    internal ITranslator? Open(ParseResult parsed) =>
        parsed.GetValue(_translate) is { } named ? TranslatorOpener.Open(TranslatorSpecification.Parse("--translate", named), parsed.GetValue(_translations)) : null;

    /// <summary>What a run depends on, for its manifest; null without a translator.</summary>
    internal JsonObject? Effective(ParseResult parsed, ITranslator? translator) =>
        translator is null ? null : new JsonObject { ["translator"] = parsed.GetValue(_translate), ["identity"] = translator.Identity, ["translations"] = parsed.GetValue(_translations) };

    /// <summary>The folder or file behind the translator, for a run's manifest.</summary>
    internal RunInput[] Inputs(ParseResult parsed) => parsed.GetValue(_translate) is { } named ? TranslatorSpecification.Parse("--translate", named).Inputs() : [];

    /// <summary>Says which languages were searched with the query as it is.</summary>
    internal static void WarnOfUntranslated(TranslatingRetriever retriever)
    {
        foreach (var (from, to) in retriever.Untranslated)
            Console.Error.WriteLine($"warning: there is no translation from {from} to {to}; passages in {to} were searched with the query as it is.");
    }
}
