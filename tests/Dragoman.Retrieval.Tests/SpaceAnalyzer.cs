using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.Tests;

/// <summary>Terms are what stands between white space.</summary>
internal sealed class SpaceAnalyzer(string identity = "space-v1") : IAnalyzer
{
    public string Identity => identity;

    public void Analyze(string text, string language, ICollection<string> terms)
    {
        foreach (var term in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) terms.Add(term);
    }
}
