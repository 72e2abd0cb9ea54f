using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dragoman.Retrieval.Indexing.Postings;

/// <summary>
/// 128 unsigned integers in as many bits each as the largest needs, in four interleaved lanes: number i lies in lane i mod 4, so that four are unpacked by one
/// instruction (Lemire and Boytsov, 2015: "Decoding billions of integers per second through vectorization").
/// </summary>
internal static class BitPacking
{
    /// <summary>Numbers in a block.</summary>
    internal const int Block = 128;

    private const int Rows = Block / 4, WordBits = 32;

    /// <summary>Bits that every number of a block fits in.</summary>
    internal static int BitsFor(ReadOnlySpan<uint> numbers)
    {
        var all = 0u;
        foreach (var number in numbers) all |= number;
        return WordBits - BitOperations.LeadingZeroCount(all);
    }

    /// <summary>Bytes of a packed block.</summary>
    internal static int Bytes(int bits) => Block / 8 * bits;

    /// <summary>Packs a block.</summary>
    /// <param name="numbers">128 numbers below 2^bits.</param>
    /// <param name="bits">Bits a number, within [0, 32].</param>
    /// <param name="target">Receives <see cref="Bytes"/> bytes.</param>
    internal static void Pack(ReadOnlySpan<uint> numbers, int bits, Span<byte> target)
    {
        if (bits == 0) return;
        var rows = MemoryMarshal.Cast<uint, Vector128<uint>>(numbers);
        var output = MemoryMarshal.Cast<byte, Vector128<uint>>(target);
        var (word, used, at) = (Vector128<uint>.Zero, 0, 0);
        for (var row = 0; row < Rows; row++)
        {
            word |= rows[row] << used;
            used += bits;
            if (used < WordBits) continue;
            output[at++] = word;
            used -= WordBits;
            word = used == 0 ? Vector128<uint>.Zero : rows[row] >>> (bits - used);
        }
    }

    /// <summary>Unpacks a block.</summary>
    /// <param name="packed">At least <see cref="Bytes"/> bytes.</param>
    /// <param name="bits">Bits a number, within [0, 32].</param>
    /// <param name="numbers">Receives 128 numbers.</param>
    internal static void Unpack(ReadOnlySpan<byte> packed, int bits, Span<uint> numbers)
    {
        if (bits == 0)
        {
            numbers[..Block].Clear();
            return;
        }
        ref var input = ref MemoryMarshal.GetReference(packed[..Bytes(bits)]);
        ref var output = ref MemoryMarshal.GetReference(numbers[..Block]);
        var mask = Vector128.Create(uint.MaxValue >> (WordBits - bits));
        var word = Vector128.LoadUnsafe(ref input).AsUInt32();
        var (used, at) = (0, 0);
        for (var row = 0; row < Rows; row++)
        {
            var number = word >>> used;
            used += bits;
            if (used >= WordBits && row < Rows - 1)
            {
                used -= WordBits;
                word = Vector128.LoadUnsafe(ref input, (nuint)(++at * Unsafe.SizeOf<Vector128<uint>>())).AsUInt32();
                if (used > 0) number |= word << (bits - used);
            }
            (number & mask).StoreUnsafe(ref output, (nuint)(row * 4));
        }
    }
}
