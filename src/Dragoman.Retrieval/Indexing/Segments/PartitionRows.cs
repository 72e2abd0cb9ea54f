using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>The rows of the passages of one language in one segment, in one form; by the passage's number in the partition. Thread-safe until the segment is disposed.</summary>
/// <param name="section">The rows of the segment.</param>
/// <param name="first">Number, in the segment, of the partition's first passage.</param>
/// <param name="dimension">Length of a vector, in numbers.</param>
/// <param name="form">The form.</param>
internal sealed class PartitionRows(MappedSection section, int first, int dimension, RowForm form)
{
    private readonly int _rowBytes = VectorRows.Bytes(dimension, form);

    internal int Dimension => dimension;

    /// <summary>A row as it is kept.</summary>
    internal ReadOnlySpan<byte> Row(int number) => section.Slice((long)(first + number) * _rowBytes, _rowBytes);

    /// <summary>A row as floats: where it lies, or in a buffer of one row.</summary>
    internal ReadOnlySpan<float> Vector(int number, Span<float> buffer)
    {
        if (form == RowForm.Float32) return MemoryMarshal.Cast<byte, float>(Row(number));
        VectorRows.Read(Row(number), form, buffer);
        return buffer[..dimension];
    }

    /// <summary>Dot product of a vector and a row.</summary>
    internal float Score(ReadOnlySpan<float> vector, int number) => VectorRows.Score(vector, Row(number), form);

    /// <summary>Dot products of a vector and several rows.</summary>
    internal unsafe void Score(ReadOnlySpan<float> vector, ReadOnlySpan<int> numbers, Span<float> scores)
    {
        var at = 0;
        if (form == RowForm.Float32)
        {
            fixed (float* x = vector, products = scores)
            {
                // The rows lie in a memory map, which does not move.
                for (; at <= numbers.Length - 4; at += 4) DotProducts.OfFour(x, Start(numbers[at]), Start(numbers[at + 1]), Start(numbers[at + 2]), Start(numbers[at + 3]), dimension, products + at);
            }
        }
        for (; at < numbers.Length; at++) scores[at] = Score(vector, numbers[at]);
    }

    /// <summary>Dot products of queries and rows that lie together.</summary>
    /// <param name="queries">Queries, shape [Q, dimension].</param>
    /// <param name="start">Number of the first row.</param>
    /// <param name="count">Number of rows, R.</param>
    /// <param name="buffer">Room for the rows as floats, shape [R, dimension].</param>
    /// <param name="scores">Receives the products, shape [Q, R].</param>
    internal void Score(ReadOnlySpan<float> queries, int start, int count, Span<float> buffer, Span<float> scores)
    {
        var bytes = section.Slice((long)(first + start) * _rowBytes, count * _rowBytes);
        if (form == RowForm.Float32)
        {
            DotProducts.OfAll(queries, MemoryMarshal.Cast<byte, float>(bytes), dimension, scores);
            return;
        }
        var rows = buffer[..(count * dimension)];
        if (form == RowForm.Float16) DotProducts.Read(MemoryMarshal.Cast<byte, Half>(bytes), rows);
        else
        {
            for (var row = 0; row < count; row++) DotProducts.Read(MemoryMarshal.Cast<byte, sbyte>(bytes.Slice(row * _rowBytes + sizeof(float), dimension)), rows.Slice(row * dimension, dimension));
        }
        DotProducts.OfAll(queries, rows, dimension, scores);
        if (form != RowForm.Int8) return;
        for (var row = 0; row < count; row++)
        {
            var scale = MemoryMarshal.Read<float>(bytes[(row * _rowBytes)..]);
            for (var at = row; at < queries.Length / dimension * count; at += count) scores[at] *= scale;
        }
    }

    private unsafe float* Start(int number) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Row(number)));
}
