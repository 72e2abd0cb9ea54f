using Dragoman.Text.Analysis.Folding;

namespace Dragoman.Text.Analysis;

/// <summary>One analyzer for text of any language: compatibility normalisation, lower case, words where scripts have them and pairs of characters where they do not.</summary>
/// <remarks>
/// After Unicode's NFKC and lower-casing, a few spellings of one word are made equal (ё and е, ß and ss, ς and σ, dotted and dotless i; Arabic's tatweel is dropped, as are soft hyphens and
/// joiners). Runs of Han, kana, Hangul, Thai, Lao, Khmer and Myanmar letters become overlapping pairs of characters, each with its combining marks; a character alone is a term of its
/// own. Everything else becomes runs of letters and digits. Nothing is stemmed or removed as a stop word. Thread-safe.
/// </remarks>
public sealed class MultilingualAnalyzer : IExplainedAnalyzer
{
    /// <summary>The name in configurations.</summary>
    public const string Name = "multilingual";

    private readonly LanguageAnalyzer _steps = new(new LanguageRules(Name) { Letters = LetterFolding.Multilingual }, AnalyzerVariant.None);

    /// <inheritdoc/>
    public string Identity => _steps.Identity;

    /// <inheritdoc/>
    public void Analyze(string text, string language, ICollection<string> terms) => _steps.Analyze(text, language, terms);

    /// <inheritdoc/>
    public void Locate(string text, string language, ICollection<PositionedTerm> terms) => _steps.Locate(text, language, terms);

    /// <inheritdoc/>
    public Analysis Explain(string text, string language) => _steps.Explain(text, language);
}
