namespace Dragoman.Text.Analysis;

/// <summary>An analyzer that can say step by step how a text becomes terms.</summary>
public interface IExplainedAnalyzer : IAnalyzer
{
    /// <summary>Analyzes a text and keeps every step.</summary>
    /// <param name="text">The text; may be empty, and need not be well-formed UTF-16.</param>
    /// <param name="language">BCP 47 tag of the text, <c>und</c> when it is not known.</param>
    /// <returns>The steps; their terms are those of <see cref="IAnalyzer.Analyze"/>, in the same order.</returns>
    Analysis Explain(string text, string language);
}

/// <summary>How a text became terms.</summary>
/// <param name="Analyzer">Identity of the analyzer, which for a text of many languages is that of the text's language.</param>
/// <param name="Language">The tag that was given.</param>
/// <param name="Text">The text.</param>
/// <param name="Folded">The text after normalisation, case and letter folding.</param>
/// <param name="Words">What it was cut into, in order.</param>
public sealed record Analysis(string Analyzer, string Language, string Text, string Folded, IReadOnlyList<AnalyzedWord> Words)
{
    /// <summary>The terms, in order, duplicates included.</summary>
    public IEnumerable<string> Terms => Words.Where(word => word.Term is not null).Select(word => word.Term!);
}

/// <summary>One piece of a text on its way to a term.</summary>
/// <param name="Start">Where it starts in the text, in UTF-16 units from 0.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Source">The piece of the text.</param>
/// <param name="Folded">After normalisation, case and letter folding.</param>
/// <param name="Respelled">In the script that the language's terms are in; the same as <paramref name="Folded"/> where nothing changes.</param>
/// <param name="IsStopWord">Whether it is dropped as a stop word.</param>
/// <param name="Stem">After stemming; the same as <paramref name="Respelled"/> where nothing changes.</param>
/// <param name="Term">The index term: the stem after its last folding; null when the piece is dropped.</param>
public sealed record AnalyzedWord(int Start, int End, string Source, string Folded, string Respelled, bool IsStopWord, string Stem, string? Term)
{
    /// <summary>Its place among the words and unspaced letters of the text, from 0; see <see cref="PositionedTerm"/>.</summary>
    public int Position { get; init; }

    /// <summary>Number of places that it covers: 2 for a pair of letters, otherwise 1.</summary>
    public int Width { get; init; } = 1;
}
