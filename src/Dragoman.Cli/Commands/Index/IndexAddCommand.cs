using System.CommandLine;
using System.Globalization;
using Dragoman.Cli.Searching;
using Dragoman.Cli.Vectors;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Models;
using Dragoman.Models.Encoders;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.Indexing;
using Dragoman.Tensors;
using Dragoman.Text.Analysis;

namespace Dragoman.Cli.Commands.Index;

/// <summary><c>index add</c>: passages of a collection into an index that is there.</summary>
internal static class IndexAddCommand
{
    internal static Command Create()
    {
        var (index, model, memory, device, threads) = (IndexOptions.Index(), SearchOptions.Model(), IndexOptions.Memory(), ModelOptions.Device(), IndexOptions.Threads());
        model.Description = "Encoder folder for vectors; by default the one the index was built with.";
        var collection = new Option<string>("--collection") { Description = "Collection folder with corpus.jsonl (_id, title, text, lang).", Required = true, HelpName = "DIR" };
        var replace = new Option<bool>("--replace") { Description = "Passages take the place of those with the same id; without it such an id is an error." };
        var encoded = IndexOptions.Encoded();
        var tables = new Option<string?>("--translation-table") { Description = "Folder of the translation tables that the index's PSQ weights were made from; by default where it was then.", HelpName = "DIR" };
        var command = new Command("add", "Adds the passages of a collection to an index, and merges segments where there are many.") { index, collection, replace, model, encoded, tables, memory, device, threads };
        command.SetAction((parsed, token) => Task.FromResult(Add(
            parsed.GetRequiredValue(index), parsed.GetRequiredValue(collection), parsed.GetValue(replace), parsed.GetValue(model), parsed.GetValue(encoded), parsed.GetValue(tables), parsed.GetValue(memory), ModelOptions.DeviceOf(parsed.GetValue(device)), parsed.GetValue(threads), token)));
        return command;
    }

    private static int Add(string path, string collection, bool replace, string? model, string? encoded, string? tables, int memory, DeviceChoice? device, int threads, CancellationToken token)
    {
        var source = Collection.Open(collection);
        using var encoder = OpenEncoder(path, model, tables, device, out var analyzer, out var weigher);
        using var made = IndexOptions.Open(encoded, encoder, source.CorpusPath);
        using var progress = new StageProgress("Added", "passages");
        using var writer = IndexWriter.Open(path, new IndexWriteOptions { Analyzer = TranslatedCollection.AnalyzerOf(collection, analyzer), Encoder = encoder, Vectors = made, Weigher = weigher }.With(memory, threads));
        var (added, replaced) = writer.Add(source.ReadPassages(), replace, progress, token);
        writer.Link(token);
        writer.Publish("add");
        if (writer.Merge(all: false, token))
        {
            writer.Link(token);
            writer.Publish("merge");
        }
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Added {Amount.Of(added, "passage")} to {path}, {replaced:N0} of them in place of others; it holds {writer.Count:N0} now. {progress.Elapsed.TotalSeconds:F1} s."));
        return 0;
    }

    private static ITextEncoder? OpenEncoder(string path, string? model, string? tables, DeviceChoice? device, out IAnalyzer analyzer, out PsqWeigher? weigher)
    {
        using var index = SearchIndex.Open(path);
        var configuration = IndexConfiguration.Of(index.Config, Analyzers.Default);
        analyzer = Analyzers.Named(configuration.Analyzer);
        weigher = WeightOptions.Of(index, tables);
        if (index.Vectors is not null || model is not null) return PlacedEncoder.Load(EngineOpener.ModelFolder(index, model, configuration.Model), Precision.Auto, device);
        if (device?.Kind == DeviceKind.Cuda) throw new ConfigurationException("--device", [$"{device} is for encoders, but index {path} has no vectors; leave it out."]);
        return null;
    }
}
