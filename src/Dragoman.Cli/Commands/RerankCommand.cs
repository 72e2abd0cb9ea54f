using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Cli.Searching;
using Dragoman.Collections;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;
using Dragoman.Models;
using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Retrieval.Reranking;
using Dragoman.Tensors;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman rerank</c>: the candidates of a run in the order of a cross-encoder's scores.</summary>
internal static class RerankCommand
{
    private const int DefaultMaxLength = 256;

    internal static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Cross-encoder folder, Hugging Face layout, as 'dragoman train' writes it.", Required = true, HelpName = "DIR" };
        var collection = new Option<string>("--collection") { Description = "Collection folder with the passages.", Required = true, HelpName = "DIR" };
        var queries = new Option<string?>("--queries") { Description = "Queries as JSON lines, id<TAB>text or topics; the collection's own by default.", HelpName = "FILE" };
        var from = SearchOptions.From();
        from.Description = "Language of queries that carry none, or the one to choose of topics in several; a BCP 47 tag.";
        var (source, fields) = (TopicOptions.Source(), TopicOptions.Fields());
        var run = new Option<string>("--run") { Description = "Run with the candidates: TREC, MS MARCO, or CLIRMatrix's queries with results; may be gzip-compressed.", Required = true, HelpName = "RUN" };
        var output = new Option<string>("--output") { Description = "TREC run to write.", Required = true, HelpName = "RUN" };
        var depth = ModelOptions.Depth("Score this many candidates of each query, all by default; the others keep their order below.");
        var maxLength = new Option<int?>("--max-length") { Description = $"Longest query and passage together in tokens; {DefaultMaxLength} by default, or the most the model reads.", HelpName = "N" };
        WholeNumber.RequirePositive(maxLength);
        var (precision, device, threads) = (ModelOptions.Precision(), ModelOptions.Device(), ModelOptions.Threads());
        var command = new Command("rerank", "Reranks the candidates of a TREC run with a cross-encoder.") { model, collection, queries, from, source, fields, run, output, depth, maxLength, precision, device, threads };
        command.SetAction((parsed, token) =>
        {
            OutputPath.RequireFile(parsed.GetRequiredValue(output));
            var place = (ModelOptions.DeviceOf(parsed.GetValue(device)) ?? DeviceChoice.Auto).Resolve();
            var options = new CrossEncoderOptions { Precision = ModelOptions.PrecisionOf(parsed.GetValue(precision)) };
            var opened = Collection.Open(parsed.GetRequiredValue(collection));
            var asked = parsed.GetValue(queries) is { } own ? TopicOptions.Read(own, parsed.GetRequiredValue(from), parsed.GetValue(source), parsed.GetValue(fields)) : opened.ReadQueries();
            var path = parsed.GetRequiredValue(run);
            var candidates = RunFile.Read(path);
            var texts = CandidateTexts.For(candidates, path, asked, opened.ReadPassages(), parsed.GetValue(depth));
            if (parsed.GetValue(threads) is { } count) Torch.Threads = count;
            var folder = parsed.GetRequiredValue(model);
            var tokenizer = TokenizerLoader.FromFolder(folder);
            using var crossEncoder = CrossEncoder.Load(folder, options);
            VocabularyFit.Require(folder, tokenizer, crossEncoder.Model.Encoder.Config);
            crossEncoder.Model.To(place);
            var reranker = new Reranker(crossEncoder, tokenizer, new RerankOptions
            {
                Depth = parsed.GetValue(depth),
                MaxLength = parsed.GetValue(maxLength) ?? Math.Min(DefaultMaxLength, crossEncoder.MaxTokens),
                Tag = "cross-encoder",
            });
            var effective = new JsonObject
            {
                ["depth"] = parsed.GetValue(depth),
                ["max_length"] = parsed.GetValue(maxLength) ?? Math.Min(DefaultMaxLength, crossEncoder.MaxTokens),
                ["precision"] = PrecisionChoice.Resolve(options.Precision, place.Kind).ToString().ToLowerInvariant(),
                ["device"] = place.ToString(),
                ["threads"] = Torch.Threads,
                ["libtorch"] = Torch.Version,
            };
            RunInput[] inputs =
            [
                RunInput.OfFile("collection", opened.CorpusPath), RunInput.OfFile("queries", parsed.GetValue(queries) ?? opened.QueriesPath!),
                RunInput.OfStage("model", folder), RunInput.OfRun(path),
            ];
            var file = parsed.GetRequiredValue(output);
            RunManifest.Write(file, Rerank(reranker, candidates, texts, file, token), "rerank", effective, inputs);
            return Task.FromResult(0);
        });
        return command;
    }

    private static Run Rerank(Reranker reranker, Run candidates, CandidateTexts texts, string output, CancellationToken token)
    {
        using var progress = new StageProgress("Scored", "pairs");
        var reranked = reranker.Rerank(candidates, texts, progress, token);
        TrecRun.Write(output, reranked);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Wrote {Amount.Of(reranked.EntryCount, "passage")} for {Amount.Of(reranked.QueryIds.Count, "query")} to {output} in {progress.Elapsed.TotalSeconds:F1} s."));
        return reranked;
    }
}
