using System.Text;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>A term as an index keeps it: UTF-8, at most 1,024 bytes. Longer terms are cut between characters, in passages and queries alike; half a surrogate pair becomes U+FFFD.</summary>
internal static class TermForm
{
    /// <summary>Most bytes of a term.</summary>
    internal const int MaxBytes = 1024;

    /// <summary>Writes a term.</summary>
    /// <param name="term">The term as the analyzer gave it.</param>
    /// <param name="target">Receives at most <see cref="MaxBytes"/> bytes.</param>
    /// <returns>Number of bytes.</returns>
    internal static int Write(string term, Span<byte> target)
    {
        // With a replacement for what is not well formed, only lack of room ends the conversion, and then between characters.
        System.Text.Unicode.Utf8.FromUtf16(term, target[..MaxBytes], out _, out var written);
        return written;
    }

    /// <summary>The UTF-8 bytes of a term.</summary>
    internal static byte[] Of(string term)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        return buffer[..Write(term, buffer)].ToArray();
    }
}
