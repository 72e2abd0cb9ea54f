using System.Numerics.Tensors;
using Dragoman.Models.Encoders.Static;
using Dragoman.Tensors;
using Tensor = Dragoman.Tensors.Tensor;

namespace Dragoman.Models.Tests.Encoders.Static;

public sealed class StaticEmbeddingsTests
{
    private const int Vocabulary = 200, Dimension = 48;

    [Fact]
    public void Quantise_AnyRow_IsWithinHalfAStep()
    {
        var rows = Rows(seed: 3);
        var embeddings = StaticEmbeddings.Quantise(rows, Dimension);
        var back = embeddings.Dequantise();
        for (var element = 0; element < rows.Length; element++)
            Math.Abs(back[element] - rows[element]).ShouldBeLessThanOrEqualTo(embeddings.Scales.Span[element / Dimension] * 0.5001f);
    }

    [Fact]
    public void Quantise_ZeroRow_StaysZero()
    {
        var embeddings = StaticEmbeddings.Quantise(new float[2 * Dimension], Dimension);
        embeddings.Dequantise().ShouldAllBe(element => element == 0);
    }

    [Fact]
    public void Encode_NoToken_GivesZeroVector()
    {
        var vector = Enumerable.Repeat(7f, Dimension).ToArray();
        StaticEmbeddings.Quantise(Rows(1), Dimension).Encode([], vector);
        vector.ShouldAllBe(element => element == 0);
    }

    [Fact]
    public void Encode_TokensInAnyOrder_GiveTheSameUnitVector()
    {
        var embeddings = StaticEmbeddings.Quantise(Rows(5), Dimension);
        var (one, other) = (new float[Dimension], new float[Dimension]);
        embeddings.Encode([3, 17, 17, 150], one);
        embeddings.Encode([17, 150, 3, 17], other);
        TensorPrimitives.Norm<float>(one).ShouldBe(1, 1e-5);
        TensorPrimitives.Distance<float>(one, other).ShouldBeLessThan(1e-5f);
    }

    /// <summary>The managed SIMD path and libtorch compute the same: sums of a few dozen float32 products differ in the order of addition only.</summary>
    [Fact]
    public void Encode_RandomTexts_EqualsLibtorchWithin1e6()
    {
        RequiresTorch.OrSkip();
        var embeddings = StaticEmbeddings.Quantise(Rows(11), Dimension);
        var random = new Random(4);
        var texts = Enumerable.Range(0, 50).Select(_ => Enumerable.Range(0, random.Next(1, 60)).Select(_ => random.Next(Vocabulary)).ToArray()).ToArray();
        using var scope = TensorScope.Begin();
        var table = Tensor.From(embeddings.Dequantise(), Vocabulary, Dimension);
        var tokens = Tensor.From(texts.SelectMany(text => text.Select(token => (long)token)).ToArray(), texts.Sum(text => text.Length));
        var starts = Tensor.From(texts.Select((_, place) => (long)texts.Take(place).Sum(text => text.Length)).ToArray(), texts.Length);
        var sums = table.EmbeddingBag(tokens, starts);
        var expected = (sums / sums.Norm(1, keepDimension: true).ClampMin(1e-12)).ToArray<float>();
        var actual = new float[Dimension];
        for (var text = 0; text < texts.Length; text++)
        {
            embeddings.Encode(texts[text], actual);
            for (var k = 0; k < Dimension; k++) actual[k].ShouldBe(expected[text * Dimension + k], 1e-6);
        }
    }

    private static float[] Rows(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Vocabulary * Dimension).Select(_ => (float)(random.NextDouble() - 0.5))];
    }
}
