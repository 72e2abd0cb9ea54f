using System.Globalization;
using Dragoman.Collections;
using Dragoman.Collections.Formats.Psq;
using Dragoman.Collections.Storage;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.Indexing;
using System.Text.Json.Nodes;

namespace Dragoman.Benchmarks.Lexical;

/// <summary>PSQ-HMM by weights that the index holds, beside the same at query time: over the synthetic passages, whose terms get synthetic translations.</summary>
internal static class PsqRun
{
    private const string Passages = "kk", Queries = "zh";
    private const int KnownTerms = 50_000, MostTranslations = 24, QueriesAtQueryTime = 100;

    internal static int Measure(string folder, int threads)
    {
        var (meter, analyzer, path) = (new Meter(), new SpaceAnalyzer(), Path.Combine(folder, "psq"));
        var tables = WriteTables(Path.Combine(folder, "tables"), analyzer);
        var passages = File.ReadLines(Path.Combine(folder, "docs.tsv")).Count();
        meter.Rate("documents", passages, () =>
        {
            IndexBuilder.Build(Texts.Passages(folder).Select(passage => passage with { Language = Passages }), path, new IndexBuildOptions { Analyzer = analyzer, Threads = threads });
            using var writer = IndexWriter.Open(path);
            if (writer.Merge(all: true)) writer.Publish("merge");
        });
        meter.Rate("weighed", passages, () =>
        {
            using var writer = IndexWriter.Open(path);
            writer.Weigh(new PsqWeigher(tables, [Queries]), 512L << 20, threads);
            writer.Publish("psq");
        });
        using var index = SearchIndex.Open(path);
        meter.Add("segmentMiB", index.Manifest.Segments.Sum(segment => segment.Bytes) / 1048576.0);
        meter.Add("weightsMiB", index.Manifest.Weights!.Bytes / 1048576.0);
        meter.Add("weightsAPassage", (double)index.Manifest.Weights.Pairs[0].Postings / passages);
        var queries = Texts.ReadQueries(folder).ConvertAll(query => new Query(query.Id, query.Text.Replace('w', 'z'), Queries));
        var (stored, computed) = (new PsqRetriever(index, analyzer, tables, new PsqOptions { Scoring = PsqScoring.Index }), new PsqRetriever(index, analyzer, tables, new PsqOptions { Scoring = PsqScoring.Query }));
        foreach (var depth in new[] { 10, 100, 1000 })
        {
            var (options, few) = (new RetrievalOptions { Depth = depth }, queries.Take(QueriesAtQueryTime).ToList());
            stored.Retrieve(queries, options);
            meter.Rate($"indexQueriesAt{depth}", queries.Count, () => stored.Retrieve(queries, options));
            meter.Rate($"prunedQueriesAt{depth}", queries.Count, () => stored.Retrieve(queries, options, exhaustive: false, CancellationToken.None));
            meter.Rate($"exhaustiveQueriesAt{depth}", queries.Count, () => stored.Retrieve(queries, options, exhaustive: true, CancellationToken.None));
            computed.Retrieve([queries[0]], options);
            meter.Rate($"queryTimeQueriesAt{depth}", few.Count, () => computed.Retrieve(few, options));
        }
        return meter.Print("Dragoman PSQ-HMM");
    }

    /// <summary>Every one of the most frequent terms has its own translation and up to 23 others, most of them frequent terms too, with probabilities that fall as those of learned tables do.</summary>
    private static TranslationFolder WriteTables(string path, SpaceAnalyzer analyzer)
    {
        var random = new Random(2);
        using (var stage = StageFolder.Begin(path))
        {
            var table = new TranslationTableBuilder();
            for (var term = 0; term < KnownTerms; term++)
            {
                var targets = Enumerable.Range(0, random.Next(MostTranslations)).Select(_ => (int)Math.Exp(random.NextDouble() * Math.Log(KnownTerms))).Prepend(term).Distinct().ToArray();
                table.Add(Name('w', term), targets.Select((target, place) => new Translation(Name('z', target), 0.5f / ((place + 1) * (place + 1)))));
            }
            PsqTable.Write(Path.Combine(stage.WorkingPath, TranslationFolder.TableName(Passages, Queries)), table.Build());
            new TermCounts(Enumerable.Range(0, KnownTerms).ToDictionary(term => Name('z', term), term => 1 + 1_000_000L / (term + 1))).Write(Path.Combine(stage.WorkingPath, TranslationFolder.CountsName(Queries)));
            stage.Complete([], new JsonObject { ["analyzer"] = analyzer.Identity, ["tables"] = new JsonArray(new JsonObject { ["from"] = Passages, ["to"] = Queries }) });
        }
        return TranslationFolder.Open(path);
    }

    private static string Name(char language, int term) => string.Create(CultureInfo.InvariantCulture, $"{language}{term:x}");
}
