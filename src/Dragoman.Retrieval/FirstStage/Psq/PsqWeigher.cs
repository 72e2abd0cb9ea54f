using System.Collections.Concurrent;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing.Weights;
using Dragoman.Text.Analysis;
using Dragoman.Text.Languages;

namespace Dragoman.Retrieval.FirstStage.Psq;

/// <summary>
/// Gives terms of query languages their PSQ-HMM weights in passages of other languages, for an index to keep. Weights are rounded to 32-bit floats; those below <see cref="LeastWeight"/> are left out, as
/// by the reference implementation (hltcoe/PSQ). Passages in a query's own language, and query terms that the tables do not know, need no such weights: the terms that they meet are in the index already. Thread-safe.
/// </summary>
public sealed class PsqWeigher : PassageWeigher
{
    /// <summary>The least weight that is kept: 1e-9.</summary>
    public const double LeastWeight = 1e-9;

    private readonly TranslationProvider _translations;
    private readonly PsqOptions _options;
    private readonly ConcurrentDictionary<(string Query, string Passage), Lazy<PsqPairWeigher>> _pairs = new();

    /// <summary>Creates a weigher.</summary>
    /// <param name="tables">The translation tables; of the analyzer of the index.</param>
    /// <param name="queryLanguages">Languages that queries will be in: BCP 47 tags.</param>
    /// <param name="options">The model, which must be <see cref="PsqModel.Hmm"/>; null for the defaults.</param>
    /// <param name="cut">Which translations to use; null for <see cref="PsqOptions.DefaultCut"/>.</param>
    /// <exception cref="ConfigurationException">An option is out of range, or no table leads to one of the languages.</exception>
    public PsqWeigher(TranslationFolder tables, IEnumerable<string> queryLanguages, PsqOptions? options = null, TranslationCut? cut = null)
    {
        _options = options ?? new PsqOptions();
        cut ??= PsqOptions.DefaultCut;
        var problems = _options.Problems().Concat(cut.Problems()).ToList();
        if (_options.Model != PsqModel.Hmm) problems.Add("only PSQ-HMM has weights that an index can hold; leave the model out.");
        var languages = Parse(queryLanguages, tables, problems);
        if (problems.Count > 0) throw new ConfigurationException("PSQ weights", problems);
        _translations = new TranslationProvider(tables, cut, _options);
        Tables = tables;
        var pairs = tables.Pairs.Where(pair => pair.From != pair.To && languages.Contains(pair.To, StringComparer.Ordinal)).ToArray();
        Settings = new TermWeightSettings
        {
            QueryLanguages = languages,
            Background = _options.Background,
            Identity = _options.Identity,
            Transliteration = _options.Transliteration,
            BackOff = _options.BackOff,
            Cut = cut,
            LeastWeight = LeastWeight,
            Folder = Path.GetFullPath(tables.FolderPath),
            Tables = new SortedDictionary<string, string>(pairs.ToDictionary(pair => TermWeightSettings.Pair(pair.From, pair.To), pair => tables.TableFingerprint(pair.From, pair.To)), StringComparer.Ordinal),
            Counts = new SortedDictionary<string, string>(languages.ToDictionary(language => language, tables.CountsFingerprint), StringComparer.Ordinal),
        };
    }

    /// <inheritdoc/>
    public override TermWeightSettings Settings { get; }

    /// <summary>The tables.</summary>
    public TranslationFolder Tables { get; }

    /// <summary>A weigher of the same settings as weights that were made before, for passages that are added.</summary>
    /// <param name="tables">The tables; when they are others than the weights were made from, the index refuses the passages.</param>
    /// <param name="settings">What the weights were made with.</param>
    public static PsqWeigher Like(TranslationFolder tables, TermWeightSettings settings) => new(tables, settings.QueryLanguages, PsqOptions.Of(settings), settings.Cut);

    internal override IReadOnlyList<string> QueryLanguagesOf(string passageLanguage) =>
        [.. Settings.QueryLanguages.Where(language => language != passageLanguage && Settings.Tables.ContainsKey(TermWeightSettings.Pair(passageLanguage, language)))];

    internal override PairWeigher Between(string queryLanguage, string passageLanguage) => _pairs.GetOrAdd((queryLanguage, passageLanguage), pair =>
        new Lazy<PsqPairWeigher>(() => new PsqPairWeigher(_translations.Between(pair.Query, pair.Passage), _translations.Counts(pair.Query), _options.Background))).Value;

    private static string[] Parse(IEnumerable<string> tags, TranslationFolder tables, List<string> problems)
    {
        var languages = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var text in tags)
        {
            if (!LanguageTag.TryParse(text, out var tag, out var problem)) problems.Add(problem);
            else if (tables.Pairs.Any(pair => pair.To == tag.Value && pair.From != tag.Value)) languages.Add(tag.Value);
            else problems.Add($"no table in {tables.FolderPath} leads to {tag.Value}, the language of queries; the tables are {string.Join(", ", tables.Pairs.Select(pair => $"{pair.From} > {pair.To}"))}.");
        }
        if (languages.Count == 0 && problems.Count == 0) problems.Add("no language of queries is named; name one or more.");
        return [.. languages];
    }
}
