using Dragoman.Collections.Errors;
using Dragoman.Text.Analysis;

namespace Dragoman.Retrieval.FirstStage.Phrases;

/// <summary>What a phrase asks of the positions in a passage. Immutable.</summary>
internal sealed class PhrasePattern
{
    /// <summary>Most distinct terms of a phrase.</summary>
    internal const int MostTerms = 256;

    private readonly (int Term, int Offset)[] _places;
    private readonly int[] _counts, _widths;
    private readonly int _span;
    private readonly int? _window;

    private PhrasePattern(Phrase phrase, string[] terms, IReadOnlyList<PositionedTerm> located)
    {
        (Phrase, Terms, _window) = (phrase, terms, phrase.Window);
        var first = located[0].Position;
        _places = [.. located.Select(term => (Array.IndexOf(terms, term.Term), term.Position - first))];
        _span = located.Max(term => term.Position + term.Width) - first;
        (_counts, _widths) = (new int[terms.Length], new int[terms.Length]);
        for (var place = 0; place < located.Count; place++)
        {
            _counts[_places[place].Term]++;
            _widths[_places[place].Term] = Math.Max(_widths[_places[place].Term], located[place].Width);
        }
    }

    /// <summary>The phrase.</summary>
    internal Phrase Phrase { get; }

    /// <summary>Its distinct terms, in order of first appearance.</summary>
    internal IReadOnlyList<string> Terms { get; }

    /// <summary>Whether positions matter: not for a single term.</summary>
    internal bool NeedsPositions => _places.Length > 1;

    /// <summary>Analyses a phrase.</summary>
    /// <exception cref="ConfigurationException">It has no term, too many, or a window that cannot hold them.</exception>
    internal static PhrasePattern Of(Phrase phrase, string language, IAnalyzer analyzer)
    {
        var located = new List<PositionedTerm>();
        analyzer.Locate(phrase.Text, language, located);
        var terms = located.Select(term => term.Term).Distinct(StringComparer.Ordinal).ToArray();
        if (terms.Length == 0) throw new ConfigurationException("Phrases", [$"{phrase} holds no term for {analyzer.Identity} (stop words and punctuation are none); leave out its quotation marks."]);
        if (terms.Length > MostTerms) throw new ConfigurationException("Phrases", [FormattableString.Invariant($"a phrase has {terms.Length:N0} distinct terms; give at most {MostTerms} between quotation marks.")]);
        var least = Math.Max(located.Select(term => term.Position).Distinct().Count(), located.Max(term => term.Width));
        if (phrase.Window < least) throw new ConfigurationException("Phrases", [FormattableString.Invariant($"{phrase} asks for {least} places within {phrase.Window}; use ~{least} or more.")]);
        return new PhrasePattern(phrase, terms, located);
    }

    /// <summary>Finds the first occurrence that begins at a place or behind it.</summary>
    /// <param name="positions">Positions of every term of <see cref="Terms"/> in the passage, ascending.</param>
    /// <param name="from">The place.</param>
    /// <param name="start">Where the occurrence begins.</param>
    /// <param name="end">Where it ends, exclusive.</param>
    internal bool TryFind(IReadOnlyList<ReadOnlyMemory<int>> positions, int from, out int start, out int end) =>
        _window is { } window ? TryFindWithin(window, positions, from, out start, out end) : TryFindAsWritten(positions, from, out start, out end);

    private bool TryFindAsWritten(IReadOnlyList<ReadOnlyMemory<int>> positions, int from, out int start, out int end)
    {
        // Places ascend, so that the first is at the phrase's beginning.
        var leading = positions[_places[0].Term].Span;
        for (var at = PlaceOf(leading, from); at < leading.Length; at++)
        {
            if (!StandsAt(leading[at], positions)) continue;
            (start, end) = (leading[at], leading[at] + _span);
            return true;
        }
        (start, end) = (-1, -1);
        return false;
    }

    private bool StandsAt(int start, IReadOnlyList<ReadOnlyMemory<int>> positions)
    {
        foreach (var (term, offset) in _places.AsSpan(1))
        {
            if (positions[term].Span.BinarySearch(start + offset) < 0) return false;
        }
        return true;
    }

    private bool TryFindWithin(int window, IReadOnlyList<ReadOnlyMemory<int>> positions, int from, out int start, out int end)
    {
        for (; ; from++)
        {
            (start, end) = (int.MaxValue, 0);
            for (var term = 0; term < positions.Count; term++)
            {
                var found = positions[term].Span;
                var first = PlaceOf(found, from);
                if (first + _counts[term] > found.Length) return false;
                start = Math.Min(start, found[first]);
                end = Math.Max(end, found[first + _counts[term] - 1] + _widths[term]);
            }
            if (end - start <= window) return true;
            from = start;
        }
    }

    /// <summary>Place of the first position that is not before another.</summary>
    private static int PlaceOf(ReadOnlySpan<int> positions, int from)
    {
        var (low, high) = (0, positions.Length);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (positions[middle] < from) low = middle + 1; else high = middle;
        }
        return low;
    }
}
