using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Encoders.Transformer;
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

    [Fact]
    public void Score_InBFloat16_RanksNearlyAlike()
    {
        using var encoder = new CrossEncoder(TransformerEncoderTests.Fresh(Models.Encoders.Transformer.EncoderFamily.Bert), new CrossEncoderOptions { Precision = Precision.BFloat16 });
        var exact = new CrossEncoder(encoder.Model, new CrossEncoderOptions { Precision = Precision.Float32 });
        var random = new Random(5);
        var pairs = Enumerable.Range(0, 80).Select(_ => new TokenSequence([2, .. Enumerable.Range(0, random.Next(3, 10)).Select(_ => random.Next(4, 14)), 3])).ToList();
        var (scores, rounded) = (exact.Score(pairs, TestContext.Current.CancellationToken), encoder.Score(pairs, TestContext.Current.CancellationToken));
        var (right, all) = (0, 0);
        for (var one = 0; one < pairs.Count; one++)
        {
            for (var other = 0; other < one; other++)
            {
                if (scores[one] == scores[other]) continue;
                all++;
                if (scores[one] > scores[other] == rounded[one] > rounded[other]) right++;
            }
        }
        // Only pairs whose scores are alike to the third digit may change places.
        ((double)right / all).ShouldBeGreaterThan(0.97);
    }
}
