using System.Text;

namespace Dragoman.Text.Analysis.Folding;

/// <summary>A text under construction, of which every character knows where it came from. Reused from text to text; not thread-safe.</summary>
internal sealed class FoldedText
{
    private char[] _characters = new char[1 << 10];
    private int[] _starts = [], _ends = [];
    private bool _tracksSource;

    internal int Length { get; private set; }

    internal ReadOnlySpan<char> Span => _characters.AsSpan(0, Length);

    /// <summary>Where the next characters come from.</summary>
    internal int SourceStart { get; set; }

    /// <summary>Where that ends, exclusive.</summary>
    internal int SourceEnd { get; set; }

    /// <summary>Empties it.</summary>
    /// <param name="tracksSource">Whether <see cref="SourceOf"/> will be asked.</param>
    internal void Clear(bool tracksSource)
    {
        Length = 0;
        _tracksSource = tracksSource;
        if (tracksSource && _starts.Length < _characters.Length) (_starts, _ends) = (new int[_characters.Length], new int[_characters.Length]);
    }

    internal void Append(char character)
    {
        if (Length == _characters.Length) Grow();
        _characters[Length] = character;
        if (_tracksSource) (_starts[Length], _ends[Length]) = (SourceStart, SourceEnd);
        Length++;
    }

    internal void Append(ReadOnlySpan<char> characters)
    {
        foreach (var character in characters) Append(character);
    }

    internal void Append(Rune rune)
    {
        Span<char> pair = stackalloc char[2];
        Append(pair[..rune.EncodeToUtf16(pair)]);
    }

    /// <summary>The part of the source that characters <paramref name="start"/> to <paramref name="end"/> (exclusive, not empty) came from.</summary>
    internal (int Start, int End) SourceOf(int start, int end) => (_starts[start], _ends[end - 1]);

    private void Grow()
    {
        Array.Resize(ref _characters, 2 * _characters.Length);
        if (!_tracksSource) return;
        Array.Resize(ref _starts, _characters.Length);
        Array.Resize(ref _ends, _characters.Length);
    }
}
