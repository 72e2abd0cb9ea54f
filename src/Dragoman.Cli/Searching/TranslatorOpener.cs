using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.Translators;
using Dragoman.Retrieval.Translators.Commands;
using Dragoman.Retrieval.Translators.Dictionaries;
using Dragoman.Retrieval.Translators.Services;
using Dragoman.Retrieval.Translators.Tables;
using Dragoman.Text.Analysis;

namespace Dragoman.Cli.Searching;

/// <summary>Opens translators.</summary>
internal static class TranslatorOpener
{
    /// <summary>Names the variable with the key for a service; a key on the command line would be seen by every user of the machine.</summary>
    internal const string KeyVariable = "LIBRETRANSLATE_API_KEY";

    /// <summary>Opens a translator.</summary>
    /// <param name="named">Which.</param>
    /// <param name="translations">Translations of a word that a table or a dictionary gives.</param>
    /// <param name="timeout">Time for one batch, for a program and a service.</param>
    /// <exception cref="DragomanException">It cannot be opened.</exception>
    internal static ITranslator Open(TranslatorSpecification named, int translations, TimeSpan timeout) => named.Kind switch
    {
        TranslatorSpecification.Table => OpenTable(named.Place, translations),
        TranslatorSpecification.Dictionary => new DictionaryTranslator(named.Place, translations),
        TranslatorSpecification.Command => new CommandTranslator(CommandLineTemplate.Parse(named.Place), new CommandTranslatorOptions { Timeout = timeout }),
        _ => new LibreTranslateTranslator(named.Place, new LibreTranslateOptions { ApiKey = Environment.GetEnvironmentVariable(KeyVariable) ?? "", Timeout = timeout }, TimeProvider.System, Console.Error.WriteLine),
    };

    private static TableTranslator OpenTable(string place, int translations)
    {
        var folder = TranslationFolder.Open(place);
        return new TableTranslator(folder, Analyzers.Named(folder.Analyzer), translations);
    }
}
