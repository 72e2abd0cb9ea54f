using System.Buffers.Binary;

namespace Dragoman.Retrieval.Indexing;

/// <summary>Unsigned integers of seven bits a byte, least significant first; the high bit says that more follow.</summary>
internal static class VarInt
{
    internal const int MaxBytes = 10;

    /// <summary>Writes a value at the start of a buffer of at least <see cref="MaxBytes"/> bytes and returns its length in bytes.</summary>
    internal static int Write(Span<byte> target, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7) target[length++] = (byte)(value | 0x80);
        target[length++] = (byte)value;
        return length;
    }

    /// <summary>Reads a value and moves the position behind it; false when the bytes end too soon or the value has more than 64 bits.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> source, ref int position, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if ((uint)position >= (uint)source.Length) return false;
            var next = source[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return true;
        }
        return false;
    }

    /// <summary>Writes a value to a stream.</summary>
    internal static void Write(Stream stream, ulong value)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        stream.Write(buffer[..Write(buffer, value)]);
    }

    /// <summary>Writes an int64, little-endian.</summary>
    internal static void WriteFixed(Stream stream, long value)
    {
        Span<byte> buffer = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(buffer, value);
        stream.Write(buffer);
    }

    /// <summary>Writes an int32, little-endian.</summary>
    internal static void WriteFixed(Stream stream, int value)
    {
        Span<byte> buffer = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(buffer, value);
        stream.Write(buffer);
    }
}
