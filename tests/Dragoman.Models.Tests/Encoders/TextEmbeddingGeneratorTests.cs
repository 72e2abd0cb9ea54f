using Dragoman.Models.Encoders;
using Microsoft.Extensions.AI;

namespace Dragoman.Models.Tests.Encoders;

public class TextEmbeddingGeneratorTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generate_BothSides_GivesTheEncodersVectorsInOrder()
    {
        using var encoder = new LengthEncoder();
        using var queries = new TextEmbeddingGenerator(encoder, EncodedSide.Query);
        using var passages = new TextEmbeddingGenerator(encoder, EncodedSide.Passage);
        var texts = Enumerable.Range(0, 2500).Select(length => new string('x', length)).ToArray();

        var asked = await queries.GenerateAsync(texts, cancellationToken: Token);
        var found = await passages.GenerateAsync(texts, cancellationToken: Token);

        asked.Select(embedding => embedding.Vector.ToArray()).ShouldBe(texts.Select(text => new[] { -text.Length, 1f }));
        found.Select(embedding => embedding.Vector.ToArray()).ShouldBe(texts.Select(text => new[] { text.Length, 1f }));
        found[0].ModelId.ShouldBe("length-v1");
        (await passages.GenerateAsync([], cancellationToken: Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Generate_OtherModelOrDimension_IsRefused()
    {
        using var generator = new TextEmbeddingGenerator(new LengthEncoder(), EncodedSide.Passage, owns: true);

        (await Should.ThrowAsync<ArgumentException>(() => generator.GenerateAsync(["a"], new EmbeddingGenerationOptions { Dimensions = 3 }, Token))).Message.ShouldContain("Vectors of 3 numbers are wanted; those of length-v1 have 2");
        (await Should.ThrowAsync<ArgumentException>(() => generator.GenerateAsync(["a"], new EmbeddingGenerationOptions { ModelId = "other" }, Token))).Message.ShouldContain("other");
        (await generator.GenerateAsync(["a"], new EmbeddingGenerationOptions { ModelId = "length-v1", Dimensions = 2 }, Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Generate_CalledAtOnceFromManyThreads_ComputesOneAtATime()
    {
        using var encoder = new LengthEncoder();
        using var generator = new TextEmbeddingGenerator(encoder, EncodedSide.Passage);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => (await generator.GenerateAsync(["ab", "c"], cancellationToken: Token))[0].Vector.Span[0].ShouldBe(2)));

        encoder.MostAtOnce.ShouldBe(1);
    }

    [Fact]
    public async Task Generate_Cancelled_Stops()
    {
        using var generator = new TextEmbeddingGenerator(new LengthEncoder(), EncodedSide.Passage, owns: true);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => generator.GenerateAsync(["a"], cancellationToken: stopped.Token));
    }

    [Fact]
    public void GetServiceAndDispose_GiveTheEncoderAndLetGoOfItWhenOwned()
    {
        var encoder = new LengthEncoder();
        var borrowed = new TextEmbeddingGenerator(encoder, EncodedSide.Query);
        borrowed.GetService(typeof(ITextEncoder)).ShouldBeSameAs(encoder);
        borrowed.GetService(typeof(IEmbeddingGenerator<string, Embedding<float>>)).ShouldBeSameAs(borrowed);
        var metadata = borrowed.GetService(typeof(EmbeddingGeneratorMetadata)).ShouldBeOfType<EmbeddingGeneratorMetadata>();
        (metadata.DefaultModelId, metadata.DefaultModelDimensions).ShouldBe(("length-v1", 2));
        borrowed.GetService(typeof(string)).ShouldBeNull();
        borrowed.GetService(typeof(ITextEncoder), "key").ShouldBeNull();

        borrowed.Dispose();
        encoder.IsDisposed.ShouldBeFalse();
        new TextEmbeddingGenerator(encoder, EncodedSide.Query, owns: true).Dispose();
        encoder.IsDisposed.ShouldBeTrue();
    }

    /// <summary>A text's length, negative for a query, and 1.</summary>
    private sealed class LengthEncoder : ITextEncoder
    {
        private int _now;

        public string Identity => "length-v1";

        public int Dimension => 2;

        internal bool IsDisposed { get; private set; }

        internal int MostAtOnce { get; private set; }

        public void Encode(IReadOnlyList<string> texts, Span<float> vectors) => Fill(texts, vectors, 1);

        public void EncodeQueries(IReadOnlyList<string> texts, Span<float> vectors) => Fill(texts, vectors, -1);

        public void Dispose() => IsDisposed = true;

        private void Fill(IReadOnlyList<string> texts, Span<float> vectors, int sign)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
            for (var text = 0; text < texts.Count; text++) (vectors[2 * text], vectors[2 * text + 1]) = (sign * texts[text].Length, 1);
            Interlocked.Decrement(ref _now);
        }
    }
}
