using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Tests.Encoders.Transformer;

namespace Dragoman.Models.Tests.CrossEncoders;

public sealed class CrossEncoderTests : RequiresTorch
{
    [Theory]
    [InlineData("bert-tiny")]
    [InlineData("xlmr-tiny")]
    public void Score_GoldenPairsWithoutPadding_GivesTheReferenceLogits(string fixture)
    {
        using var golden = new Golden(fixture);
        using var model = CrossEncoder.Load(golden.Folder, new CrossEncoderOptions { Precision = Precision.Float32, MaxBatchTokens = 150 });
        model.NewKeys.ShouldBeEmpty();
        TransformerGoldenTests.Close(model.Score(golden.Sequences(), TestContext.Current.CancellationToken), golden.Array("logits"), 1e-4);
    }

    [Fact]
    public void Score_InBFloat16_StaysNear()
    {
        using var golden = new Golden("bert-tiny");
        using var model = CrossEncoder.Load(golden.Folder, new CrossEncoderOptions { Precision = Precision.BFloat16 });
        // bfloat16 keeps 8 bits: about three digits survive three layers of weights drawn ten times wider than usual.
        TransformerGoldenTests.Close(model.Score(golden.Sequences(), TestContext.Current.CancellationToken), golden.Array("logits"), 0.1);
    }

    [Fact]
    public void Score_NoPairs_GivesNoScores()
    {
        using var model = new CrossEncoder(TransformerEncoderTests.Fresh(Models.Encoders.Transformer.EncoderFamily.Bert));
        model.Score([], TestContext.Current.CancellationToken).ShouldBeEmpty();
    }
}
