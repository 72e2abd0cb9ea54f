using System.CommandLine;
using Dragoman.Cli.Searching;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.Indexing;
using Dragoman.Text.Analysis;

namespace Dragoman.Cli.Commands.Index;

/// <summary>The options that put PSQ-HMM weights into an index.</summary>
internal sealed class WeightOptions
{
    private readonly Option<string?> _languages = new("--psq-weights") { Description = "Languages of queries to keep PSQ-HMM weights for, such as zh,en: a search needs not look at every translation then.", HelpName = "LANGUAGES" };
    private readonly PsqModelOptions _model = new("; by default");

    internal Option[] All => [_languages, .. _model.All];

    /// <summary>Whether weights are asked for.</summary>
    internal bool AreAskedFor(ParseResult parsed) => parsed.GetValue(_languages) is not null;

    /// <summary>The weigher asked for; null when none is.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="tables">Folder of the tables; null when none is named.</param>
    /// <param name="analyzer">The analyzer of the index.</param>
    /// <exception cref="ConfigurationException">There are no tables, they are of another analyzer, or do not lead to the languages.</exception>
    internal PsqWeigher? Weigher(ParseResult parsed, string? tables, IAnalyzer analyzer)
    {
        if (CommaList.Of(parsed.GetValue(_languages)) is not { } languages)
        {
            if (_model.FirstGiven(parsed) is { } option) throw new ConfigurationException(option.Name, [$"it says what weights in the index are made with, and none are asked for; add {_languages.Name} LANGUAGES, or leave it out."]);
            return null;
        }
        if (tables is null) throw new ConfigurationException("--psq-weights", ["weights are made from translation tables; name their folder with --translation-table DIR."]);
        var folder = TranslationFolder.Open(tables);
        folder.Require(analyzer);
        return new PsqWeigher(folder, languages, _model.Options(parsed), _model.Cut(parsed));
    }

    /// <summary>What makes the weights of passages that are added to an index; null when it has none.</summary>
    /// <param name="index">The index.</param>
    /// <param name="tables">Folder of the tables; null for the one the weights were made from.</param>
    /// <exception cref="DragomanException">The tables are not there.</exception>
    internal static PsqWeigher? Of(SearchIndex index, string? tables)
    {
        if (index.Manifest.Weights?.Settings is not { } settings) return null;
        var folder = tables ?? settings.Folder;
        if (!Directory.Exists(folder))
            throw new DragomanException($"Index {index.FolderPath} has PSQ weights, and the tables to weigh new passages with are not at {folder} any more; name them with --translation-table DIR, or remove the weights with 'dragoman index psq --index {index.FolderPath} --remove'.");
        return PsqWeigher.Like(TranslationFolder.Open(folder), settings);
    }
}
