using Dragoman.Text.Tokenizers;

namespace Dragoman.Text.Tests.Tokenizers;

public sealed class SubwordSamplingTests
{
    private static readonly ISamplingTokenizer Tokenizer = (ISamplingTokenizer)TokenizerLoader.FromFolder(TestPaths.Fixture("xlmr-tiny"));

    [Fact]
    public void AppendSample_SameSeed_GivesSameIds() => Sample("The caravan left Kashgar before sunrise.", 0.1, 7, 20).ShouldBe(Sample("The caravan left Kashgar before sunrise.", 0.1, 7, 20));

    [Fact]
    public void AppendSample_SmallAlpha_GivesManySegmentationsOfTheSameText()
    {
        var samples = Sample("The caravan left Kashgar", 0.1, 1, 50);
        samples.Distinct().Count().ShouldBeGreaterThan(20);
    }

    [Fact]
    public void AppendSample_LargeAlpha_GivesMostProbableSegmentation()
    {
        var text = "The caravan left Kashgar before sunrise";
        Sample(text, 1000, 1, 20).Distinct().ShouldBe([string.Join(' ', Tokenizer.Tokenize(text).Ids)]);
    }

    /// <summary>At alpha 0 all segmentations are alike, so that frequencies can be counted against 1/n; the tolerance is five standard deviations.</summary>
    [Fact]
    public void AppendSample_AlphaZero_DrawsSegmentationsAlike()
    {
        const int draws = 20_000;
        var counts = Sample("and", 0, 3, draws).CountBy(ids => ids).ToDictionary();
        var expected = draws / (double)counts.Count;
        counts.Count.ShouldBeGreaterThan(2);
        counts.Values.ShouldAllBe(count => Math.Abs(count - expected) < 5 * Math.Sqrt(expected));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void AppendSample_BadAlpha_IsRefused(double alpha) => Should.Throw<ArgumentOutOfRangeException>(() => Tokenizer.AppendSample("a", alpha, new Random(1), []));

    private static List<string> Sample(string text, double alpha, int seed, int count)
    {
        var random = new Random(seed);
        var samples = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var ids = new List<int>();
            Tokenizer.AppendSample(text, alpha, random, ids);
            samples.Add(string.Join(' ', ids));
        }
        return samples;
    }
}
