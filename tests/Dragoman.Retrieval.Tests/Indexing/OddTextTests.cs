using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.Tests.Indexing;

public class OddTextTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public void Build_PassageOf50Megabytes_IsFoundAndReadBack()
    {
        using var folder = new TemporaryFolder();
        var text = string.Concat(Enumerable.Range(0, 5_000_000).Select(number => $"w{number % 50_000,-8} "));
        using var index = Index(folder, [new("large", "", text, "en"), new("small", "", "w7 w8", "en")], memoryBytes: 1 << 20);

        var ranking = Search(index, "w7");

        text.Length.ShouldBe(50_000_000);
        ranking.ShouldBe(["small", "large"], ignoreOrder: true);
        index.Passages.TryFind("large", out var ordinal).ShouldBeTrue();
        index.Terms.Length(ordinal).ShouldBe(5_000_000);
        index.Passages.Read(ordinal).Text.Length.ShouldBe(text.Length);
    }

    [Fact]
    public void Retrieve_QueryOfAMillionTerms_IsAnswered()
    {
        using var folder = new TemporaryFolder();
        using var index = Index(folder, RandomCollection.Passages(1, 200));

        var ranking = Search(index, string.Join(' ', Enumerable.Range(0, 1_000_000).Select(number => $"t{number % 500_000}")));

        ranking.Count.ShouldBe(10);
    }

    [Fact]
    public void Build_ControlCharactersAndHalfSurrogatesInTexts_AreKeptAsFarAsUtf8Can()
    {
        using var folder = new TemporaryFolder();
        using var index = Index(folder, [new("a", "ti\0tle", "one\u0001 \ud83d two \u202e three", "en"), new("b", "", "x\udc00y", "en")]);

        index.Passages.TryFind("a", out var ordinal).ShouldBeTrue();
        index.Passages.Read(ordinal).ShouldBe(new Passage("a", "ti\0tle", "one\u0001 \ufffd two \u202e three", "en"));
        Search(index, "two").ShouldBe(["a"]);
        // Half a pair is no character; in passages and queries it becomes U+FFFD.
        Search(index, "x\udc00y").ShouldBe(["b"]);
        Search(index, "x\ufffdy").ShouldBe(["b"]);
    }

    [Fact]
    public void Build_TermLongerThan1024Bytes_MatchesByItsBeginning()
    {
        using var folder = new TemporaryFolder();
        using var index = Index(folder, [new("a", "", new string('я', 5000), "ru"), new("b", "", new string('я', 400), "ru")]);

        Search(index, new string('я', 600)).ShouldBe(["a"]);
        Search(index, new string('я', 400)).ShouldBe(["b"]);
        Search(index, new string('я', 100)).ShouldBeEmpty();
    }

    [Fact]
    public void Retrieve_IdsBeyondTheBasicPlane_TieInOrdinalOrder()
    {
        using var folder = new TemporaryFolder();
        string[] ids = ["\U0001F42A", "\uE000", "\uFB01", "z", "zz", "\U00010000", "\uD7FF"];
        using var index = Index(folder, ids.Select(id => new Passage(id, "", "same", "en")));

        Search(index, "same").ShouldBe(ids.OrderDescending(StringComparer.Ordinal));
    }

    [Fact]
    public void Build_PassagesWithoutTerms_CountForNothing()
    {
        using var folder = new TemporaryFolder();
        using var index = Index(folder, [new("a", "", "", "en"), new("b", "", "   ", "en"), new("c", "", "x", "en")]);

        var statistics = index.Terms.Statistics([true]);

        (statistics.PassageCount, statistics.TokenCount, statistics.AverageLength).ShouldBe((1, 1, 1.0));
        index.Manifest.Passages.ShouldBe(3);
        Search(index, "x").ShouldBe(["c"]);
    }

    [Fact]
    public void Build_WithoutAnyTerm_FindsNothing()
    {
        using var folder = new TemporaryFolder();
        using var index = Index(folder, [new("a", "", "", "en")]);

        Search(index, "x").ShouldBeEmpty();
    }

    private static SearchIndex Index(TemporaryFolder folder, IEnumerable<Passage> passages, long memoryBytes = 1 << 28)
    {
        IndexBuilder.Build(passages, folder["index"], new IndexBuildOptions { Analyzer = new SpaceAnalyzer(), MemoryBytes = memoryBytes }, cancellationToken: Token);
        return SearchIndex.Open(folder["index"]);
    }

    private static List<string> Search(SearchIndex index, string query) =>
        [.. new Bm25Retriever(index, new SpaceAnalyzer()).Retrieve([new Query("q", query, "und")], new RetrievalOptions { Depth = 10 }, Token)[0].Select(found => found.PassageId)];
}
