using System.Collections.Concurrent;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Text.Analysis;
using Dragoman.Text.Languages;

namespace Dragoman.Retrieval.Translators.Tables;

/// <summary>
/// Translates term by term through translation tables: P(translation | term), the most probable ones. Its translations are terms of the analyzer that made the tables. A term that no table has stands for itself. Thread-safe.
/// </summary>
/// <remarks>
/// With one translation a term this is the one-best translation of the literature; with several, each weighs its probability among those kept, so that every term of a text keeps weight 1 however many
/// translations it has. Word order and context play no part.
/// </remarks>
public sealed class TableTranslator : ITranslator
{
    private readonly TranslationFolder _folder;
    private readonly IAnalyzer _analyzer;
    private readonly TranslationCut _cut;
    private readonly ConcurrentDictionary<(string From, string To), Lazy<TranslationTable>> _tables = new();

    /// <summary>Creates a translator.</summary>
    /// <param name="folder">The tables.</param>
    /// <param name="analyzer">Makes terms of texts; of the identity that made the tables.</param>
    /// <param name="translations">Translations of a term that are kept, 1 or more.</param>
    /// <exception cref="ConfigurationException">The analyzer is another one than the tables were made by, or <paramref name="translations"/> is less than 1.</exception>
    public TableTranslator(TranslationFolder folder, IAnalyzer analyzer, int translations = 1)
    {
        if (translations < 1) throw new ConfigurationException("Translation", [FormattableString.Invariant($"{translations} translations of a term were asked for; use 1 or more.")]);
        if (analyzer.Identity != folder.Analyzer) throw new ConfigurationException("Translation", [$"the tables in {folder.FolderPath} were made by analyzer {folder.Analyzer}, not by {analyzer.Identity}."]);
        (_folder, _analyzer) = (folder, analyzer);
        _cut = new TranslationCut { MaxAlternatives = translations, Normalise = true };
        Identity = FormattableString.Invariant($"table {Fingerprint.OfFile(Path.Combine(folder.FolderPath, "manifest.json"))}, {translations} a term");
    }

    /// <inheritdoc/>
    public string Name => "table";

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public string? TermsOf => _analyzer.Identity;

    /// <summary>The tables.</summary>
    public TranslationFolder Folder => _folder;

    /// <inheritdoc/>
    public Task<bool> SupportsAsync(string from, string to, CancellationToken cancellationToken = default) => Task.FromResult(PairOf(from, to) is not null);

    /// <inheritdoc/>
    /// <exception cref="DataFormatException">A table is malformed.</exception>
    public Task<IReadOnlyList<TranslatedText>> TranslateAsync(IReadOnlyList<string> texts, string from, string to, CancellationToken cancellationToken = default)
    {
        var table = PairOf(from, to) is { } pair ? _tables.GetOrAdd(pair, Load).Value : throw new TranslationException(_folder.FolderPath, $"has no table from {from} to {to}; it has {string.Join(", ", _folder.Pairs.Select(known => $"{known.From} > {known.To}"))}.");
        var translated = new TranslatedText[texts.Count];
        Parallel.For(0, texts.Count, new ParallelOptions { CancellationToken = cancellationToken }, text => translated[text] = Translate(texts[text], from, table));
        return Task.FromResult<IReadOnlyList<TranslatedText>>(translated);
    }

    /// <summary>Does nothing: tables are memory.</summary>
    public void Dispose()
    {
    }

    private TranslatedText Translate(string text, string from, TranslationTable table)
    {
        var terms = new List<string>();
        _analyzer.Analyze(text, from, terms);
        return new TranslatedText([.. terms.Select(term => PieceOf(term, table))]);
    }

    private static TranslatedPiece PieceOf(string term, TranslationTable table)
    {
        var row = table.Sources.IndexOf(term);
        if (row < 0) return TranslatedPiece.Unknown(term);
        var targets = table.TargetsAt(row);
        var probabilities = table.ProbabilitiesAt(row);
        var alternatives = new WeightedAlternative[targets.Length];
        for (var place = 0; place < alternatives.Length; place++) alternatives[place] = new WeightedAlternative(table.Targets[targets[place]], probabilities[place]);
        return new TranslatedPiece(term, alternatives, true);
    }

    private Lazy<TranslationTable> Load((string From, string To) pair) => new(() => _folder.Table(pair.From, pair.To, _cut));

    // The tags themselves, else their primary languages: a table of zh serves zh-Hans.
    private (string From, string To)? PairOf(string from, string to)
    {
        var pairs = _folder.Pairs;
        foreach (var pair in new[] { (from, to), (LanguageTag.Parse(from).Language, LanguageTag.Parse(to).Language) })
            if (pairs.Contains(pair)) return pair;
        return null;
    }
}
