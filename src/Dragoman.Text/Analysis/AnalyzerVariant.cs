using Dragoman.Text.Analysis.Segmentation;

namespace Dragoman.Text.Analysis;

/// <summary>A deviation from a language's usual analysis, for measuring and for those who know better: the words after a slash in an analyzer's name.</summary>
internal sealed record AnalyzerVariant
{
    /// <summary>The words that can stand after a slash, in the order an identity has them.</summary>
    internal static readonly string[] Words = ["unstemmed", "snowball", "stopped", "unstopped", "characters", "pairs", "characters+pairs", "dictionary", "unfolded"];

    /// <summary>No deviation.</summary>
    internal static readonly AnalyzerVariant None = new() { Names = [] };

    /// <summary>The words, in order.</summary>
    internal required IReadOnlyList<string> Names { get; init; }

    internal bool IsUnstemmed => Names.Contains("unstemmed");

    /// <summary>Whether the Snowball project's C library stems.</summary>
    internal bool IsSnowball => Names.Contains("snowball");

    /// <summary>Whether Chinese characters stay as they are.</summary>
    internal bool IsUnfolded => Names.Contains("unfolded");

    /// <summary>Whether stop words are dropped; null for as usual.</summary>
    internal bool? DropsStopWords => Names.Contains("stopped") ? true : Names.Contains("unstopped") ? false : null;

    /// <summary>How unspaced text is cut; null for as usual.</summary>
    internal UnspacedText? Unspaced =>
        Names.Contains("characters") ? UnspacedText.Characters
        : Names.Contains("pairs") ? UnspacedText.Pairs
        : Names.Contains("characters+pairs") ? UnspacedText.CharactersAndPairs
        : Names.Contains("dictionary") ? UnspacedText.Dictionary
        : null;

    /// <summary>As it stands in a name: <c>/unstemmed/stopped</c>, or nothing.</summary>
    internal string Suffix => string.Concat(Names.Select(name => "/" + name));

    /// <summary>Reads the words of a name.</summary>
    /// <param name="words">What stood after slashes.</param>
    /// <param name="problem">What is wrong with them; null when all is well.</param>
    internal static AnalyzerVariant? Of(string[] words, out string? problem)
    {
        problem = words.FirstOrDefault(word => !Words.Contains(word)) is { } unknown ? $"'{unknown}' is not a variant; use {string.Join(", ", Words.SkipLast(1))} or {Words[^1]}"
            : Clash(words, "unstemmed", "snowball") ?? Clash(words, "stopped", "unstopped") ?? Clash(words, "characters", "pairs", "characters+pairs", "dictionary");
        return problem is null ? new AnalyzerVariant { Names = [.. Words.Where(words.Contains)] } : null;
    }

    private static string? Clash(string[] words, params string[] alternatives)
    {
        var both = words.Where(alternatives.Contains).Distinct().ToArray();
        return both.Length < 2 ? null : $"'{both[0]}' and '{both[1]}' exclude each other";
    }
}
