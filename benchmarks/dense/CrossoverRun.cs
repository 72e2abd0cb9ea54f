using System.Globalization;
using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Dense;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Graphs;

namespace Dragoman.Benchmarks.Dense;

/// <summary>From which number of vectors on a graph is faster than reading all: both at growing sizes, queries one by one and many at once, and queries that are far from everything.</summary>
internal static class CrossoverRun
{
    private const int Depth = 10, OneByOne = 100;
    private static readonly int[] Breadths = [20, 40, 60, 80, 100, 150, 200, 400, 1000, 2000], AtOnce = [1, 4, 16, 64, 256, 1000];

    /// <summary>Measures one size.</summary>
    /// <param name="folder">Where the vectors are.</param>
    /// <param name="passages">How many of them to take, from the first.</param>
    /// <param name="links">Links of the graph.</param>
    /// <param name="breadth">Breadth of its making.</param>
    /// <param name="threads">Threads that make it.</param>
    internal static void Run(string folder, int passages, int links, int breadth, int threads)
    {
        var path = Path.Combine(folder, "crossover");
        using var encoder = new FileEncoder(folder);
        var texts = Enumerable.Range(0, passages).Select(number => number.ToString(CultureInfo.InvariantCulture)).Select(number => new Passage(number, "", number, "und"));
        var options = new IndexBuildOptions { Analyzer = new SpaceAnalyzer(), Encoder = encoder, Graphs = new VectorGraphOptions { Links = links, Breadth = breadth, MinPassages = 1 }, Threads = threads, MemoryBytes = 4L << 30 };
        var (processor, _) = Measured.Time(() => IndexBuilder.Build(texts, path, options));
        Note("index with graph", "processor s", processor);
        using (var index = SearchIndex.Open(path))
        {
            var retriever = new DenseRetriever(index, encoder) { RowsPerKept = 0 };
            Search(retriever, encoder.Queries, "", "");
            Search(retriever, encoder.Queries, FileEncoder.Far, "far queries, ");
        }
        Directory.Delete(path, recursive: true);

        void Note(string setting, string measure, double value) => Measured.Note(string.Create(CultureInfo.InvariantCulture, $"{passages} M={links}, {setting}"), measure, value);

        void Search(DenseRetriever retriever, int count, string kind, string head)
        {
            var queries = Enumerable.Range(0, count).Select(number => new Query(number.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{kind}{number}"), "und")).ToArray();
            var exact = new RetrievalOptions { Depth = Depth, Exact = true };
            var truth = retriever.Retrieve(queries, exact);
            if (kind.Length == 0)
            {
                foreach (var many in AtOnce) Note($"exact, {many} at once", "queries a second", Rate(retriever, queries, exact, many));
            }
            foreach (var kept in Breadths.Where(kept => kept <= passages / 4))
            {
                var search = new RetrievalOptions { Depth = Depth, Breadth = kept };
                var found = retriever.Retrieve(queries, search);
                Note($"{head}breadth {kept}", "recall@10", found.Zip(truth, (one, all) => one.Select(passage => passage.PassageId).Intersect(all.Select(passage => passage.PassageId)).Count() / (double)Depth).Average());
                Note($"{head}breadth {kept}, 1 at once", "queries a second", Rate(retriever, queries, search, 1));
                if (kind.Length == 0) Note($"breadth {kept}, 1000 at once", "queries a second", Rate(retriever, queries, search, 1000));
            }
        }
    }

    private static double Rate(DenseRetriever retriever, Query[] queries, RetrievalOptions options, int atOnce)
    {
        var asked = queries[..Math.Min(queries.Length, Math.Max(atOnce, OneByOne))].Chunk(atOnce).ToArray();
        var (_, elapsed) = Measured.Time(() =>
        {
            foreach (var some in asked) retriever.Retrieve(some, options);
        });
        return asked.Sum(some => some.Length) / elapsed;
    }
}
