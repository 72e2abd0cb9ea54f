using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.Indexing;

/// <summary>
/// For indexing passages whose text is terms already, separated by white space: they are taken as they are, in the name of the analyzer that made them. Queries are analysed by that analyzer. Thread-safe.
/// </summary>
/// <param name="identity">Identity of the analyzer that made the terms.</param>
public sealed class WrittenTerms(string identity) : IAnalyzer
{
    /// <inheritdoc/>
    public string Identity => identity;

    /// <inheritdoc/>
    public void Analyze(string text, string language, ICollection<string> terms)
    {
        foreach (var term in text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)) terms.Add(term);
    }
}
