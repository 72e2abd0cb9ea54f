namespace Dragoman.Text.Tokenizers.SentencePiece;

/// <summary>Facts about UTF-8.</summary>
internal static class Utf8
{
    private static ReadOnlySpan<byte> Lengths => [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4];

    /// <summary>Bytes of the character that starts with this byte.</summary>
    internal static int LengthOf(byte first) => Lengths[first >> 4];
}
