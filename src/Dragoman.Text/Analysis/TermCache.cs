using System.Collections.Concurrent;

namespace Dragoman.Text.Analysis;

/// <summary>Remembers what frequent words become, so that each is stemmed once and takes no new memory. Thread-safe; bounded.</summary>
/// <param name="termOf">Computes the term of a word (folded, text in the other script), null when it is dropped; must always give the same.</param>
internal sealed class TermCache(Func<string, bool, string?> termOf)
{
    private const int MaxWords = 1 << 16, MaxWordLength = 64;

    private ConcurrentDictionary<string, string?> _usual = new(StringComparer.Ordinal), _other = new(StringComparer.Ordinal);

    /// <summary>The term of a word; null when it is dropped.</summary>
    internal string? Of(ReadOnlySpan<char> word, bool otherScript)
    {
        ref var field = ref otherScript ? ref _other : ref _usual;
        var words = Volatile.Read(ref field);
        if (words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var known)) return known;
        var folded = word.ToString();
        var term = termOf(folded, otherScript);
        if (word.Length > MaxWordLength) return term;
        // Counting is slow; a full cache is thrown away now and then, which is enough for text, whose words are few and frequent.
        if (words.Count >= MaxWords) Volatile.Write(ref field, words = new ConcurrentDictionary<string, string?>(StringComparer.Ordinal));
        words.TryAdd(folded, term == folded ? folded : term);
        return term;
    }
}
