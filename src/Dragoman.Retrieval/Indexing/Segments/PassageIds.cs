namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>The order of passage ids that are kept as UTF-8.</summary>
internal static class PassageIds
{
    /// <summary>Ids without a byte from this one on have the same order as bytes and as UTF-16.</summary>
    internal const byte FirstUnordered = 0xEE;

    private const byte FirstOfSurrogates = 0xF0;

    /// <summary>Compares two ids, ordinally as UTF-16.</summary>
    internal static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var place = left.CommonPrefixLength(right);
        if (place == left.Length || place == right.Length) return left.Length.CompareTo(right.Length);
        // Bytes order as code points do; in UTF-16, those beyond U+FFFF (first byte F0 or more) are surrogates and come before U+E000 to U+FFFF (first byte EE or EF).
        var (a, b) = (left[place], right[place]);
        return a >= FirstUnordered && b >= FirstUnordered && a >= FirstOfSurrogates != b >= FirstOfSurrogates ? b.CompareTo(a) : a.CompareTo(b);
    }
}
