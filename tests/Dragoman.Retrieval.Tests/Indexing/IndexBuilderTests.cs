using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.Tests.Indexing;

public class IndexBuilderTests
{
    private static readonly IndexBuildOptions Options = new() { Analyzer = new SpaceAnalyzer() };

    public static TheoryData<Passage[], string> BadCollections() => new()
    {
        { [], "holds no passages" },
        { [new("a", "", "x", "kk"), new("b", "", "y", "kk"), new("a", "", "z", "ru")], "id a occurs twice (again as passage 3)" },
        { [new("a", "", "x", "not a tag")], "Passage a: 'not a tag' is not a language tag" },
        { [new("a", "", "x", "english")], "Passage a: 'english' names no known language" },
        { [new("a b", "", "x", "kk")], "an id must not be empty or hold white space" },
        { [new("a\u0007", "", "x", "kk")], "The id of passage 1 holds a control character" },
        { [new("a\ud800b", "", "x", "kk")], "half of a surrogate pair" },
        { [new("", "", "x", "kk")], "an id must not be empty or hold white space" },
    };

    [Theory]
    [MemberData(nameof(BadCollections))]
    public void Build_BadCollection_SaysWhyAndLeavesNothing(Passage[] passages, string expected)
    {
        using var folder = new TemporaryFolder();

        Should.Throw<DragomanException>(() => IndexBuilder.Build(passages, folder["index"], Options, cancellationToken: TestContext.Current.CancellationToken)).Message.ShouldContain(expected);

        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Build_FailsOverOldIndex_KeepsTheOldOne()
    {
        using var folder = new TemporaryFolder();
        RandomCollection.Index(folder["index"], RandomCollection.Passages(1, 9)).Dispose();

        Should.Throw<DragomanException>(() => IndexBuilder.Build([], folder["index"], Options, cancellationToken: TestContext.Current.CancellationToken));

        using var index = SearchIndex.Open(folder["index"]);
        index.Passages.Count.ShouldBe(9);
    }

    [Fact]
    public void Build_Cancelled_LeavesNothing()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();

        Should.Throw<OperationCanceledException>(() => IndexBuilder.Build(Passages(), folder["index"], Options, cancellationToken: cancellation.Token));

        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();

        IEnumerable<Passage> Passages()
        {
            yield return new Passage("a", "", "x", "kk");
            cancellation.Cancel();
            yield return new Passage("b", "", "x", "kk");
        }
    }

    [Fact]
    public void Build_EncoderGivesNotANumber_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var encoder = new BrokenEncoder();

        Should.Throw<DragomanException>(() => IndexBuilder.Build([new("a", "", "x", "kk")], folder["index"], Options with { Encoder = encoder }, cancellationToken: TestContext.Current.CancellationToken))
            .Message.ShouldContain("passage a a vector with a number that is not finite");
    }

    [Fact]
    public void Build_SameCollectionTwice_GivesSameChecksums()
    {
        using var folder = new TemporaryFolder();
        using var first = RandomCollection.Index(folder["first"], RandomCollection.Passages(2, 80));
        using var second = RandomCollection.Index(folder["second"], RandomCollection.Passages(2, 80));

        second.Manifest.Segments.ShouldBe(first.Manifest.Segments);
    }

    private sealed class BrokenEncoder : Dragoman.Models.Encoders.ITextEncoder
    {
        public string Identity => "broken";

        public int Dimension => 2;

        public void Encode(IReadOnlyList<string> texts, Span<float> vectors) => vectors.Fill(float.NaN);

        public void Dispose()
        {
        }
    }

    // Batches of one language are looked up whole where they fit, languages come and go between segments, and builders serve again: nothing of one segment may get into another.
    [Theory]
    [InlineData(1 << 16)]
    [InlineData(1 << 20)]
    [InlineData(1 << 28)]
    public void Build_LittleOrMuchMemory_IsTheSameIndexOnceMerged(int memory)
    {
        var random = new Random(3);
        var passages = Enumerable.Range(0, 9000).Select(number => new Passage($"p{number}", "", string.Join(' ', Enumerable.Range(0, random.Next(1, 9)).Select(_ => $"t{random.Next(1 + number)}")), number < 5000 ? "en" : number % 3 == 0 ? "kk" : "ru")).ToList();
        using var folder = new TemporaryFolder();
        IndexBuilder.Build(passages, folder["index"], new IndexBuildOptions { Analyzer = new SpaceAnalyzer(), MemoryBytes = memory }, cancellationToken: TestContext.Current.CancellationToken);
        using (var writer = IndexWriter.Open(folder["index"]))
        {
            if (writer.Merge(all: true, TestContext.Current.CancellationToken)) writer.Publish("merge");
        }
        using var index = SearchIndex.Open(folder["index"]);

        var partitions = index.Passages.Partitions;
        partitions.Select(partition => partition.Tag).ShouldBe(["en", "kk", "ru"]);
        foreach (var partition in partitions)
        {
            var expected = passages.Where(passage => passage.Language == partition.Tag).SelectMany(passage => passage.Text.Split(' ').Distinct()).CountBy(term => term).OrderBy(term => term.Key, StringComparer.Ordinal).ToList();
            partition.Terms().ShouldBe(expected.Select(term => term.Key));
            foreach (var (term, count) in expected)
            {
                partition.TryFind(System.Text.Encoding.UTF8.GetBytes(term), out var found).ShouldBeTrue();
                found.LivePassages.ShouldBe(count);
            }
        }
    }
}
