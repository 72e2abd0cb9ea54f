namespace Dragoman.Training.Configuration;

/// <summary>Finds the word that someone probably meant.</summary>
internal static class Spelling
{
    /// <summary>The known word nearest to a misspelt one: by edit distance, at most a third of its length (and at least 1) away.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What may be written.</param>
    /// <returns>The nearest, the first in ordinal order among equals; null when none is near.</returns>
    internal static string? Nearest(string word, IEnumerable<string> known)
    {
        var limit = Math.Max(1, word.Length / 3);
        return known
            .Select(candidate => (candidate, Distance: Distance(word, candidate)))
            .Where(entry => entry.Distance <= limit)
            .OrderBy(entry => entry.Distance).ThenBy(entry => entry.candidate, StringComparer.Ordinal)
            .Select(entry => entry.candidate)
            .FirstOrDefault();
    }

    /// <summary>Levenshtein distance: the fewest insertions, deletions and replacements of characters.</summary>
    internal static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[b.Length];
    }
}
