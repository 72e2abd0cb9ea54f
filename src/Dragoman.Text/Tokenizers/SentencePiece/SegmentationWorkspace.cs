using System.Text;

namespace Dragoman.Text.Tokenizers.SentencePiece;

/// <summary>The buffers of one segmentation, reused from text to text. Each thread has its own, so that tokenizers are thread-safe without locks.</summary>
internal sealed class SegmentationWorkspace
{
    // Buffers that grew for one huge text are not kept for ever.
    private const int KeptBytes = 1 << 20;

    [ThreadStatic]
    private static SegmentationWorkspace? _current;

    /// <summary>The text in UTF-8.</summary>
    internal ByteBuffer Input { get; private set; } = new();

    /// <summary>The normalised text in UTF-8.</summary>
    internal ByteBuffer Normalized { get; private set; } = new();

    /// <summary>The best path to each byte position of the normalised text.</summary>
    internal PathNode[] Path { get; set; } = new PathNode[1024];

    /// <summary>The segmentation: where each piece starts and its id, last piece first.</summary>
    internal List<(int Start, int Id)> Reversed { get; } = [];

    internal static SegmentationWorkspace Current => _current ??= new SegmentationWorkspace();

    /// <summary>Takes a text in; what is not valid UTF-16 becomes U+FFFD.</summary>
    internal void Read(ReadOnlySpan<char> text)
    {
        if (Normalized.Bytes.Length > KeptBytes) (Input, Normalized, Path) = (new(), new(), new PathNode[1024]);
        Input.Length = 0;
        Input.Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        Input.Length = Encoding.UTF8.GetBytes(text, Input.Bytes);
    }
}
