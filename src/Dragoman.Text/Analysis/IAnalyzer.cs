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

    /// <summary>Appends the terms of a text with their places: those of <see cref="Analyze"/>, in the same order; places never fall.</summary>
    /// <remarks>An analyzer that does not say otherwise drops nothing and puts every term behind the one before.</remarks>
    /// <param name="text">The text; may be empty, and need not be well-formed UTF-16.</param>
    /// <param name="language">BCP 47 tag of the text, <c>und</c> when it is not known.</param>
    /// <param name="terms">Receives the terms; not cleared.</param>
    void Locate(string text, string language, ICollection<PositionedTerm> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var found = new List<string>();
        Analyze(text, language, found);
        for (var position = 0; position < found.Count; position++) terms.Add(new PositionedTerm(found[position], position, 1));
    }
}
