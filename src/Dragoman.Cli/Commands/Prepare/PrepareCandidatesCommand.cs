using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;
using Dragoman.Retrieval.Reranking;

namespace Dragoman.Cli.Commands.Prepare;

/// <summary><c>dragoman prepare candidates</c>: a run filled up to one number of passages a query, as the source experiments test.</summary>
internal static class PrepareCandidatesCommand
{
    internal static Command Create()
    {
        var run = new Option<string>("--run") { Description = "The run to cut and to fill up: BM25's.", Required = true, HelpName = "RUN" };
        var collection = new Option<string>("--collection") { Description = "The collection folder.", Required = true, HelpName = "DIR" };
        var split = new Option<string?>("--split") { Description = "Split of the judgements; its queries get candidates.", HelpName = "test" };
        var size = new Option<int>("--size") { Description = "Candidates of every query.", HelpName = "N", DefaultValueFactory = _ => 100 };
        var seed = new Option<int>("--seed") { Description = "Seed of the draws.", HelpName = "N", DefaultValueFactory = _ => 42 };
        var output = new Option<string>("--output") { Description = "TREC run to write; its manifest names the passages that are fill.", Required = true, HelpName = "RUN" };
        size.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < 1) result.AddError("--size must be 1 or more.");
        });
        var command = new Command("candidates", "A run filled up with random passages that are not relevant, to exactly as many for every judged query. Easy candidates: for comparison with such experiments only.") { run, collection, split, size, seed, output };
        command.SetAction(parsed =>
        {
            var (file, path) = (parsed.GetRequiredValue(output), parsed.GetRequiredValue(run));
            OutputPath.RequireFile(file);
            var opened = Collection.Open(parsed.GetRequiredValue(collection));
            var qrels = opened.QrelsPath(parsed.GetValue(split));
            var languages = opened.ReadPassages().ToDictionary(passage => passage.Id, passage => passage.Language, StringComparer.Ordinal);
            var filled = FilledCandidates.Of(RunFile.Read(path), QrelsFile.Read(qrels), languages, parsed.GetValue(size), parsed.GetValue(seed));
            TrecRun.Write(file, filled.Run);
            var drawn = filled.Fill.Values.Sum(ids => ids.Count);
            var effective = new JsonObject
            {
                ["size"] = parsed.GetValue(size),
                ["seed"] = parsed.GetValue(seed),
                ["filled"] = drawn,
                ["fill"] = new JsonObject(filled.Fill.Select(query => KeyValuePair.Create<string, JsonNode?>(query.Key, new JsonArray([.. query.Value.Select(id => (JsonNode)id)])))),
            };
            RunManifest.Write(file, filled.Run, "prepare", effective, [RunInput.OfRun(path), RunInput.OfFile("collection", opened.CorpusPath), RunInput.OfFile("judgements", qrels)]);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Wrote {Amount.Of(filled.Run.EntryCount, "candidate")} of {Amount.Of(filled.Run.QueryIds.Count, "query")} to {file}; {drawn:N0} are random fill ({(double)drawn / filled.Run.EntryCount:P0}), named in {file}{RunManifest.Suffix}."));
            return 0;
        });
        return command;
    }
}
