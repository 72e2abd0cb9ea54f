using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Postings;

/// <summary>Where the positions of the terms of one language of a segment lie. Thread-safe until the file is closed.</summary>
internal sealed class TermPositions
{
    private readonly MappedSection _positions, _sizes, _places;

    /// <summary>Opens the positions of a language.</summary>
    /// <exception cref="Dragoman.Collections.Errors.DataFormatException">The segment holds none.</exception>
    internal TermPositions(SegmentFile file, int language)
    {
        _positions = file.Section(SectionKind.Positions, language);
        _sizes = file.Section(SectionKind.PositionSizes, language);
        _places = file.Section(SectionKind.PositionPlaces, language);
    }

    /// <summary>The positions of a term.</summary>
    internal PositionsCursor Of(TermEntry term)
    {
        var group = term.Number / PositionsWriter.GroupTerms;
        var (start, first) = (_places.Number<long>(2 * group), _places.Number<long>(2 * group + 1));
        var end = 2 * (group + 1) * sizeof(long) < _places.Length ? _places.Number<long>(2 * group + 3) : _sizes.Length;
        var sizes = _sizes.Slice(first, checked((int)(end - first)));
        var position = 0;
        for (var before = term.Number % PositionsWriter.GroupTerms; ; before--)
        {
            if (!VarInt.TryRead(sizes, ref position, out var size)) throw _positions.File.Damaged("the sizes of positions are cut short");
            if (before == 0) return new PositionsCursor(_positions, start, (long)size, (term.Passages + BitPacking.Block - 1) / BitPacking.Block);
            start += (long)size;
        }
    }
}
