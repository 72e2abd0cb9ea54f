using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Cli.Demo;
using Dragoman.Cli.Searching;
using Dragoman.Cli.Vectors;
using Dragoman.Collections;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;
using Dragoman.Evaluation.Measures;
using Dragoman.Evaluation.Reports;
using Dragoman.Models;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Pipelines;
using Dragoman.Text.Analysis;

namespace Dragoman.Cli.Commands;

/// <summary><c>demo</c>: index, retrieve, fuse and evaluate the shipped collection with the shipped encoder, and three searches to read.</summary>
internal static class DemoCommand
{
    private const int Depth = 100;
    private static readonly string[] Methods = ["bm25", "dense", "hybrid", "pivot"];

    internal static Command Create()
    {
        var collection = new Option<string?>("--collection") { Description = "Collection with queries, judgements and languages; the shipped one by default.", HelpName = "DIR" };
        var model = new Option<string?>("--model") { Description = "Encoder folder; the shipped one by default.", HelpName = "DIR" };
        var device = ModelOptions.Device();
        var output = new Option<string>("--output") { Description = "Where the index, the runs and the report go.", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("artifacts", "demo") };
        var command = new Command("demo", "Indexes the sample collection, searches it across languages, fuses, measures, and shows three searches.") { collection, model, device, output };
        command.SetAction((parsed, token) => Task.FromResult(Run(parsed.GetValue(collection) ?? ShippedCollection.Find(), parsed.GetValue(model) ?? ShippedModel.Find(), ModelOptions.DeviceOf(parsed.GetValue(device)), parsed.GetRequiredValue(output), token)));
        return command;
    }

    private static int Run(string collectionPath, string modelPath, DeviceChoice? device, string output, CancellationToken token)
    {
        var collection = DemoCollection.Read(collectionPath);
        var indexPath = Path.Combine(output, "index");
        BuildIndex(collectionPath, modelPath, device, indexPath, collection.Passages, token);
        using var engine = EngineOpener.Open(indexPath, modelPath, method: null, device: device);
        var measures = MeasureParser.ParseAll("nDCG@10 RR@10 R@20");
        var runs = Methods.ToDictionary(method => method, method => Retrieve(engine, method, collection, token), StringComparer.Ordinal);
        foreach (var (method, byLanguage) in runs)
        {
            foreach (var (language, run) in byLanguage) TrecRun.Write(Path.Combine(output, "runs", $"{method}.{language}.run"), run);
        }
        var scores = DemoProgress.Run("Evaluate every query language x passage language", Methods.Length, done => Methods.Select((method, place) =>
        {
            var pairs = LanguagePairScores.Of(method, collection.Languages, runs[method], collection.Qrels, collection.LanguageOfQuery, collection.LanguageOfPassage, measures);
            done(place + 1);
            return pairs;
        }).ToArray());
        var report = Path.Combine(output, "report.html");
        var main = scores.Single(pairs => pairs.Method == engine.DefaultMethod);
        Print(scores, main, collection);
        var document = DemoReport.Make(scores, main, collection, Path.GetFileName(Path.TrimEndingDirectorySeparator(collectionPath)), engine.Index.Manifest.Encoder ?? "none");
        AtomicFile.WriteText(report, writer => HtmlReport.Write(writer, document));
        DemoSearches.Show(engine, collection);
        Console.Out.WriteLine();
        Console.Out.WriteLine($"Report: {report}   Runs: {Path.Combine(output, "runs")}");
        Console.Out.WriteLine($"Search it:  ./dragoman search --index {indexPath} --from zh --in kk,ru \"{DemoSearches.Example(collection)}\"");
        Console.Out.WriteLine($"In the browser:  ./dragoman serve --index {indexPath}");
        return 0;
    }

    private static void BuildIndex(string collectionPath, string modelPath, DeviceChoice? device, string indexPath, IReadOnlyList<Passage> passages, CancellationToken token)
    {
        using var encoder = PlacedEncoder.Load(modelPath, Dragoman.Models.Precision.Auto, device);
        var options = new IndexBuildOptions
        {
            Analyzer = Analyzers.Named(Analyzers.Default),
            Encoder = encoder,
            Config = new IndexConfiguration(collectionPath, Analyzers.Default, Path.GetFullPath(modelPath)).ToJson(),
            Inputs = new JsonObject { ["corpus"] = collectionPath, ["corpusFingerprint"] = Fingerprint.OfFile(Collection.Open(collectionPath).CorpusPath) },
        };
        var title = string.Create(CultureInfo.InvariantCulture, $"Index {passages.Count:N0} passages (BM25 terms, vectors of {encoder.Identity})");
        DemoProgress.Run(title, passages.Count, done => IndexBuilder.Build(passages, indexPath, options, new ImmediateProgress(done), token));
    }

    private static Dictionary<string, Run> Retrieve(SearchEngine engine, string method, DemoCollection collection, CancellationToken token)
    {
        var title = string.Create(CultureInfo.InvariantCulture, $"Retrieve by {method}: {collection.Queries.Count:N0} queries against each of {collection.Languages.Count} languages");
        return DemoProgress.Run(title, collection.Languages.Count, done => collection.Languages.Select((language, place) =>
        {
            var rankings = engine.Retriever(method).Retrieve(collection.Queries, new RetrievalOptions { Depth = Depth, Languages = [language] }, token);
            var run = new RunBuilder($"dragoman-{method}");
            for (var query = 0; query < rankings.Count; query++) run.Add(collection.Queries[query].Id, rankings[query]);
            done(place + 1);
            return (language, Run: run.Build());
        }).ToDictionary(pair => pair.language, pair => pair.Run, StringComparer.Ordinal));
    }

    private static void Print(IReadOnlyList<LanguagePairScores> scores, LanguagePairScores main, DemoCollection collection)
    {
        Console.Out.WriteLine();
        Console.Out.WriteLine("Methods, mean over pairs of languages (across: query and passage in different languages; within: in the same)");
        DemoTables.PrintMethods(scores);
        for (var measure = 0; measure < main.Measures.Count; measure++)
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine($"{main.Measures[measure]} of {main.Method}, every query language (rows) x passage language (columns), {collection.Queries.Count / collection.Languages.Count} queries each");
            DemoTables.PrintPairs(main, measure);
        }
    }

    /// <summary>Reports on the thread that works, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class ImmediateProgress(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
