using System.Globalization;

namespace Dragoman.Collections;

/// <summary>Counts with their nouns, for messages: <c>1 passage</c>, <c>2,880 queries</c>.</summary>
public static class Amount
{
    /// <summary>A count and its noun, in the plural unless the count is 1.</summary>
    /// <param name="count">The count, 0 or more.</param>
    /// <param name="noun">The noun in the singular, one whose plural is regular: <c>passage</c>, <c>query</c>.</param>
    public static string Of(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? noun : Plural(noun))}");

    private static string Plural(string noun) => noun.EndsWith('y') ? noun[..^1] + "ies" : noun + "s";
}
