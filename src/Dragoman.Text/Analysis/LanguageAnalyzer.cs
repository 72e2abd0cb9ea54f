using Dragoman.Collections.Errors;
using Dragoman.Text.Analysis.Folding;
using Dragoman.Text.Analysis.Native;
using Dragoman.Text.Analysis.Segmentation;
using Dragoman.Text.Analysis.Stemming;

namespace Dragoman.Text.Analysis;

/// <summary>The analyzer of one language: fold letters, cut into words, bring them to one script, drop stop words, stem. Thread-safe.</summary>
internal sealed class LanguageAnalyzer : IExplainedAnalyzer
{
    private const int KeptWorkspaceLength = 1 << 20;
    [ThreadStatic] private static Workspace? _workspace;

    private readonly LanguageRules _rules;
    private readonly LetterFolding _letters;
    private readonly Segmenter _segmenter;
    private readonly IStemmer? _stemmer, _latinStemmer;
    private readonly bool _dropsStopWords;
    private readonly TermCache _terms;

    /// <summary>Creates the analyzer of a language.</summary>
    /// <exception cref="ConfigurationException">A variant needs a library that is not installed.</exception>
    internal LanguageAnalyzer(LanguageRules rules, AnalyzerVariant variant)
    {
        _rules = rules;
        var data = new List<string>();
        _letters = rules.FoldsHan && !variant.IsUnfolded ? HanFolding(rules, data) : rules.Letters;
        var unspaced = variant.Unspaced ?? rules.Unspaced;
        _segmenter = new Segmenter(unspaced, rules.Joiners, unspaced == UnspacedText.Dictionary ? Breaker(rules, data) : null);
        _stemmer = variant.IsUnstemmed ? null : variant.IsSnowball ? Snowball(rules) : rules.Stemmer;
        _latinStemmer = variant.IsUnstemmed || variant.IsSnowball ? null : rules.LatinStemmer;
        _dropsStopWords = variant.DropsStopWords ?? rules.DropsStopWords;
        Identity = FormattableString.Invariant($"{rules.Language}-v{rules.Version}{variant.Suffix}") + string.Concat(data.Select(part => "+" + part));
        Data = data;
        _terms = new TermCache(TermOf);
    }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <summary>Versions of the data it depends on, as they stand in its identity.</summary>
    internal IReadOnlyList<string> Data { get; }

    /// <inheritdoc/>
    public void Analyze(string text, string language, ICollection<string> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Analyze(text, language, terms, static (terms, term, _) => terms.Add(term));
    }

    /// <inheritdoc/>
    public void Locate(string text, string language, ICollection<PositionedTerm> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Analyze(text, language, terms, static (terms, term, segment) => terms.Add(new PositionedTerm(term, segment.Position, segment.Width)));
    }

    private void Analyze<T>(string text, string language, T terms, Action<T, string, Segment> add)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(language);
        var workspace = _workspace ?? new Workspace();
        _workspace = null;
        Segment(text, workspace, false);
        var folded = workspace.Folded.Span;
        var otherScript = _rules.Script?.IsOtherScript(folded, language) ?? false;
        foreach (var segment in workspace.Segments)
        {
            var piece = folded[segment.Start..segment.End];
            if (!segment.IsWord) add(terms, piece.ToString(), segment);
            else if (_terms.Of(piece, otherScript) is { } term) add(terms, term, segment);
        }
        if (text.Length <= KeptWorkspaceLength) _workspace = workspace;
    }

    /// <inheritdoc/>
    public Analysis Explain(string text, string language)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(language);
        var workspace = new Workspace();
        Segment(text, workspace, true);
        var folded = workspace.Folded.Span;
        var otherScript = _rules.Script?.IsOtherScript(folded, language) ?? false;
        var words = new List<AnalyzedWord>();
        foreach (var segment in workspace.Segments)
        {
            var (start, end) = workspace.Folded.SourceOf(segment.Start, segment.End);
            var piece = folded[segment.Start..segment.End].ToString();
            var word = segment.IsWord
                ? Explain(start, end, text[start..end], piece, otherScript)
                : new AnalyzedWord(start, end, text[start..end], piece, piece, false, piece, piece);
            words.Add(word with { Position = segment.Position, Width = segment.Width });
        }
        return new Analysis(Identity, language, text, folded.ToString(), words);
    }

    private AnalyzedWord Explain(int start, int end, string source, string folded, bool otherScript)
    {
        var respelled = _rules.Script?.Respell(folded, otherScript) ?? folded;
        var isStopWord = IsDropped(respelled);
        var stem = isStopWord ? respelled : Stem(respelled);
        return new AnalyzedWord(start, end, source, folded, respelled, isStopWord, stem, isStopWord ? null : KeyOf(stem));
    }

    private string? TermOf(string folded, bool otherScript)
    {
        var respelled = _rules.Script?.Respell(folded, otherScript) ?? folded;
        return IsDropped(respelled) ? null : KeyOf(Stem(respelled));
    }

    private bool IsDropped(string word) => word.Length == 0 || (_dropsStopWords && _rules.StopWords.Contains(word));

    // A word that is an ending alone stays as it is: of the Turkish "(ları)", nothing would be left.
    private string Stem(string word) => (_latinStemmer is not null && char.IsAsciiLetter(word[0]) ? _latinStemmer : _stemmer)?.Stem(word) is { Length: > 0 } stem ? stem : word;

    private string KeyOf(string stem) => _rules.Key?.Invoke(stem) is { Length: > 0 } key ? key : stem;

    private void Segment(string text, Workspace workspace, bool tracksSource)
    {
        workspace.Folded.Clear(tracksSource);
        workspace.Segments.Clear();
        TextFolder.Fold(text, _letters, workspace.Folded);
        _segmenter.Segment(workspace.Folded.Span, workspace.Segments);
    }

    private static LetterFolding HanFolding(LanguageRules rules, List<string> data)
    {
        if (IcuHanFolding.Map is null)
            throw new ConfigurationException("analyzer", [$"'{rules.Language}' folds traditional to simplified characters with ICU's transliterators, which are not installed; install libicu (Debian: libicu72), or use '{rules.Language}/unfolded'."]);
        data.Add(IcuHanFolding.Data!);
        return rules.Letters.WithCharacters(IcuHanFolding.Map);
    }

    private static IcuWordBreaker Breaker(LanguageRules rules, List<string> data)
    {
        var breaker = IcuWordBreaker.For(rules.Language)
            ?? throw new ConfigurationException("analyzer", [$"words by dictionary need ICU, which is not installed; install libicu (Debian: libicu72), or use '{rules.Language}/pairs'."]);
        data.Add(breaker.Data);
        return breaker;
    }

    private static Libstemmer Snowball(LanguageRules rules) => Libstemmer.For(rules.Language)
        ?? throw new ConfigurationException("analyzer", [Libstemmer.IsInstalled
            ? $"the Snowball library has no stemmer for '{rules.Language}'; use '{rules.Language}'."
            : $"'{rules.Language}/snowball' needs the Snowball library, which is not installed; install it (Debian: libstemmer0d), or use '{rules.Language}'."]);

    private sealed class Workspace
    {
        internal FoldedText Folded { get; } = new();

        internal List<Segment> Segments { get; } = [];
    }
}
