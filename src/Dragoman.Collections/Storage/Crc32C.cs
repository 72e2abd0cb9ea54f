using System.Numerics;
using System.Runtime.InteropServices;

namespace Dragoman.Collections.Storage;

/// <summary>CRC-32C (Castagnoli) of bytes, by the processor's own instruction where it has one. It finds every error within 32 neighbouring bits, hence every changed byte.</summary>
public static class Crc32C
{
    /// <summary>The checksum of some bytes, continued from the checksum of those before them.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="before">The checksum of what stands before them; 0 for nothing.</param>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        var crc = ~before;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) crc = BitOperations.Crc32C(crc, word);
        foreach (var rest in bytes[(words.Length * sizeof(ulong))..]) crc = BitOperations.Crc32C(crc, rest);
        return ~crc;
    }
}
