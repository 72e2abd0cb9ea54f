using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Tests.Indexing.Segments;

public class DotProductsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(37)]
    [InlineData(384)]
    public void OfAll_AnyCounts_EqualsEveryPairAloneAndTheSumInDoubles(int dimension)
    {
        var random = new Random(dimension);
        foreach (var (queries, rows) in new[] { (1, 1), (1, 9), (4, 4), (5, 7), (9, 64) })
        {
            var (left, right, products) = (Numbers(random, queries * dimension), Numbers(random, rows * dimension), new float[queries * rows]);
            DotProducts.OfAll(left, right, dimension, products);
            for (var pair = 0; pair < products.Length; pair++)
            {
                var query = left.AsSpan(pair / rows * dimension, dimension);
                var row = right.AsSpan(pair % rows * dimension, dimension);
                // To the last bit: a ranking must not depend on what else is asked.
                products[pair].ShouldBe(DotProducts.Of(query, row));
                var sum = 0.0;
                for (var column = 0; column < dimension; column++) sum += (double)query[column] * row[column];
                products[pair].ShouldBe((float)sum, 1e-4f);
            }
        }
    }

    [Theory]
    [InlineData(VectorPrecision.Full)]
    [InlineData(VectorPrecision.Half)]
    [InlineData(VectorPrecision.Quantised)]
    public void Score_EveryForm_EqualsTheDotProductWithTheRowRead(VectorPrecision precision)
    {
        const int Dimension = 53;
        var random = new Random(3);
        var (query, vector, read) = (Numbers(random, Dimension), Numbers(random, Dimension), new float[Dimension]);
        vector[7] = 0;
        vector[8] = -1e-6f;
        var form = VectorRows.FormOf(precision);
        var row = VectorRows.Write(vector, precision)!;

        VectorRows.Read(row, form, read);

        row.Length.ShouldBe(VectorRows.Bytes(Dimension, form));
        VectorRows.Score(query, row, form).ShouldBe(DotProducts.Of(query, read), 1e-4f);
        var tolerance = precision switch { VectorPrecision.Full => 1e-12, VectorPrecision.Half => vector.Max(MathF.Abs) / 2048, _ => vector.Max(MathF.Abs) / 254 * 1.001 };
        for (var column = 0; column < Dimension; column++) ((double)read[column]).ShouldBe(vector[column], tolerance);
    }

    [Fact]
    public void Read_EveryFiniteHalf_IsThatNumber()
    {
        var halves = Enumerable.Range(0, 1 << 16).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits)).Where(Half.IsFinite).ToArray();
        var floats = new float[halves.Length];

        DotProducts.Read(halves, floats);

        floats.ShouldBe(halves.Select(half => (float)half));
    }

    [Fact]
    public void Write_NumberTooLargeForAHalf_IsRefused()
    {
        VectorRows.Write([1, 70_000], VectorPrecision.Half).ShouldBeNull();
        VectorRows.Write([1, 70_000], VectorPrecision.Rescored).ShouldBeNull();
        VectorRows.Write([1, 70_000], VectorPrecision.Quantised).ShouldNotBeNull();
    }

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
}
