using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Benchmarks.Lexical;

/// <summary>Indexing and BM25 search by Dragoman.</summary>
internal static class DragomanRun
{
    private const int QueriesAtOnce = 10;

    internal static void Index(string folder, int threads, bool positions = false)
    {
        var (meter, path) = (new Meter(positions ? "Dragoman with positions" : "Dragoman"), Path.Combine(folder, positions ? "positions" : "dragoman"));
        meter.Rate("documents", Texts.Count(folder), () =>
        {
            IndexBuilder.Build(Texts.Passages(folder), path, new IndexBuildOptions { Analyzer = new SpaceAnalyzer(), Threads = threads, Positions = positions });
            using var writer = IndexWriter.Open(path);
            if (writer.Merge(all: true)) writer.Publish("merge");
        });
        meter.Peak("indexing");
        meter.Note("index, MiB", Directory.GetFiles(path, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) / 1048576.0);
    }

    internal static void Search(string folder)
    {
        var meter = new Meter("Dragoman");
        using var index = SearchIndex.Open(Path.Combine(folder, "dragoman"));
        var retriever = new Bm25Retriever(index, new SpaceAnalyzer());
        foreach (var kind in Texts.Kinds)
        {
            var queries = Texts.Queries(folder, kind);
            foreach (var depth in new[] { 10, 1000 })
            {
                var (name, options) = ($"{kind.Name}, depth {depth}", new RetrievalOptions { Depth = depth });
                Meter.WarmUp(() => Answer(retriever, queries, options));
                meter.SteadyRate($"{name}: queries", queries.Count, () => Answer(retriever, queries, options));
                meter.Percentile(name, [.. queries.Select(query => (Action)(() => retriever.Retrieve([query], options)))]);
            }
        }
        meter.Peak("searching");
    }

    // As by several users, so that answers are let go as they are had, as Lucene's are.
    private static void Answer(Bm25Retriever retriever, IReadOnlyList<Query> queries, RetrievalOptions options) =>
        Parallel.ForEach(queries.Chunk(QueriesAtOnce), batch => retriever.Retrieve(batch, options));
}
