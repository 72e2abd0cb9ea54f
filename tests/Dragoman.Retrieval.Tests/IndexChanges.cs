using Dragoman.Collections;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Weights;

namespace Dragoman.Retrieval.Tests;

/// <summary>Seeded changes of an index, and the passages it should hold after them.</summary>
internal sealed class IndexChanges(int seed)
{
    private readonly Random _random = new(seed);
    private int _made;

    /// <summary>The passages that should be there.</summary>
    internal Dictionary<string, Passage> Expected { get; } = new(StringComparer.Ordinal);

    /// <summary>Makes the next change, and publishes it.</summary>
    internal void Next(IndexWriter writer)
    {
        switch (_random.Next(5))
        {
            case 0 when Expected.Count > 40: Delete(writer); break;
            case 1 when Expected.Count > 0: Replace(writer); break;
            case 2: writer.Merge(all: _random.Next(3) == 0); break;
            default: Add(writer); break;
        }
        writer.Publish("test");
    }

    internal static IndexWriter Open(string path, int memoryBytes = 1 << 20, PassageWeigher? weigher = null) =>
        IndexWriter.Open(path, new IndexWriteOptions { Analyzer = new SpaceAnalyzer(), Encoder = new HashEncoder(), Weigher = weigher, EncodingBatch = 7, MemoryBytes = memoryBytes, Threads = 2 });

    internal void Add(IndexWriter writer)
    {
        var added = Fresh(_random.Next(1, 60));
        writer.Add(added);
        Keep(added);
    }

    internal List<Passage> Fresh(int count) =>
        [.. RandomCollection.Passages(_random.Next(), count).Select(passage => passage with { Id = $"{passage.Id[..4]}-{_made++}" })];

    internal void Keep(IEnumerable<Passage> passages)
    {
        foreach (var passage in passages) Expected[passage.Id] = passage;
    }

    private void Replace(IndexWriter writer)
    {
        var ids = Pick(10);
        var changed = Fresh(ids.Count).Zip(ids, (passage, id) => passage with { Id = id }).Concat(Fresh(3)).ToList();
        var (added, replaced) = writer.Add(changed, replace: true);
        (added, replaced).ShouldBe((changed.Count, ids.Count));
        Keep(changed);
    }

    private void Delete(IndexWriter writer)
    {
        var ids = Pick(Expected.Count / 3);
        writer.Delete(ids.Append("absent")).ShouldBe(ids.Count);
        foreach (var id in ids) Expected.Remove(id);
    }

    private List<string> Pick(int most) => [.. Expected.Keys.Order(StringComparer.Ordinal).OrderBy(_ => _random.Next()).Take(_random.Next(1, most + 2))];
}
