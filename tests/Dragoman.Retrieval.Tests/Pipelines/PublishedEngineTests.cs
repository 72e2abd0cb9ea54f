using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Pipelines;

namespace Dragoman.Retrieval.Tests.Pipelines;

public class PublishedEngineTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public void Refresh_NothingPublished_KeepsTheEngine()
    {
        using var folder = Folder();
        using var engines = Engines(folder);
        using var before = engines.Rent();

        engines.Refresh().ShouldBeFalse();

        using var after = engines.Rent();
        after.Engine.ShouldBeSameAs(before.Engine);
    }

    [Fact]
    public void Refresh_PublishedMeanwhile_NewLeasesSeeItAndOldOnesDoNot()
    {
        using var folder = Folder();
        using var engines = Engines(folder);
        var old = engines.Rent();
        Add(folder, "b", merge: true);

        Found(old).ShouldBe(["a"]);
        engines.Refresh().ShouldBeTrue();

        Found(old).ShouldBe(["a"]); // its segment is merged away and removed, and still open
        using (var current = engines.Rent()) Found(current).ShouldBe(["b", "a"]);
        old.Dispose();
        Should.Throw<ObjectDisposedException>(() => Found(old)); // the last who had it closed it
    }

    [Fact]
    public void Refresh_EncoderOfFormerEngine_IsClosedOnceWithTheLastLease()
    {
        using var folder = Folder();
        var closed = 0;
        using var engines = new PublishedEngine(folder["index"], index => new SearchEngine(index, new SpaceAnalyzer(), new ClosingEncoder(() => closed++)));
        var (first, second) = (engines.Rent(), engines.Rent());
        Add(folder, "b");
        engines.Refresh();

        first.Dispose();
        first.Dispose();
        closed.ShouldBe(0);
        second.Dispose();
        closed.ShouldBe(1);
    }

    [Fact]
    public void Refresh_IndexReplacedByAnotherOfTheSameGeneration_IsSeen()
    {
        using var folder = Folder();
        using var engines = Engines(folder);
        Directory.Delete(folder["index"], recursive: true);
        Build(folder, "c");

        engines.Refresh().ShouldBeTrue();

        using var lease = engines.Rent();
        lease.Engine.Index.Manifest.Generation.ShouldBe(1);
        Found(lease).ShouldBe(["c"]);
    }

    [Fact]
    public void Refresh_FolderIsGone_FailsAndTheEngineGoesOn()
    {
        using var folder = Folder();
        using var engines = Engines(folder);
        Directory.Delete(folder["index"], recursive: true);

        Should.Throw<DragomanException>(() => engines.Refresh()).Message.ShouldContain("does not exist");

        using (var lease = engines.Rent()) Found(lease).ShouldBe(["a"]);
        Build(folder, "c");
        engines.Refresh().ShouldBeTrue();
    }

    [Fact]
    public void Refresh_NoEngineCanBeMade_FailsAndTheEngineGoesOn()
    {
        using var folder = Folder();
        var fails = false;
        using var engines = new PublishedEngine(folder["index"], index => fails ? throw new DragomanException("no encoder") : Engine(index));
        Add(folder, "b");
        fails = true;

        Should.Throw<DragomanException>(() => engines.Refresh()).Message.ShouldBe("no encoder");

        using (var lease = engines.Rent()) Found(lease).ShouldBe(["a"]);
        fails = false;
        engines.Refresh().ShouldBeTrue();
    }

    [Fact]
    public void Dispose_LeaseIsOut_ItGoesOnToItsEnd()
    {
        using var folder = Folder();
        var engines = Engines(folder);
        var lease = engines.Rent();

        engines.Dispose();

        Found(lease).ShouldBe(["a"]);
        lease.Dispose();
        Should.Throw<ObjectDisposedException>(() => Found(lease));
        Should.Throw<ObjectDisposedException>(() => engines.Rent());
        Should.Throw<ObjectDisposedException>(() => engines.Refresh());
    }

    [Fact]
    public async Task Refresh_WhileManyAsk_EveryAnswerIsOfOneWholeGeneration()
    {
        const int Publications = 20;
        using var folder = Folder();
        using var engines = Engines(folder);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var askers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var last = 0L; !stop.IsCancellationRequested;)
            {
                using var lease = engines.Rent();
                var generation = lease.Engine.Index.Manifest.Generation;
                generation.ShouldBeGreaterThanOrEqualTo(last);
                Found(lease).Length.ShouldBe((int)generation);
                last = generation;
            }
        }, Token)).ToArray();

        for (var publication = 0; publication < Publications; publication++)
        {
            Add(folder, $"b{publication:D2}", merge: publication % 5 == 4);
            engines.Refresh().ShouldBeTrue();
        }
        await stop.CancelAsync();
        await Task.WhenAll(askers);

        using var lease = engines.Rent();
        Found(lease).Length.ShouldBe(Publications + 1);
    }

    private static string[] Found(EngineLease lease) =>
        [.. lease.Engine.Search(new Query("q", "word", "en"), "bm25", new RetrievalOptions(), Token).Results.Select(result => result.PassageId)];

    private static TemporaryFolder Folder()
    {
        var folder = new TemporaryFolder();
        Build(folder, "a");
        return folder;
    }

    private static void Build(TemporaryFolder folder, string id)
    {
        using var encoder = new HashEncoder();
        IndexBuilder.Build([new Passage(id, "", "word", "en")], folder["index"], new IndexBuildOptions { Analyzer = new SpaceAnalyzer(), Encoder = encoder }, cancellationToken: Token);
    }

    private static void Add(TemporaryFolder folder, string id, bool merge = false)
    {
        using var encoder = new HashEncoder();
        using var writer = IndexWriter.Open(folder["index"], new IndexWriteOptions { Analyzer = new SpaceAnalyzer(), Encoder = encoder });
        writer.Add([new Passage(id, "", "word", "en")], cancellationToken: Token);
        if (merge) writer.Merge(all: true, Token);
        writer.Publish("add");
    }

    private static PublishedEngine Engines(TemporaryFolder folder) => new(folder["index"], Engine);

    private static SearchEngine Engine(SearchIndex index) => new(index, new SpaceAnalyzer(), new HashEncoder());

    private sealed class ClosingEncoder(Action close) : Models.Encoders.ITextEncoder
    {
        private readonly HashEncoder _inner = new();

        public string Identity => _inner.Identity;

        public int Dimension => _inner.Dimension;

        public void Encode(IReadOnlyList<string> texts, Span<float> vectors) => _inner.Encode(texts, vectors);

        public void Dispose() => close();
    }
}
