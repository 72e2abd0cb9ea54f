using System.Globalization;
using System.Runtime.InteropServices;
using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Dense;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Graphs;

namespace Dragoman.Benchmarks.Dense;

/// <summary>Builds an index of the vectors and searches it, row by row and through graphs.</summary>
internal static class DragomanRun
{
    private const int Depth = 10, QueriesOneByOne = 50, RoughQueries = 1000;

    internal static void Build(string folder, VectorPrecision precision, int links, int breadth, int threads)
    {
        var (setting, path) = (Setting(precision, links), Path.Combine(folder, $"dragoman-{precision}"));
        using var encoder = new FileEncoder(folder);
        var passages = Enumerable.Range(0, encoder.Passages).Select(number => number.ToString(CultureInfo.InvariantCulture)).Select(number => new Passage(number, "", number, "und"));
        var options = new IndexBuildOptions { Analyzer = new SpaceAnalyzer(), Encoder = encoder, Precision = precision, Graphs = null, Threads = threads, MemoryBytes = 8L << 30 };
        var (processor, _) = Measured.Time(() => IndexBuilder.Build(passages, path, options));
        Measured.Note($"{precision}", "index without graph, processor s", processor);
        using (var index = SearchIndex.Open(path)) Measured.Note($"{precision}", "index without graph, MiB", index.Manifest.Segments.Sum(segment => segment.Bytes) / 1048576.0);
        using var writer = IndexWriter.Open(path, new IndexWriteOptions { Analyzer = new SpaceAnalyzer(), Encoder = encoder, Threads = threads });
        var (linking, elapsed) = Measured.Time(() =>
        {
            writer.Graph(new VectorGraphOptions { Links = links, Breadth = breadth });
            writer.Publish("graphs");
        });
        Measured.Note(setting, "graph, processor s", linking);
        Measured.Note(setting, "graph, elapsed s", elapsed);
        using var linked = SearchIndex.Open(path);
        Measured.Note(setting, "graph, MiB", linked.Manifest.Graphs!.Bytes / 1048576.0);
    }

    internal static void Search(string folder, VectorPrecision precision, int links)
    {
        using var encoder = new FileEncoder(folder);
        using var index = SearchIndex.Open(Path.Combine(folder, $"dragoman-{precision}"));
        var retriever = new DenseRetriever(index, encoder);
        var queries = Enumerable.Range(0, encoder.Queries).Select(number => new Query(number.ToString(CultureInfo.InvariantCulture), number.ToString(CultureInfo.InvariantCulture), "und")).ToArray();
        // The nearest by 32-bit vectors are the truth; they are written by the first run.
        var truth = Path.Combine(folder, "truth.i32");
        Run($"{precision} exact, all at once", queries, new RetrievalOptions { Depth = Depth, Exact = true });
        var one = queries[..Math.Min(queries.Length, QueriesOneByOne)];
        var (processor, elapsed) = Measured.Time(() =>
        {
            foreach (var query in one) retriever.Retrieve([query], new RetrievalOptions { Depth = Depth, Exact = true });
        });
        Measured.Note($"{precision} exact, one by one", "queries a processor second", one.Length / processor);
        Measured.Note($"{precision} exact, one by one", "GB of vectors a second", (double)one.Length * index.Manifest.Passages * BytesOfRow(precision) / elapsed / 1e9);
        foreach (var breadth in new[] { 20, 40, 80, 160, 320, 640 }) Run($"{Setting(precision, links)}, breadth {breadth}", queries, new RetrievalOptions { Depth = Depth, Breadth = breadth });

        void Run(string setting, Query[] asked, RetrievalOptions options)
        {
            retriever.Retrieve(asked[..Math.Min(asked.Length, RoughQueries)], options);
            IReadOnlyList<IReadOnlyList<RankedPassage>> rankings = [];
            var (used, took) = Measured.Time(() => rankings = retriever.Retrieve(asked, options));
            var ids = rankings.SelectMany(ranking => ranking.Select(found => int.Parse(found.PassageId, CultureInfo.InvariantCulture))).ToArray();
            if (!File.Exists(truth)) File.WriteAllBytes(truth, MemoryMarshal.AsBytes(ids.AsSpan()).ToArray());
            var wanted = MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(truth)).ToArray().Chunk(Depth).ToArray();
            Measured.Note(setting, "queries a processor second", asked.Length / used);
            Measured.Note(setting, "queries a second", asked.Length / took);
            Measured.Note(setting, "recall@10", ids.Chunk(Depth).Zip(wanted, (found, right) => found.Intersect(right).Count() / (double)Depth).Average());
        }
    }

    private static string Setting(VectorPrecision precision, int links) => string.Create(CultureInfo.InvariantCulture, $"{precision} HNSW M={links}");

    private static int BytesOfRow(VectorPrecision precision) => precision switch
    {
        VectorPrecision.Full => 4 * FileEncoder.Width,
        VectorPrecision.Half => 2 * FileEncoder.Width,
        _ => FileEncoder.Width + 4,
    };
}
