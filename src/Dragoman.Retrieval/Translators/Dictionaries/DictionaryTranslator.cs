using System.Collections.Concurrent;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.Translators.Dictionaries;

/// <summary>
/// Translates by a bilingual dictionary: at every place of a text the longest headword that stands there, its first translations; what has none stands for itself. Words match by their stems, unspaced
/// text by its characters. Thread-safe.
/// </summary>
/// <remarks>A word's translations share its weight evenly (balanced translation; Levow, Oard and Resnik, 2005): a dictionary knows no probabilities.</remarks>
public sealed class DictionaryTranslator : ITranslator
{
    private const int Version = 1;
    private readonly DictionaryFile _file;
    private readonly IExplainedAnalyzer _analyzer = Analyzers.Named(PhraseUnit.Analyzer);
    private readonly int _translations;
    private readonly ConcurrentDictionary<(string From, string To), Lazy<PhraseTrie>> _phrases = new();

    /// <summary>Opens a dictionary.</summary>
    /// <param name="path">The file; plain or gzip-compressed: TSV whose header names two languages, CC-CEDICT, or JSON lines of names.</param>
    /// <param name="translations">Translations of a headword that are kept, 1 or more.</param>
    /// <exception cref="DataFormatException">The file is in none of these formats.</exception>
    /// <exception cref="DragomanException">There is no such file.</exception>
    /// <exception cref="ConfigurationException"><paramref name="translations"/> is less than 1.</exception>
    public DictionaryTranslator(string path, int translations = 1)
    {
        if (translations < 1) throw new ConfigurationException("Translation", [FormattableString.Invariant($"{translations} translations of a word were asked for; use 1 or more.")]);
        _file = DictionaryFile.Open(path);
        _translations = translations;
        Identity = FormattableString.Invariant($"dictionary {Fingerprint.OfFile(path)}, {translations} a word, v{Version}, {_analyzer.Identity}");
    }

    /// <inheritdoc/>
    public string Name => "dictionary";

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public string? TermsOf => null;

    /// <inheritdoc/>
    public Task<bool> SupportsAsync(string from, string to, CancellationToken cancellationToken = default) => Task.FromResult(PairOf(from, to) is not null);

    /// <inheritdoc/>
    /// <exception cref="DataFormatException">A line of the dictionary is malformed.</exception>
    public Task<IReadOnlyList<TranslatedText>> TranslateAsync(IReadOnlyList<string> texts, string from, string to, CancellationToken cancellationToken = default)
    {
        var pair = PairOf(from, to) ?? throw new TranslationException($"The dictionary {_file.Path}", $"has no translations from {from} to {to}; its languages are {string.Join(", ", _file.Languages)}.");
        var phrases = _phrases.GetOrAdd(pair, Load).Value;
        var translated = new TranslatedText[texts.Count];
        for (var text = 0; text < texts.Count; text++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            translated[text] = Translate(texts[text], pair.From, phrases);
        }
        return Task.FromResult<IReadOnlyList<TranslatedText>>(translated);
    }

    /// <summary>Does nothing: the dictionary is memory.</summary>
    public void Dispose()
    {
    }

    private TranslatedText Translate(string text, string language, PhraseTrie phrases)
    {
        var units = PhraseUnit.Of(text, language, _analyzer);
        var pieces = new List<TranslatedPiece>();
        for (var at = 0; at < units.Length;)
        {
            var start = at;
            if (phrases.Longest(units.AsSpan(at)) is { Units: > 0 and var length, Translations: var translations })
            {
                at += length;
                pieces.Add(new TranslatedPiece(text[units[start].Start..units[at - 1].End], Shared(translations), true));
                continue;
            }
            // Characters without a translation that stand side by side are one name.
            do at++;
            while (at < units.Length && units[at].Start == units[at - 1].End && phrases.Longest(units.AsSpan(at)).Units == 0);
            pieces.Add(TranslatedPiece.Unknown(text[units[start].Start..units[at - 1].End]));
        }
        return new TranslatedText(pieces);
    }

    private WeightedAlternative[] Shared(IReadOnlyList<string> translations)
    {
        var kept = Math.Min(_translations, translations.Count);
        return [.. translations.Take(kept).Select(translation => new WeightedAlternative(translation, 1.0 / kept))];
    }

    private Lazy<PhraseTrie> Load((string From, string To) pair) => new(() =>
    {
        var phrases = new PhraseTrie();
        var count = 0;
        foreach (var (headword, translation) in _file.Entries(pair.From, pair.To))
        {
            var units = PhraseUnit.Of(headword, pair.From, _analyzer);
            if (units.Length == 0) continue;
            phrases.Add(units, translation);
            count++;
        }
        return count > 0 ? phrases : throw new DataFormatException(_file.Path, 0, $"there are no entries with {pair.From} and {pair.To}; is the file whole?");
    });

    private (string From, string To)? PairOf(string from, string to) =>
        _file.LanguageFor(from) is { } source && _file.LanguageFor(to) is { } target && source != target ? (source, target) : null;
}
