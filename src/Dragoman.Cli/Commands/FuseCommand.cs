using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;
using Dragoman.Retrieval.Fusion;

namespace Dragoman.Cli.Commands;

/// <summary><c>fuse</c>: several TREC runs to one.</summary>
internal static class FuseCommand
{
    private const string ByRank = "rrf", BySum = "sum";

    internal static Command Create()
    {
        var defaults = new FusionOptions();
        var runs = new Option<string[]>("--run") { Description = "TREC run to fuse; name at least two.", Required = true, HelpName = "RUN", AllowMultipleArgumentsPerToken = true };
        runs.Validators.Add(result =>
        {
            if (result.Tokens.Count < 2) result.AddError("fuse needs at least two runs: --run A --run B.");
        });
        var output = new Option<string>("--output") { Description = "TREC run to write.", Required = true, HelpName = "RUN" };
        var method = new Option<string>("--method") { Description = "rrf (reciprocal ranks) or sum (scores scaled to [0, 1]).", DefaultValueFactory = _ => ByRank };
        method.AcceptOnlyFromAmong(ByRank, BySum);
        var k = new Option<double>("--k") { Description = "The constant of reciprocal rank fusion.", HelpName = "K", DefaultValueFactory = _ => defaults.K };
        var depth = new Option<int>("--depth") { Description = "Passages per query.", HelpName = "N", DefaultValueFactory = _ => defaults.Depth };
        var command = new Command("fuse", "Fuses TREC runs into one; their order does not matter.") { runs, output, method, k, depth };
        command.SetAction(parsed => Fuse(parsed.GetRequiredValue(runs), parsed.GetRequiredValue(method), new FusionOptions { K = parsed.GetValue(k), Depth = parsed.GetValue(depth) }, parsed.GetRequiredValue(output)));
        return command;
    }

    private static int Fuse(string[] paths, string method, FusionOptions options, string output)
    {
        if (options.Problems().ToArray() is { Length: > 0 } problems) throw new ConfigurationException("fuse", problems);
        OutputPath.RequireFile(output);
        var runs = paths.Select(path => RunFile.Read(path)).ToArray();
        var fused = new RunBuilder(method);
        foreach (var query in runs.SelectMany(run => run.QueryIds).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var rankings = runs.Select(run => run.Ranking(query));
            fused.Add(query, method == ByRank ? ReciprocalRankFusion.Fuse(rankings, options) : NormalisedSumFusion.Fuse(rankings, options));
        }
        var built = fused.Build();
        var inputs = paths.Select(RunInput.OfRun).ToArray();                               // before the output, which may be one of them
        TrecRun.Write(output, built);
        var effective = new JsonObject { ["method"] = method, ["k"] = method == ByRank ? options.K : null, ["depth"] = options.Depth };
        RunManifest.Write(output, built, "fuse", effective, inputs);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Fused {runs.Length} runs by {method}: {Amount.Of(built.EntryCount, "passage")} for {Amount.Of(built.QueryIds.Count, "query")}, to {output}."));
        return 0;
    }
}
