namespace Dragoman.Text.Analysis;

/// <summary>Turns a text into index terms. Implementations are thread-safe and deterministic.</summary>
public interface IAnalyzer
{
    /// <summary>Name and version, for example <c>kk-v1</c>. An index stores it; queries must come from an analyzer of the same identity.</summary>
    string Identity { get; }

    /// <summary>Appends the terms of a text in order of appearance, duplicates included.</summary>
    /// <param name="text">The text; may be empty, and need not be well-formed UTF-16.</param>
    /// <param name="language">BCP 47 tag of the text, <c>und</c> when it is not known. Analyzers of one language look at most at its script.</param>
    /// <param name="terms">Receives the terms; not cleared.</param>
    void Analyze(string text, string language, ICollection<string> terms);
}
