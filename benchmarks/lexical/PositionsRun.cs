using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.Phrases;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Benchmarks.Lexical;

/// <summary>An index with positions: what it costs, and how fast phrases are.</summary>
internal static class PositionsRun
{
    private const int MeasuredPhrases = 1000;

    /// <summary>Pairs of neighbouring terms of passages as phrases, and the same terms within ten places.</summary>
    internal static void Measure(string folder, int threads)
    {
        DragomanRun.Index(folder, threads, positions: true);
        var (meter, analyzer, options) = (new Meter("Dragoman with positions"), new SpaceAnalyzer(), new RetrievalOptions { Depth = 10 });
        using var index = SearchIndex.Open(Path.Combine(folder, "positions"));
        var (retriever, finder) = (new Bm25Retriever(index, analyzer), new PhraseFinder(index, analyzer));
        foreach (var (name, suffix) in new[] { ("phrases", ""), ("windows", "~10") })
        {
            var queries = Texts.Passages(folder).Take(MeasuredPhrases).Select(passage => passage.FullText.Split(' ')[..2]).Select(pair => PhraseQuery.Parse(new Query("q", $"\"{pair[0]} {pair[1]}\"{suffix}", "und"))).ToList();
            foreach (var query in queries) Answer(query);
            meter.Rate(name, queries.Count, () => queries.ForEach(Answer));
            meter.Percentile(name, [.. queries.Select(query => (Action)(() => Answer(query)))]);
        }

        void Answer(PhraseQuery query) => retriever.Retrieve([query.Query], options with { Filter = finder.Find(query, options) });
    }
}
