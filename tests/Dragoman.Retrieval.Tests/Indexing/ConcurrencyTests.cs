using System.Collections.Concurrent;
using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.Tests.Indexing;

public class ConcurrencyTests
{
    private const int Publications = 40;
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    // Merging removes files again and again while readers open the index.
    [Fact]
    public async Task Open_WhileAWriterPublishes_GivesOneWholeGeneration()
    {
        using var folder = new TemporaryFolder();
        RandomCollection.Index(folder["index"], [new("first", "", "word", "en")]).Dispose();
        var published = new ConcurrentDictionary<long, int> { [1] = 1 };
        var seen = new ConcurrentBag<(long Generation, int Passages, int Found)>();
        var writing = Task.Run(() => Write(folder["index"], published), Token);

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            do seen.Add(Read(folder["index"]));
            while (!writing.IsCompleted);
        }, Token)));
        await writing;
        seen.Add(Read(folder["index"]));

        seen.Max(read => read.Generation).ShouldBe(1 + 2 * Publications);
        foreach (var (generation, passages, found) in seen)
        {
            passages.ShouldBe(published[generation]);
            found.ShouldBe(passages);
        }
    }

    private static void Write(string path, ConcurrentDictionary<long, int> published)
    {
        for (var publication = 1; publication <= Publications; publication++)
        {
            using var writer = IndexChanges.Open(path);
            writer.Add([new Passage($"p{publication}", "", "word", publication % 2 == 0 ? "en" : "kk")], cancellationToken: Token);
            if (publication % 3 == 0) writer.Delete([$"p{publication - 1}"]);
            published[2 * publication] = published[2 * publication + 1] = writer.Count;
            writer.Publish("add");
            writer.Merge(all: true, Token);
            writer.Publish("merge");
        }
    }

    private static (long Generation, int Passages, int Found) Read(string path)
    {
        using var index = SearchIndex.Open(path);
        var found = new Bm25Retriever(index, new SpaceAnalyzer()).Retrieve([new Query("q", "word", "en")], new RetrievalOptions(), Token)[0];
        return (index.Manifest.Generation, index.Manifest.Passages, found.Count);
    }
}
