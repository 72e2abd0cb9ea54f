using System.CommandLine;
using Dragoman.Cli.Commands.Encode;
using Dragoman.Cli.Vectors;
using Dragoman.Cli.Workers;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Models.Encoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman encode</c>: texts to vectors, a JSON line each; all of them, or the part that one of several workers makes.</summary>
internal static class EncodeCommand
{
    internal static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Encoder folder: BERT or XLM-R in Hugging Face layout, or a static encoder.", Required = true, HelpName = "DIR" };
        var input = new Option<string?>("--input") { Description = "JSON lines {\"id\", \"text\"}; may be gzip-compressed.", HelpName = "IN.jsonl" };
        var collection = new Option<string?>("--collection") { Description = "Instead of --input, a collection folder: its passages, title and text, as 'dragoman index' encodes them, for its --encoded.", HelpName = "DIR" };
        var output = new Option<string>("--output") { Description = "JSON lines {\"id\", \"vector\"} to write; gzip-compressed when the name ends in .gz.", Required = true, HelpName = "OUT.jsonl" };
        var pooling = new Option<string?>("--pooling") { Description = "How a transformer's token vectors become one: the first token's, their mean (the default), or the model's pooler." };
        pooling.AcceptOnlyFromAmong("cls", "mean", "pooler");
        var normalise = new Option<bool>("--normalize") { Description = "Scale each vector to length 1; a static encoder's and a collection's have it already." };
        var side = new Option<string?>("--side") { Description = "What the texts are, for models that tell them apart: query or passage. The model's prompt is put before each text, and its own pooling and length are used; without it, texts are encoded as they are." };
        side.AcceptOnlyFromAmong("query", "passage");
        var shard = new Option<string?>("--shard") { Description = "Encode only the part I of N, from 1, into a file of its own (OUT.I-of-N.jsonl), unless it is there; 'dragoman encode merge' joins the parts, and 'dragoman index --encoded' reads them.", HelpName = "I/N" };
        shard.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && TextShard.TryParse(token.Value, out var problem) is null) result.AddError($"--shard {problem}.");
        });
        var workers = new Option<int?>("--workers") { Description = "Encode with this many processes on this machine, each with its part of the threads, or a CUDA device of its own, and join what they made.", HelpName = "N" };
        WholeNumber.RequirePositive(workers);
        var (precision, device, threads) = (ModelOptions.Precision(), ModelOptions.Device(), ModelOptions.Threads());
        var command = new Command("encode", "Encodes texts into vectors, a JSON line each.") { model, input, collection, output, side, pooling, normalise, precision, device, threads, shard, workers };
        command.Subcommands.Add(EncodeMergeCommand.Create());
        command.Validators.Add(result =>
        {
            if (result.GetResult(input) is null == result.GetResult(collection) is null) result.AddError("Name the texts: either --input IN.jsonl or --collection DIR.");
            else if (result.GetResult(collection) is not null && (result.GetResult(pooling) is not null || result.GetResult(side) is { } named && named.Tokens is [{ Value: "query" }]))
                result.AddError("--collection encodes passages as an index does; leave --pooling and --side query out, or name texts with --input.");
            if (result.GetResult(shard) is not null && result.GetResult(workers) is not null) result.AddError("--workers makes the parts itself; leave --shard out, or start each part by yourself without --workers.");
        });
        command.SetAction((parsed, token) =>
        {
            var folder = parsed.GetValue(collection);
            var asked = new EncodeRequest(parsed.GetRequiredValue(model), parsed.GetValue(input), folder, parsed.GetRequiredValue(output), folder is null ? parsed.GetValue(side) : "passage", parsed.GetValue(pooling), folder is not null || parsed.GetValue(normalise),
                parsed.GetValue(precision) ?? "auto", parsed.GetValue(device), parsed.GetValue(threads), parsed.GetValue(CommandRunner.Verbose));
            return parsed.GetValue(workers) is { } count and > 1
                ? EncodeWorkers.RunAsync(asked, count, token)
                : Task.FromResult(Encode(asked, parsed.GetValue(shard) is { } part ? TextShard.TryParse(part, out _) : null, token));
        });
        return command;
    }

    private static int Encode(EncodeRequest asked, TextShard? shard, CancellationToken token)
    {
        StartedWorker.Watch();
        OutputPath.RequireFile(shard is null ? asked.Output : VectorParts.NameOf(asked.Output, shard));
        if (asked.Threads is { } count && Torch.IsAvailable) Torch.Threads = count;
        var texts = asked.Texts();
        Pooling? pooling = asked.Pooling switch { "cls" => Pooling.Cls, "pooler" => Pooling.Pooler, "mean" => Pooling.Mean, _ => null };
        EncodedSide? side = asked.Side switch { "query" => EncodedSide.Query, "passage" => EncodedSide.Passage, _ => null };
        using var source = VectorSources.Open(asked.Model, side, pooling, asked.Normalise, ModelOptions.PrecisionOf(asked.Precision), ModelOptions.DeviceOf(asked.Device));
        return new VectorJob(source, texts, asked.Output, shard).Run(token);
    }
}
