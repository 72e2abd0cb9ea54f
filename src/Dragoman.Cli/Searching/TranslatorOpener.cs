using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.Translators;
using Dragoman.Retrieval.Translators.Tables;
using Dragoman.Text.Analysis;

namespace Dragoman.Cli.Searching;

/// <summary>Opens translators.</summary>
internal static class TranslatorOpener
{
    /// <summary>Opens a translator.</summary>
    /// <param name="named">Which.</param>
    /// <param name="translations">Translations of a word that a table or a dictionary gives.</param>
    /// <exception cref="DragomanException">It cannot be opened.</exception>
    internal static ITranslator Open(TranslatorSpecification named, int translations) => named.Kind switch
    {
        TranslatorSpecification.Table => OpenTable(named.Place, translations),
        _ => throw new ConfigurationException("translator", [$"{named.Kind} is not there yet."]),
    };

    private static TableTranslator OpenTable(string place, int translations)
    {
        var folder = TranslationFolder.Open(place);
        return new TableTranslator(folder, Analyzers.Named(folder.Analyzer), translations);
    }
}
