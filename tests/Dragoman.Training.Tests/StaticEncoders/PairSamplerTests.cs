using Dragoman.Collections.Formats.Parallel;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.ParallelTexts;
using Dragoman.Training.StaticEncoders;

namespace Dragoman.Training.Tests.StaticEncoders;

public sealed class PairSamplerTests
{
    private static readonly ITokenizer Tokenizer = TokenizerLoader.FromFolder(TestPaths.Fixture("xlmr-tiny"));

    [Fact]
    public void Draw_SameSeedAndNumber_GivesTheSameBatch()
    {
        var corpus = Corpus(40);
        var (one, other) = (Sampler(corpus, 5).Draw(17), Sampler(corpus, 5).Draw(17));
        one.Left.Tokens.ShouldBe(other.Left.Tokens);
        one.RightHashes.ShouldBe(other.RightHashes);
        Sampler(corpus, 5).Draw(18).LeftHashes.ShouldNotBe(one.LeftHashes);
        Sampler(corpus, 6).Draw(17).LeftHashes.ShouldNotBe(one.LeftHashes);
    }

    [Fact]
    public void Draw_AnyBatch_PairsTwoLanguagesOfOneRowAndEachRowOnce()
    {
        var corpus = Corpus(40);
        var rowOf = Enumerable.Range(0, corpus.Rows).SelectMany(row => Enumerable.Range(corpus.CellsOf(row).First, corpus.CellsOf(row).Count).Select(cell => (Hash: corpus.TextHashOf(cell), row))).ToDictionary(pair => pair.Hash, pair => pair.row);
        var batch = Sampler(corpus, 1).Draw(0);
        for (var pair = 0; pair < batch.Count; pair++)
        {
            batch.LeftHashes[pair].ShouldNotBe(batch.RightHashes[pair]);
            rowOf[batch.LeftHashes[pair]].ShouldBe(rowOf[batch.RightHashes[pair]]);
        }
        batch.LeftHashes.Select(hash => rowOf[hash]).ShouldBeUnique();
    }

    [Fact]
    public void Draw_PassageShareOne_JoinsFollowingTexts()
    {
        var corpus = Corpus(40);
        var plain = Sampler(corpus, 1).Draw(3);
        var joined = Sampler(corpus, 1, passageShare: 1).Draw(3);
        joined.Right.Tokens.Length.ShouldBeGreaterThan(plain.Right.Tokens.Length * 3 / 2);
    }

    [Fact]
    public void Draw_SourceOfWeightZero_IsNeverDrawn()
    {
        var builder = new ParallelCorpus.Builder(Tokenizer, 96);
        foreach (var row in Rows(20, "a")) builder.Add(row, 0);
        foreach (var row in Rows(20, "b")) builder.Add(row, 1);
        var corpus = builder.Build();
        var sampler = new PairSampler(corpus, [Source(1), Source(0)], new SamplingOptions { BatchPairs = 64 }, 1);
        sampler.RowCount.ShouldBe(20);
        var second = Enumerable.Range(corpus.CellsOf(20).First, corpus.Cells - corpus.CellsOf(20).First).Select(corpus.TextHashOf).ToHashSet();
        Enumerable.Range(0, 20).SelectMany(number => sampler.Draw(number).LeftHashes).ShouldNotContain(hash => second.Contains(hash));
    }

    [Fact]
    public void Duplicates_EqualTexts_AreMaskedBothWaysAndThePairIsNot()
    {
        var bags = new TokenBags([1, 2, 3], [0, 1, 2]);
        var batch = new PairBatch(bags, bags, [10, 20, 30], [11, 10, 31]);
        batch.Duplicates().ShouldBe([false, true, false, true, false, false, false, false, false]);
    }

    [Fact]
    public void Add_RowWithOneText_IsPassedOver()
    {
        var builder = new ParallelCorpus.Builder(Tokenizer, 96);
        builder.Add(new ParallelRow("1", null, new Dictionary<string, string> { ["en"] = "tea" }), 0);
        builder.Add(new ParallelRow("2", null, new Dictionary<string, string> { ["en"] = "salt", ["kk"] = "тұз" }), 0);
        var corpus = builder.Build();
        corpus.Rows.ShouldBe(1);
        corpus.Cells.ShouldBe(2);
        corpus.Languages.ShouldContain("kk");
        corpus.TokensOf(1).ToArray().ShouldBe(Tokenizer.Tokenize("тұз").Ids);
    }

    private static PairSampler Sampler(ParallelCorpus corpus, int seed, double passageShare = 0) =>
        new(corpus, [Source(1)], new SamplingOptions { BatchPairs = 32, PassageShare = passageShare, TokenDropout = 0, QueryDropout = 0 }, seed);

    private static ParallelSource Source(double weight) => new("none", ParallelFormat.Parallel, weight, Running: true, HoldOutFrom: null);

    private static ParallelCorpus Corpus(int rows)
    {
        var builder = new ParallelCorpus.Builder(Tokenizer, 96);
        foreach (var row in Rows(rows, "row")) builder.Add(row, 0);
        return builder.Build();
    }

    private static IEnumerable<ParallelRow> Rows(int count, string prefix) => Enumerable.Range(0, count).Select(row => new ParallelRow($"{prefix}{row}", null, new Dictionary<string, string>
    {
        ["en"] = $"{prefix} merchant number {row}",
        ["de"] = $"{prefix} Kaufmann Nummer {row}",
        ["kk"] = $"{prefix} көпес нөмірі {row}",
    }));
}
