using Dragoman.Evaluation.Checks;
using FsCheck;
using FsCheck.Fluent;

namespace Dragoman.Evaluation.Tests.Checks;

public sealed class NearDuplicatesTests
{
    private const double Threshold = 0.8;
    private const int ShingleLength = 5;

    // Words of several scripts; few of them, so that texts share shingles by chance as well.
    private static readonly string[] Words = ["camel", "silk", "road", "desert", "түйе", "жібек", "жол", "шөл", "骆驼", "丝绸之路", "沙漠", "караван", "قافلة", "tea", "salt", "river"];

    [Fact]
    public void Candidates_AnyTexts_HoldThePairsThatBruteForceFinds()
    {
        var (expected, found) = (0, 0);
        Check.One(Config.QuickThrowOnFailure.WithReplay(20, 7).WithMaxTest(60), Prop.ForAll(Arb.From(Gen.Choose(0, 1_000_000)), seed =>
        {
            var texts = Texts(new Random(seed));
            var brute = BruteForce(texts).ToList();
            var detected = Detect(texts, seed).ToHashSet();
            expected += brute.Count;
            found += brute.Count(detected.Contains);
            return detected.IsSubsetOf(brute);                        // what is verified is never wrong
        }));
        expected.ShouldBeGreaterThan(300);
        found.ShouldBeGreaterThan((int)(0.995 * expected));           // 0.9996 at the threshold, more above it
    }

    [Fact]
    public void Candidates_SameGroup_AreNotPaired()
    {
        var index = new NearDuplicates(ShingleLength, 1);
        for (var i = 0; i < 3; i++) index.Add("the same text of one split", 1);
        index.Candidates(100).ShouldBeEmpty();
    }

    [Fact]
    public void Candidates_TextsWithoutLetters_AreLikeNoOther()
    {
        var index = new NearDuplicates(ShingleLength, 1);
        index.Add("", 1);
        index.Add("", 2);
        index.Candidates(100).ShouldBeEmpty();
    }

    [Fact]
    public void Candidates_ManyCopies_ReachEveryCopyWithoutASquareOfPairs()
    {
        var index = new NearDuplicates(ShingleLength, 1);
        for (var i = 0; i < 2000; i++) index.Add("cookies help us to deliver our services", 1UL << (i % 2));
        var pairs = index.Candidates(1_000_000);
        pairs.SelectMany(pair => new[] { pair.Left, pair.Right }).Distinct().Count().ShouldBe(2000);
        pairs.Count.ShouldBeLessThan(40_000);
    }

    [Fact]
    public void Jaccard_KnownSets_IsTheShareInCommon() => Shingles.Jaccard([1, 2, 3, 4], [3, 4, 5, 6]).ShouldBe(2.0 / 6);

    [Theory]
    [InlineData("  Ｆｕｌｌ—WIDTH, text!", "full width text")]
    [InlineData("ТҮЙЕ: жүк", "түйе жүк")]
    [InlineData("…", "")]
    public void Normalised_Text_KeepsLettersAndDigits(string text, string expected) => Shingles.Normalised(text).ShouldBe(expected);

    private static List<(string Text, ulong Group)> Texts(Random random)
    {
        var texts = new List<(string, ulong)>();
        for (var i = 0; i < 12; i++)
        {
            var words = Enumerable.Range(0, random.Next(5, 40)).Select(_ => Words[random.Next(Words.Length)]).ToList();
            texts.Add((string.Join(' ', words), 1));
            for (var edit = 0; edit < random.Next(1, 4); edit++) words[random.Next(words.Count)] = Words[random.Next(Words.Length)];
            texts.Add((string.Join(' ', words), 2));
        }
        return texts;
    }

    private static IEnumerable<(int, int)> BruteForce(List<(string Text, ulong Group)> texts) =>
        from left in Enumerable.Range(0, texts.Count)
        from right in Enumerable.Range(left + 1, texts.Count - left - 1)
        where texts[left].Group != texts[right].Group && Similarity(texts, left, right) >= Threshold
        select (left, right);

    private static IEnumerable<(int, int)> Detect(List<(string Text, ulong Group)> texts, int seed)
    {
        var index = new NearDuplicates(ShingleLength, seed);
        foreach (var (text, group) in texts) index.Add(Shingles.Normalised(text), group);
        return index.Candidates(1_000_000).Where(pair => Similarity(texts, pair.Left, pair.Right) >= Threshold);
    }

    // Of sets of strings, so that neither hashing nor the merge of sorted sets is taken on trust.
    private static double Similarity(List<(string Text, ulong Group)> texts, int left, int right)
    {
        var (a, b) = (Grams(texts[left].Text), Grams(texts[right].Text));
        return (double)a.Intersect(b).Count() / a.Union(b).Count();
    }

    private static HashSet<string> Grams(string text)
    {
        var normalised = Shingles.Normalised(text);
        return normalised.Length <= ShingleLength ? [normalised] : [.. Enumerable.Range(0, normalised.Length - ShingleLength + 1).Select(at => normalised.Substring(at, ShingleLength))];
    }
}
