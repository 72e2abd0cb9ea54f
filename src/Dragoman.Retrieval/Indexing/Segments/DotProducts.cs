using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dragoman.Retrieval.Indexing.Segments;

/// <summary>
/// Dot products by SIMD. All of them add up in one order, sixteen sums side by side, whatever the form of the row and however many are made at a time, so that a score does not depend on how a passage was
/// found.
/// </summary>
internal static unsafe class DotProducts
{
    private const int Lanes = 16, Tile = 4;

    /// <summary>A half's exponent is 112 less than a float's.</summary>
    private static readonly Vector512<float> HalfScale = Vector512.Create(BitConverter.UInt32BitsToSingle((127 + 112) << 23));

    /// <summary>Of two vectors of floats of one length.</summary>
    internal static float Of(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        fixed (float* x = left, y = right)
        {
            var (sum, at) = (Vector512<float>.Zero, 0);
            for (; at <= left.Length - Lanes; at += Lanes) sum = Vector512.FusedMultiplyAdd(Vector512.Load(x + at), Vector512.Load(y + at), sum);
            return Finish(sum, x, y, at, left.Length);
        }
    }

    /// <summary>Of a vector and a row of 16-bit floats.</summary>
    internal static float Of(ReadOnlySpan<float> left, ReadOnlySpan<Half> right)
    {
        fixed (float* x = left)
        fixed (Half* y = right)
        {
            var (sum, at) = (Vector512<float>.Zero, 0);
            for (; at <= left.Length - Lanes; at += Lanes) sum = Vector512.FusedMultiplyAdd(Vector512.Load(x + at), Floats((short*)y + at), sum);
            var total = Vector512.Sum(sum);
            for (; at < left.Length; at++) total += x[at] * (float)y[at];
            return total;
        }
    }

    /// <summary>Of a vector and a row of 8-bit integers, not scaled.</summary>
    internal static float Of(ReadOnlySpan<float> left, ReadOnlySpan<sbyte> right)
    {
        fixed (float* x = left)
        fixed (sbyte* y = right)
        {
            var (sum, at) = (Vector512<float>.Zero, 0);
            for (; at <= left.Length - Lanes; at += Lanes) sum = Vector512.FusedMultiplyAdd(Vector512.Load(x + at), Floats(y + at), sum);
            var total = Vector512.Sum(sum);
            for (; at < left.Length; at++) total += x[at] * y[at];
            return total;
        }
    }

    /// <summary>Of every query and every row: a product of matrices, in tiles that stay in registers.</summary>
    /// <param name="queries">Queries, shape [Q, dimension].</param>
    /// <param name="rows">Rows, shape [R, dimension].</param>
    /// <param name="dimension">Length of a vector.</param>
    /// <param name="products">Receives the products, shape [Q, R].</param>
    internal static void OfAll(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, int dimension, Span<float> products)
    {
        var (queryCount, rowCount) = (queries.Length / dimension, rows.Length / dimension);
        if (products.Length < queryCount * rowCount) throw new ArgumentException("Too short.", nameof(products));
        fixed (float* q = queries, r = rows, p = products)
        {
            var query = 0;
            for (; query <= queryCount - Tile; query += Tile)
            {
                var row = 0;
                for (; row <= rowCount - Tile; row += Tile) OfTile(q + query * dimension, r + row * dimension, dimension, p + query * rowCount + row, rowCount);
                for (; row < rowCount; row++)
                {
                    for (var one = query; one < query + Tile; one++) p[one * rowCount + row] = Of(new ReadOnlySpan<float>(q + one * dimension, dimension), new ReadOnlySpan<float>(r + row * dimension, dimension));
                }
            }
            for (; query < queryCount; query++)
            {
                var row = 0;
                var one = q + query * dimension;
                for (; row <= rowCount - Tile; row += Tile)
                {
                    var first = r + row * dimension;
                    OfFour(one, first, first + dimension, first + 2 * dimension, first + 3 * dimension, dimension, p + query * rowCount + row);
                }
                for (; row < rowCount; row++) p[query * rowCount + row] = Of(new ReadOnlySpan<float>(one, dimension), new ReadOnlySpan<float>(r + row * dimension, dimension));
            }
        }
    }

