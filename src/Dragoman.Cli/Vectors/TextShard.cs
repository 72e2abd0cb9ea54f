using System.Globalization;

namespace Dragoman.Cli.Vectors;

/// <summary>
/// One of several parts of the texts to encode. Texts are cut into windows of a fixed size, the last one shorter; a part is a row of whole windows, so that every text stands in the same window, and its vector
/// is the same to the last bit, whatever the number of parts.
/// </summary>
/// <param name="Number">Which part, from 1.</param>
/// <param name="Count">Of how many.</param>
internal sealed record TextShard(int Number, int Count)
{
    /// <summary>Texts of a window: enough to find many of like length for a batch.</summary>
    internal const int TextsPerWindow = 1024;

    /// <summary>Reads <c>2/4</c>.</summary>
    /// <param name="text">The spelling.</param>
    /// <param name="problem">What is wrong with it; null when nothing is.</param>
    internal static TextShard? TryParse(string text, out string? problem)
    {
        problem = $"is '{text}'; use I/N, as 2/4 for the second of four";
        if (text.Split('/') is not [var number, var count]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var which) || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var of)) return null;
        problem = of == 0 ? "is of 0 shards; there is at least one" : which == 0 ? "is shard 0; shards are counted from 1" : which > of ? string.Create(CultureInfo.InvariantCulture, $"is shard {which} of only {of}") : null;
        return problem is null ? new TextShard(which, of) : null;
    }

    /// <summary>How many windows texts make: the most parts of which none is empty.</summary>
    /// <param name="texts">Texts in all.</param>
    internal static long Windows(int texts) => ((long)texts + TextsPerWindow - 1) / TextsPerWindow;

    /// <summary>The texts of this part.</summary>
    /// <param name="texts">Texts in all.</param>
    /// <returns>The first, from 0, and the end.</returns>
    internal (int First, int End) Of(int texts)
    {
        var windows = Windows(texts);
        return (Text(windows * (Number - 1) / Count), Text(windows * Number / Count));

        int Text(long window) => (int)Math.Min(texts, window * TextsPerWindow);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");
}
