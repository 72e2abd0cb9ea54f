namespace Dragoman.Text.Tokenizers.SentencePiece;

/// <summary>A growing array of bytes that is reused from text to text.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[1024];

    internal int Length { get; set; }

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    internal byte[] Bytes => _bytes;

    /// <summary>Makes room for more bytes behind <see cref="Length"/>.</summary>
    internal void Reserve(int more)
    {
        if (Length + more > _bytes.Length) Array.Resize(ref _bytes, Math.Max(Length + more, 2 * _bytes.Length));
    }
}
