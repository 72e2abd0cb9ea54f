using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.FirstStage;

/// <summary>Some passages of an opened index, to find only those: see <see cref="RetrievalOptions.Filter"/>. Immutable.</summary>
public sealed class PassageFilter
{
    private readonly int[] _ordinals;

    /// <summary>Creates a filter.</summary>
    /// <param name="index">The index.</param>
    /// <param name="ordinals">Ordinals of the passages, ascending; not changed from here on.</param>
    internal PassageFilter(SearchIndex index, int[] ordinals) => (Index, _ordinals) = (index, ordinals);

    /// <summary>Number of passages.</summary>
    public int Count => _ordinals.Length;

    /// <summary>The index that the passages are in.</summary>
    internal SearchIndex Index { get; }

    internal bool Contains(int ordinal) => Array.BinarySearch(_ordinals, ordinal) >= 0;

    /// <summary>Those of the ordinals that lie in a range.</summary>
    /// <param name="first">The range's first.</param>
    /// <param name="count">Its length.</param>
    internal ReadOnlySpan<int> Within(int first, int count)
    {
        var (start, end) = (PlaceOf(first), PlaceOf(first + count));
        return _ordinals.AsSpan(start, end - start);
    }

    private int PlaceOf(int ordinal) => Array.BinarySearch(_ordinals, ordinal) is >= 0 and var place ? place : ~Array.BinarySearch(_ordinals, ordinal);
}
