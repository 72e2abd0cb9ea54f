using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Cli.Commands.Index;
using Dragoman.Cli.Searching;
using Dragoman.Cli.Vectors;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Models;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Graphs;
using Dragoman.Tensors;
using Dragoman.Text.Analysis;

namespace Dragoman.Cli.Commands;

/// <summary><c>index</c>: a collection to an index folder.</summary>
internal static class IndexCommand
{
    private const string NoModel = "none";

    internal static Command Create()
    {
        var collection = new Option<string>("--collection") { Description = "Collection folder with corpus.jsonl (_id, title, text, lang).", Required = true, HelpName = "DIR" };
        var output = new Option<string>("--output") { Description = "Index folder to make; an older index there is replaced.", Required = true, HelpName = "DIR" };
        var analyzer = new Option<string>("--analyzer") { Description = $"What makes terms of a text: {MultilingualAnalyzer.Name}, {PerLanguageAnalyzer.Name} (each passage by its language), {PlainAnalyzer.Name}, or that of one language, such as kk; see docs/guides/analyzers.md.", HelpName = "NAME", DefaultValueFactory = _ => Analyzers.Default };
        var model = new Option<string?>("--model") { Description = "Encoder folder for vectors; the shipped one by default, 'none' for terms only.", HelpName = "DIR|none" };
        var encoded = IndexOptions.Encoded();
        var tables = new Option<string?>("--translation-table") { Description = "Folder of translation tables for --method psq, as 'dragoman train' makes it (task translation-table); made by the same analyzer.", HelpName = "DIR" };
        var vectors = new Option<VectorPrecision>("--vectors") { Description = "How vectors are kept: full (32-bit floats), half (16-bit floats), quantised (8 bits, a quarter of the space), or rescored (8 bits to find passages, 16-bit floats to score the best again).", HelpName = "full|half|quantised|rescored", DefaultValueFactory = _ => VectorPrecision.Full };
        var positions = new Option<bool>("--positions") { Description = "Keep where terms stand, which phrases in quotation marks need; the index gets larger (docs/guides/indexing.md)." };
        var (memory, device, threads, weights) = (IndexOptions.Memory(), ModelOptions.Device(), IndexOptions.Threads(), new WeightOptions());
        var graphs = new GraphOptions(wanted: false);
        var command = new Command("index", "Builds an index over a collection: terms for BM25 and, with an encoder, vectors for search across languages.") { collection, output, analyzer, model, encoded, tables, vectors, positions, memory, device, threads };
        foreach (var option in graphs.All.Concat(weights.All)) command.Options.Add(option);
        command.Subcommands.Add(IndexAddCommand.Create());
        command.Subcommands.Add(IndexDeleteCommand.Create());
        command.Subcommands.Add(IndexMergeCommand.Create());
        command.Subcommands.Add(IndexPsqCommand.Create());
        command.Subcommands.Add(IndexHnswCommand.Create());
        command.Subcommands.Add(IndexInfoCommand.Create());
        command.SetAction((parsed, token) => Task.FromResult(Build(
            new IndexConfiguration(parsed.GetRequiredValue(collection), parsed.GetRequiredValue(analyzer), parsed.GetValue(model), parsed.GetValue(tables) is { } named ? Path.GetFullPath(named) : null), parsed.GetRequiredValue(output), parsed.GetValue(encoded), parsed.GetValue(vectors), graphs.Of(parsed), parsed.GetValue(positions), (configured, named) => weights.Weigher(parsed, configured, named), parsed.GetValue(memory), ModelOptions.DeviceOf(parsed.GetValue(device)), parsed.GetValue(threads), token)));
        return command;
    }

    private static int Build(IndexConfiguration asked, string output, string? encoded, VectorPrecision precision, VectorGraphOptions? graphs, bool positions, Func<string?, IAnalyzer, PsqWeigher?> weigher, int memory, DeviceChoice? device, int threads, CancellationToken token)
    {
        if (asked.Model == NoModel && device?.Kind == DeviceKind.Cuda) throw new ConfigurationException("--device", [$"{device} is for encoders, but --model {NoModel} asks for none; leave it out."]);
        var source = Collection.Open(asked.Collection);
        var configuration = asked with { Model = asked.Model == NoModel ? null : Path.GetFullPath(asked.Model ?? ShippedModel.Find()) };
        var analyzer = Analyzers.Named(asked.Analyzer);
        if (configuration.Tables is { } tables) TranslationFolder.Open(tables).Require(analyzer);
        using var encoder = configuration.Model is { } folder ? PlacedEncoder.Load(folder, Precision.Auto, device) : null;
        using var made = IndexOptions.Open(encoded, encoder, source.CorpusPath);
        using var progress = new StageProgress("Indexed", "passages");
        var options = new IndexBuildOptions
        {
            Analyzer = TranslatedCollection.AnalyzerOf(asked.Collection, analyzer),
            Encoder = encoder,
            Vectors = made,
            Precision = precision,
            Graphs = graphs,
            Positions = positions,
            Weigher = weigher(configuration.Tables, analyzer),
            Config = configuration.ToJson(),
            Inputs = new JsonObject { ["corpus"] = source.CorpusPath, ["corpusFingerprint"] = Fingerprint.OfFile(source.CorpusPath) },
        }.With(memory, threads);
        var manifest = IndexBuilder.Build(source.ReadPassages(), output, options, progress, token);
        Console.Out.WriteLine(Describe(manifest, output, progress.Elapsed));
        return 0;
    }

    private static string Describe(IndexManifest manifest, string output, TimeSpan elapsed)
    {
        var languages = string.Join(", ", manifest.Languages.OrderBy(language => language.Language, StringComparer.Ordinal).Select(language => string.Create(CultureInfo.InvariantCulture, $"{language.Language} {language.Passages:N0}")));
        var vectors = manifest.Encoder is null ? "no vectors" : $"vectors of {manifest.Dimension} numbers by {manifest.Encoder}";
        var weights = manifest.Weights is { } made ? $", {IndexPsqCommand.Describe(made)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"Indexed {Amount.Of(manifest.Passages, "passage")} ({languages}), {Amount.Of(manifest.Tokens, "term")} by {manifest.Analyzer}{(manifest.Positions ? " with positions" : "")}, {vectors}{weights}, into {output} in {elapsed.TotalSeconds:F1} s.");
    }
}
