using System.CommandLine;
using System.Globalization;
using Dragoman.Cli.Reports;
using Dragoman.Cli.Searching;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Storage;
using Dragoman.Evaluation;
using Dragoman.Evaluation.Guards;
using Dragoman.Evaluation.Measures;
using Dragoman.Retrieval.Reranking;
using Dragoman.Tensors;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman hardness</c>: one cross-encoder or bi-encoder on random, on retrieved and on fully retrieved candidates, side by side.</summary>
internal static class HardnessCommand
{
    private const int DefaultSize = 100;
    private static readonly EvaluationOptions AllJudgedQueries = new() { Complete = true };

    internal static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Folder of a cross-encoder or a bi-encoder.", Required = true, HelpName = "DIR" };
        var collection = new Option<string>("--collection") { Description = "The collection folder.", Required = true, HelpName = "DIR" };
        var split = new Option<string?>("--split") { Description = "Split of the judgements.", HelpName = "test" };
        var run = new Option<string?>("--run") { Description = "A first stage's run for its queries; a bi-encoder takes what it finds itself without one.", HelpName = "RUN" };
        var size = new Option<int?>("--size") { Description = $"Candidates of every query, {DefaultSize} by default.", HelpName = "N" };
        var seed = new Option<int>("--seed") { Description = "Seed of the draws.", HelpName = "N", DefaultValueFactory = _ => 42 };
        var measures = new Option<string[]>("--measures") { Description = "Measures, in one argument or several.", HelpName = "MEASURES", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["RR@10 nDCG@10 R@100"] };
        var maxLength = new Option<int?>("--max-length") { Description = $"Longest query and passage of a cross-encoder together in tokens; {HardnessModel.DefaultMaxLength} by default, or the most the model reads.", HelpName = "N" };
        var (precision, device, threads) = (ModelOptions.Precision(), ModelOptions.Device(), ModelOptions.Threads());
        WholeNumber.RequirePositive(size);
        WholeNumber.RequirePositive(maxLength);
        var command = new Command("hardness", "Measures a cross-encoder or bi-encoder on random, on retrieved and on fully retrieved candidates: how much of its number is due to easy candidates.")
        {
            model, collection, split, run, size, seed, measures, maxLength, precision, device, threads,
        };
        command.SetAction((parsed, token) =>
        {
            var wanted = MeasureParser.ParseAll(string.Join(' ', parsed.GetValue(measures)!));
            var opened = Collection.Open(parsed.GetRequiredValue(collection));
            var qrels = opened.ReadQrels(parsed.GetValue(split));
            var languages = opened.ReadPassages().ToDictionary(passage => passage.Id, passage => passage.Language, StringComparer.Ordinal);
            if (parsed.GetValue(threads) is { } count) Torch.Threads = count;
            var folder = parsed.GetRequiredValue(model);
            using var ranker = HardnessModel.Load(folder, ModelOptions.PrecisionOf(parsed.GetValue(precision)), ModelOptions.DeviceOf(parsed.GetValue(device)), parsed.GetValue(maxLength));
            if (ranker.Encoder is not null && parsed.GetValue(maxLength) is not null) throw new ConfigurationException("--max-length", ["it belongs to cross-encoders; a bi-encoder's folder says how long its texts may be."]);
            var runName = parsed.GetValue(run);
            if (ranker.Encoder is null && runName is null) throw new ConfigurationException("--run", [$"{folder} is a cross-encoder, which cannot search; name a first stage's run."]);
            var depth = parsed.GetValue(size) ?? DefaultSize;
            var found = ranker.Encoder is null ? null : Search(ranker, opened, qrels, languages, depth, token);
            var sets = HardnessSets.Of(runName is null ? found! : RunFile.Read(runName), qrels, languages, depth, parsed.GetValue(seed));
            var rows = new List<string[]>
            {
                Row("random", Rerank(sets.Random, ranker, opened, runName, token), qrels, wanted),
                Row("retrieved", Rerank(sets.Retrieved, ranker, opened, runName, token), qrels, wanted),
                Row("full", found ?? Rerank(sets.Full, ranker, opened, runName, token), qrels, wanted),
            };
            TextTable.Print(["candidates", "a query", "relevant in them", .. wanted.Select(measure => measure.Name)], rows, leftColumns: 1);
            Console.Out.WriteLine($"random: all relevant passages and random ones; retrieved: all relevant ones and the best others {(runName is null ? "that the model finds" : "of the first stage")}; "
                + $"full: {(found is null ? "the first stage's" : "what the model finds in the whole collection")}, what it missed counted as missed.");
            if (ModelSelection.OfModelOrNull(folder) is { } selection) Warn(folder, selection, qrels, found ?? sets.Full, wanted);
            return Task.FromResult(0);
        });
        return command;
    }

    private static Run Search(HardnessModel model, Collection collection, Qrels qrels, Dictionary<string, string> languages, int depth, CancellationToken token)
    {
        using var progress = new StageProgress("Searched", "passages");
        return model.Search(collection.ReadQueries(), collection.ReadPassages(), qrels, languages, depth, progress, token);
    }

    private static Run Rerank(Run candidates, HardnessModel model, Collection collection, string? runName, CancellationToken token)
    {
        var texts = CandidateTexts.For(candidates, runName ?? "the model's run", collection.ReadQueries(), collection.ReadPassages(), null);
        using var progress = new StageProgress("Scored", "pairs");
        return model.Rerank(candidates, texts, progress, token);
    }

    private static string[] Row(string name, Run ranked, Qrels qrels, IReadOnlyList<Measure> measures)
    {
        var result = Evaluator.Evaluate(qrels, ranked, measures, AllJudgedQueries);
        var relevant = qrels.QueryIds.Sum(id => qrels.Judgements(id).Count(judgement => judgement.Grade > 0));
        var there = qrels.QueryIds.Sum(id =>
        {
            var offered = ranked.Ranking(id).Select(passage => passage.PassageId).ToHashSet(StringComparer.Ordinal);
            return qrels.Judgements(id).Count(judgement => judgement.Grade > 0 && offered.Contains(judgement.PassageId));
        });
        return
        [
            name, ((double)ranked.EntryCount / qrels.QueryIds.Count).ToString("F1", CultureInfo.InvariantCulture),
            (relevant == 0 ? 0 : (double)there / relevant).ToString("P1", CultureInfo.InvariantCulture), .. measures.Select(measure => result[measure].ToString("F4", CultureInfo.InvariantCulture)),
        ];
    }

    private static void Warn(string folder, ModelSelection selection, Qrels qrels, Run run, IReadOnlyList<Measure> measures)
    {
        var input = new GuardInput { Qrels = qrels, Result = Evaluator.Evaluate(qrels, run, measures, AllJudgedQueries), Options = AllJudgedQueries, Selections = [selection] };
        foreach (var guard in new Guard[] { new SelectionGuard(), new ChosenOnTestGuard() })
            if (guard.Check(input) is { } warning) Console.Error.WriteLine($"warning: {folder}: {warning.Text}");
    }
}