    /// <summary>Of a vector and four rows anywhere.</summary>
    internal static void OfFour(float* x, float* y0, float* y1, float* y2, float* y3, int dimension, float* products)
    {
        var (s0, s1, s2, s3, at) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, 0);
        for (; at <= dimension - Lanes; at += Lanes)
        {
            var v = Vector512.Load(x + at);
            s0 = Vector512.FusedMultiplyAdd(v, Vector512.Load(y0 + at), s0);
            s1 = Vector512.FusedMultiplyAdd(v, Vector512.Load(y1 + at), s1);
            s2 = Vector512.FusedMultiplyAdd(v, Vector512.Load(y2 + at), s2);
            s3 = Vector512.FusedMultiplyAdd(v, Vector512.Load(y3 + at), s3);
        }
        products[0] = Finish(s0, x, y0, at, dimension);
        products[1] = Finish(s1, x, y1, at, dimension);
        products[2] = Finish(s2, x, y2, at, dimension);
        products[3] = Finish(s3, x, y3, at, dimension);
    }

    /// <summary>Reads 16-bit floats as floats.</summary>
    internal static void Read(ReadOnlySpan<Half> numbers, Span<float> floats)
    {
        fixed (Half* from = numbers)
        fixed (float* to = floats[..numbers.Length])
        {
            var at = 0;
            for (; at <= numbers.Length - Lanes; at += Lanes) Floats((short*)from + at).Store(to + at);
            for (; at < numbers.Length; at++) to[at] = (float)from[at];
        }
    }

    /// <summary>Reads 8-bit integers as floats.</summary>
    internal static void Read(ReadOnlySpan<sbyte> numbers, Span<float> floats)
    {
        fixed (sbyte* from = numbers)
        fixed (float* to = floats[..numbers.Length])
        {
            var at = 0;
            for (; at <= numbers.Length - Lanes; at += Lanes) Floats(from + at).Store(to + at);
            for (; at < numbers.Length; at++) to[at] = from[at];
        }
    }

    private static void OfTile(float* x, float* y, int dimension, float* products, int stride)
    {
        float* x1 = x + dimension, x2 = x1 + dimension, x3 = x2 + dimension;
        float* y1 = y + dimension, y2 = y1 + dimension, y3 = y2 + dimension;
        Vector512<float> s00 = default, s01 = default, s02 = default, s03 = default, s10 = default, s11 = default, s12 = default, s13 = default;
        Vector512<float> s20 = default, s21 = default, s22 = default, s23 = default, s30 = default, s31 = default, s32 = default, s33 = default;
        var at = 0;
        for (; at <= dimension - Lanes; at += Lanes)
        {
            var (r0, r1, r2, r3) = (Vector512.Load(y + at), Vector512.Load(y1 + at), Vector512.Load(y2 + at), Vector512.Load(y3 + at));
            var v = Vector512.Load(x + at);
            s00 = Vector512.FusedMultiplyAdd(v, r0, s00);
            s01 = Vector512.FusedMultiplyAdd(v, r1, s01);
            s02 = Vector512.FusedMultiplyAdd(v, r2, s02);
            s03 = Vector512.FusedMultiplyAdd(v, r3, s03);
            v = Vector512.Load(x1 + at);
            s10 = Vector512.FusedMultiplyAdd(v, r0, s10);
            s11 = Vector512.FusedMultiplyAdd(v, r1, s11);
            s12 = Vector512.FusedMultiplyAdd(v, r2, s12);
            s13 = Vector512.FusedMultiplyAdd(v, r3, s13);
            v = Vector512.Load(x2 + at);
            s20 = Vector512.FusedMultiplyAdd(v, r0, s20);
            s21 = Vector512.FusedMultiplyAdd(v, r1, s21);
            s22 = Vector512.FusedMultiplyAdd(v, r2, s22);
            s23 = Vector512.FusedMultiplyAdd(v, r3, s23);
            v = Vector512.Load(x3 + at);
            s30 = Vector512.FusedMultiplyAdd(v, r0, s30);
            s31 = Vector512.FusedMultiplyAdd(v, r1, s31);
            s32 = Vector512.FusedMultiplyAdd(v, r2, s32);
            s33 = Vector512.FusedMultiplyAdd(v, r3, s33);
        }
        Finish(s00, s01, s02, s03, x, y, at, dimension, products);
        Finish(s10, s11, s12, s13, x1, y, at, dimension, products + stride);
        Finish(s20, s21, s22, s23, x2, y, at, dimension, products + 2 * stride);
        Finish(s30, s31, s32, s33, x3, y, at, dimension, products + 3 * stride);
    }

    private static void Finish(Vector512<float> s0, Vector512<float> s1, Vector512<float> s2, Vector512<float> s3, float* x, float* y, int at, int dimension, float* products)
    {
        products[0] = Finish(s0, x, y, at, dimension);
        products[1] = Finish(s1, x, y + dimension, at, dimension);
        products[2] = Finish(s2, x, y + 2 * dimension, at, dimension);
        products[3] = Finish(s3, x, y + 3 * dimension, at, dimension);
    }

    private static float Finish(Vector512<float> sum, float* x, float* y, int at, int dimension)
    {
        var total = Vector512.Sum(sum);
        for (; at < dimension; at++) total += x[at] * y[at];
        return total;
    }

    /// <summary>Sixteen halves, none of them infinite, as floats.</summary>
    private static Vector512<float> Floats(short* halves)
    {
        var bits = Avx512F.IsSupported ? Avx512F.ConvertToVector512Int32(Vector256.Load(halves)) : Widen(Vector256.Load(halves));
        var magnitude = Vector512.ShiftLeft(bits & Vector512.Create(0x7fff), 13).AsSingle() * HalfScale;
        return (magnitude.AsInt32() | (bits & Vector512.Create(int.MinValue))).AsSingle();
    }

    private static Vector512<float> Floats(sbyte* numbers)
    {
        if (Avx512F.IsSupported) return Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.Load(numbers)));
        var (low, high) = Vector128.Widen(Vector128.Load(numbers));
        return Vector512.ConvertToSingle(Widen(Vector256.Create(low, high)));
    }

    private static Vector512<int> Widen(Vector256<short> numbers)
    {
        var (low, high) = Vector256.Widen(numbers);
        return Vector512.Create(low, high);
    }
}
