using System.Buffers.Binary;
using System.Text;

namespace Dragoman.Training.EventFiles;

/// <summary>A message of Protocol Buffers that is being written, field by field, in the wire format. An embedded message is written before the one that holds it.</summary>
internal sealed class ProtobufMessage
{
    private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;
    private readonly List<byte> _bytes = [];

    internal byte[] ToBytes() => [.. _bytes];

    internal ProtobufMessage Whole(int field, long value)
    {
        Tag(field, Varint);
        Number((ulong)value);
        return this;
    }

    internal ProtobufMessage Double(int field, double value)
    {
        Tag(field, Fixed64);
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    internal ProtobufMessage Single(int field, float value)
    {
        Tag(field, Fixed32);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    internal ProtobufMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    internal ProtobufMessage Message(int field, ProtobufMessage value) => Bytes(field, value.ToBytes());

    internal ProtobufMessage Doubles(int field, IReadOnlyList<double> values)
    {
        var bytes = new byte[values.Count * sizeof(double)];
        for (var i = 0; i < values.Count; i++) BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        return Bytes(field, bytes);
    }

    internal ProtobufMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, Delimited);
        Number((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    private void Tag(int field, int wireType) => Number((ulong)(field << 3 | wireType));

    private void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }
}
