using System.Diagnostics;
using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Benchmarks.Lexical;

/// <summary>Indexing and BM25 search by Dragoman.</summary>
internal static class DragomanRun
{
    internal static int Measure(string folder, int threads)
    {
        var (meter, analyzer, path) = (new Meter(), new SpaceAnalyzer(), Path.Combine(folder, "dragoman"));
        var passages = File.ReadLines(Path.Combine(folder, "docs.tsv")).Count();
        meter.Rate("documents", passages, () =>
        {
            IndexBuilder.Build(Texts.Passages(folder), path, new IndexBuildOptions { Analyzer = analyzer, Threads = threads });
            using var writer = IndexWriter.Open(path);
            if (writer.Merge(all: true)) writer.Publish("merge");
        });
        meter.Add("indexMiB", Directory.GetFiles(path, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) / 1048576.0);
        using var index = SearchIndex.Open(path);
        var (retriever, queries) = (new Bm25Retriever(index, analyzer), Texts.ReadQueries(folder));
        foreach (var depth in new[] { 10, 1000 })
        {
            var options = new RetrievalOptions { Depth = depth };
            retriever.Retrieve(queries, options);
            meter.Rate($"queriesAt{depth}", queries.Count, () => retriever.Retrieve(queries, options));
            meter.Percentile($"p99MsAt{depth}", queries.Select(query => Time(() => retriever.Retrieve([query], options))).ToList());
        }
        return meter.Print("Dragoman");
    }

    private static TimeSpan Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start);
    }
}
