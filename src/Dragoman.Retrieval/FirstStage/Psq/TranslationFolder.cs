using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Psq;
using Dragoman.Collections.Storage;
using Dragoman.Text.Analysis;
using Dragoman.Text.Languages;

namespace Dragoman.Retrieval.FirstStage.Psq;

/// <summary>A folder of translation tables as <c>dragoman train</c> makes it (task <c>translation-table</c>): a table for each direction of each pair of languages, and term counts of each language.</summary>
public sealed class TranslationFolder
{
    private const string Command = "dragoman train";
    private readonly JsonObject _manifest;

    private TranslationFolder(string path, JsonObject manifest)
    {
        FolderPath = path;
        _manifest = manifest;
    }

    /// <summary>The folder as the caller named it.</summary>
    public string FolderPath { get; }

    /// <summary>Identity of the analyzer that made the terms; queries and passages must come from the same one.</summary>
    public string Analyzer => (string)_manifest["analyzer"]!;

    /// <summary>Every pair of languages there is a table for: (given, translation).</summary>
    public IReadOnlyList<(string From, string To)> Pairs =>
        [.. _manifest["tables"]!.AsArray().Select(table => ((string)table!["from"]!, (string)table["to"]!))];

    /// <summary>Name of the file with P(term of <paramref name="to"/> | term of <paramref name="from"/>).</summary>
    /// <param name="from">Language of the given terms.</param>
    /// <param name="to">Language of their translations.</param>
    public static string TableName(string from, string to) => $"{from}-{to}.json.gz";

    /// <summary>Name of the file with the term counts of a language.</summary>
    /// <param name="language">The language.</param>
    public static string CountsName(string language) => $"{language}.terms.tsv.gz";

    /// <summary>Opens a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="DragomanException">It is not a finished folder of tables.</exception>
    /// <exception cref="DataFormatException">Its manifest is unreadable.</exception>
    public static TranslationFolder Open(string path)
    {
        StageFolder.RequireComplete(path, Command);
        var file = Path.Combine(path, "manifest.json");
        if (!File.Exists(file)) throw new DataFormatException(file, 0, $"the manifest is missing; make the folder again with '{Command}'.");
        try
        {
            if (JsonNode.Parse(File.ReadAllText(file)) is JsonObject manifest && manifest["analyzer"] is JsonValue analyzer && analyzer.TryGetValue(out string? _) && manifest["tables"] is JsonArray tables && tables.All(IsPair))
                return new TranslationFolder(path, manifest);
        }
        catch (JsonException)
        {
            // Told below, as for a manifest of another kind of folder.
        }
        throw new DataFormatException(file, 0, $"this is not a folder of translation tables; make one with '{Command}' (task: translation-table).");
    }

    /// <summary>Checks that terms come from the analyzer that made the tables.</summary>
    /// <param name="analyzer">The analyzer of an index or of queries.</param>
    /// <exception cref="ConfigurationException">It is another one.</exception>
    public void Require(IAnalyzer analyzer)
    {
        if (analyzer.Identity != Analyzer)
            throw new ConfigurationException("PSQ", [$"the tables in {FolderPath} were made by analyzer {Analyzer}, the index by {analyzer.Identity}; train tables with that analyzer, or build the index with theirs."]);
    }

    /// <summary>Reads P(term of <paramref name="to"/> | term of <paramref name="from"/>).</summary>
    /// <param name="from">Language of the given terms.</param>
    /// <param name="to">Language of their translations.</param>
    /// <param name="cut">Which translations to keep; null for all.</param>
    /// <exception cref="DragomanException">The folder holds no such table.</exception>
    /// <exception cref="DataFormatException">The table is malformed.</exception>
    public TranslationTable Table(string from, string to, TranslationCut? cut = null)
    {
        if (!Pairs.Contains((from, to)))
            throw new DragomanException($"{FolderPath} has no table from {from} to {to}; it has {string.Join(", ", Pairs.Select(pair => $"{pair.From} > {pair.To}"))}. Train one, or leave the language out.");
        var path = Path.Combine(FolderPath, TableName(from, to));
        var table = PsqTable.Read(path, cut);
        if (table.SourcesAboveOne > 0)
            throw new DataFormatException(path, 0, $"the probabilities of {Amount.Of(table.SourcesAboveOne, "term")} sum to more than 1; a row holds the probabilities of one term's translations.");
        return table;
    }

    /// <summary>Fingerprint of a table's file.</summary>
    /// <param name="from">Language of the given terms.</param>
    /// <param name="to">Language of their translations.</param>
    /// <exception cref="DragomanException">The file is missing.</exception>
    public string TableFingerprint(string from, string to) => Fingerprint.OfFile(Path.Combine(FolderPath, TableName(from, to)));

    /// <summary>Fingerprint of the term counts of a language.</summary>
    /// <param name="language">The language.</param>
    /// <exception cref="DragomanException">The file is missing.</exception>
    public string CountsFingerprint(string language) => Fingerprint.OfFile(Path.Combine(FolderPath, CountsName(language)));

    /// <summary>Reads the term counts of a language.</summary>
    /// <param name="language">The language.</param>
    /// <exception cref="DragomanException">The folder has none for it.</exception>
    /// <exception cref="DataFormatException">They are malformed.</exception>
    public TermCounts Counts(string language) => TermCounts.Read(Path.Combine(FolderPath, CountsName(language)));

    private static bool IsPair(JsonNode? table) => table is JsonObject pair && IsTag(pair["from"]) && IsTag(pair["to"]);

    // A tag is part of a file's name.
    private static bool IsTag(JsonNode? tag) => tag is JsonValue value && value.TryGetValue(out string? text) && LanguageTag.TryParse(text, out _, out _);
}
