using Dragoman.Text.Analysis;

namespace Dragoman.Benchmarks.Dense;

/// <summary>Terms are what stands between spaces.</summary>
internal sealed class SpaceAnalyzer : IAnalyzer
{
    public string Identity => "space-v1";

    public void Analyze(string text, string language, ICollection<string> terms)
    {
        foreach (var term in text.Split(' ', StringSplitOptions.RemoveEmptyEntries)) terms.Add(term);
    }
}
