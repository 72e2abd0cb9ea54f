namespace Dragoman.Text.Analysis;

/// <summary>Turns a text into index terms. Implementations are thread-safe and deterministic.</summary>
public interface IAnalyzer
{
    /// <summary>Name and version, for example <c>plain-v1</c>. An index stores it; queries must come from an analyzer of the same identity.</summary>
    string Identity { get; }

    /// <summary>Appends the terms of a text in order of appearance, duplicates included.</summary>
    /// <param name="text">The text; may be empty.</param>
    /// <param name="terms">Receives the terms; not cleared.</param>
    void Analyze(string text, ICollection<string> terms);
}
