using System.CommandLine;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.Pipelines;

namespace Dragoman.Cli.Searching;

/// <summary>The options of probabilistic structured queries.</summary>
internal sealed class TranslationOptions
{
    private readonly Option<string?> _tables = new("--translation-table") { Description = "Folder of translation tables for --method psq, as 'dragoman train' makes it (task translation-table); by default the one the index was built with.", HelpName = "DIR" };
    private readonly Option<PsqModel> _model = new("--psq-model") { Description = "hmm: PSQ-HMM; bm25: BM25 over expected frequencies.", DefaultValueFactory = _ => PsqModel.Hmm };
    private readonly Option<double> _identity = new("--psq-identity") { Description = "Least probability that a term stands for itself in the other language.", HelpName = "P", DefaultValueFactory = _ => new PsqOptions().Identity };
    private readonly Option<double> _transliteration = new("--psq-transliteration") { Description = "Least probability that terms of two languages that sound alike stand for each other: names in another script; 0 for none.", HelpName = "P", DefaultValueFactory = _ => new PsqOptions().Transliteration };
    private readonly Option<double> _backOff = new("--psq-back-off") { Description = "How much a passage term that no table knows is taken for known terms that begin alike (PSQ-HMM); 0 for none.", HelpName = "P", DefaultValueFactory = _ => new PsqOptions().BackOff };
    private readonly Option<double> _background = new("--psq-background") { Description = "Weight of the query language at large in PSQ-HMM.", HelpName = "A", DefaultValueFactory = _ => new PsqOptions().Background };

    internal Option[] All => [_tables, _model, _identity, _transliteration, _backOff, _background];

    /// <summary>Lets an engine answer by <c>psq</c> when tables are named.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="DragomanException">The tables cannot be opened or do not fit the index.</exception>
    internal void AddTo(SearchEngine engine, ParseResult parsed)
    {
        if (FolderOf(engine, parsed) is { } folder) engine.AddTables(TranslationFolder.Open(folder), Chosen(parsed));
    }

    /// <summary>What a run by <c>psq</c> depends on, for its manifest.</summary>
    internal JsonObject Effective(ParseResult parsed)
    {
        var options = Chosen(parsed);
        return new JsonObject { ["model"] = options.Model.ToString().ToLowerInvariant(), ["identity"] = options.Identity, ["transliteration"] = options.Transliteration, ["back_off"] = options.BackOff, ["background"] = options.Background };
    }

    /// <summary>The folder named, or the one the index was built with; null when there is none.</summary>
    internal string? FolderOf(SearchEngine engine, ParseResult parsed) =>
        parsed.GetValue(_tables) ?? (IndexConfiguration.Of(engine.Index.Config, "").Tables is { } built && Directory.Exists(built) ? built : null);

    private PsqOptions Chosen(ParseResult parsed) => new() { Model = parsed.GetValue(_model), Identity = parsed.GetValue(_identity), Transliteration = parsed.GetValue(_transliteration), BackOff = parsed.GetValue(_backOff), Background = parsed.GetValue(_background) };
}
