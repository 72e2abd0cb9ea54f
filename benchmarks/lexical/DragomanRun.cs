using System.Diagnostics;
using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.Phrases;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Benchmarks.Lexical;

/// <summary>Indexing and BM25 search by Dragoman.</summary>
internal static class DragomanRun
{
    private const int MeasuredPhrases = 1000;

    internal static int Measure(string folder, int threads, bool positions = false)
    {
        var (meter, analyzer, path) = (new Meter(), new SpaceAnalyzer(), Path.Combine(folder, positions ? "positions" : "dragoman"));
        var passages = File.ReadLines(Path.Combine(folder, "docs.tsv")).Count();
        meter.Rate("documents", passages, () =>
        {
            IndexBuilder.Build(Texts.Passages(folder), path, new IndexBuildOptions { Analyzer = analyzer, Threads = threads, Positions = positions });
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
        if (positions) MeasurePhrases(meter, index, analyzer, folder);
        return meter.Print(positions ? "Dragoman with positions" : "Dragoman");
    }

    /// <summary>Pairs of neighbouring terms of passages as phrases, and the same terms within ten places.</summary>
    private static void MeasurePhrases(Meter meter, SearchIndex index, SpaceAnalyzer analyzer, string folder)
    {
        var (retriever, finder, options) = (new Bm25Retriever(index, analyzer), new PhraseFinder(index, analyzer), new RetrievalOptions { Depth = 10 });
        foreach (var (name, suffix) in new[] { ("phrases", ""), ("windows", "~10") })
        {
            var queries = Texts.Passages(folder).Take(MeasuredPhrases).Select(passage => passage.FullText.Split(' ')[..2]).Select(pair => PhraseQuery.Parse(new Query("q", $"\"{pair[0]} {pair[1]}\"{suffix}", "und"))).ToList();
            foreach (var query in queries) Answer(query);
            meter.Rate(name, queries.Count, () => queries.ForEach(Answer));
            meter.Percentile($"p99MsOf{name}", queries.Select(query => Time(() => Answer(query))).ToList());
        }

        void Answer(PhraseQuery query) => retriever.Retrieve([query.Query], options with { Filter = finder.Find(query, options) });
    }

    private static TimeSpan Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start);
    }
}
