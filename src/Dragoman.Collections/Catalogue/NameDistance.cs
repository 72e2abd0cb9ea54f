namespace Dragoman.Collections.Catalogue;

/// <summary>How far a mistyped name is from a known one.</summary>
internal static class NameDistance
{
    /// <summary>Letters to insert, remove or replace (Levenshtein), capitals being equal; less when one name holds the other.</summary>
    internal static double Between(string typed, string known)
    {
        var (a, b) = (typed.ToLowerInvariant(), known.ToLowerInvariant());
        if (a.Length > 2 && b.Contains(a, StringComparison.Ordinal)) return (double)(b.Length - a.Length) / b.Length;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
