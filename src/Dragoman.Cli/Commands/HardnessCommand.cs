using System.CommandLine;
using System.Globalization;
using Dragoman.Cli.Reports;
using Dragoman.Cli.Searching;
using Dragoman.Collections;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Storage;
using Dragoman.Evaluation;
using Dragoman.Evaluation.Guards;
using Dragoman.Evaluation.Measures;
using Dragoman.Models;
using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Retrieval.Reranking;
using Dragoman.Tensors;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman hardness</c>: one cross-encoder on random, on retrieved and on fully retrieved candidates, side by side.</summary>
internal static class HardnessCommand
{
    private const int DefaultMaxLength = 256;
    private static readonly EvaluationOptions AllJudgedQueries = new() { Complete = true };

    internal static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Cross-encoder folder.", Required = true, HelpName = "DIR" };
        var collection = new Option<string>("--collection") { Description = "The collection folder.", Required = true, HelpName = "DIR" };
        var split = new Option<string?>("--split") { Description = "Split of the judgements.", HelpName = "test" };
        var run = new Option<string>("--run") { Description = "A first stage's run for its queries.", Required = true, HelpName = "RUN" };
        var size = new Option<int?>("--size") { Description = "Candidates of every query, 100 by default.", HelpName = "N" };
        var seed = new Option<int>("--seed") { Description = "Seed of the draws.", HelpName = "N", DefaultValueFactory = _ => 42 };
        var measures = new Option<string[]>("--measures") { Description = "Measures, in one argument or several.", HelpName = "MEASURES", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["RR@10 nDCG@10 R@100"] };
        var maxLength = new Option<int?>("--max-length") { Description = $"Longest query and passage together in tokens; {DefaultMaxLength} by default, or the most the model reads.", HelpName = "N" };
        var (precision, threads) = (ModelOptions.Precision(), ModelOptions.Threads());
        WholeNumber.RequirePositive(size);
        WholeNumber.RequirePositive(maxLength);
        var command = new Command("hardness", "Measures a cross-encoder on random, on retrieved and on fully retrieved candidates: how much of its number is due to easy candidates.")
        {
            model, collection, split, run, size, seed, measures, maxLength, precision, threads,
        };
        command.SetAction((parsed, token) =>
        {
            var wanted = MeasureParser.ParseAll(string.Join(' ', parsed.GetValue(measures)!));
            var opened = Collection.Open(parsed.GetRequiredValue(collection));
            var qrels = opened.ReadQrels(parsed.GetValue(split));
            var languages = opened.ReadPassages().ToDictionary(passage => passage.Id, passage => passage.Language, StringComparer.Ordinal);
            var sets = HardnessSets.Of(RunFile.Read(parsed.GetRequiredValue(run)), qrels, languages, parsed.GetValue(size) ?? 100, parsed.GetValue(seed));
            if (parsed.GetValue(threads) is { } count) Torch.Threads = count;
            var folder = parsed.GetRequiredValue(model);
            var tokenizer = TokenizerLoader.FromFolder(folder);
            using var crossEncoder = CrossEncoder.Load(folder, new CrossEncoderOptions { Precision = ModelOptions.PrecisionOf(parsed.GetValue(precision)) });
            VocabularyFit.Require(folder, tokenizer, crossEncoder.Model.Encoder.Config);
            var reranker = new Reranker(crossEncoder, tokenizer, new RerankOptions { MaxLength = parsed.GetValue(maxLength) ?? Math.Min(DefaultMaxLength, crossEncoder.MaxTokens), Tag = "cross-encoder" });
            var rows = new[] { ("random", sets.Random), ("retrieved", sets.Retrieved), ("full", sets.Full) }
                .Select(set => Row(set.Item1, set.Item2, reranker, opened, parsed.GetRequiredValue(run), qrels, wanted, token)).ToList();
            TextTable.Print(["candidates", "a query", "relevant in them", .. wanted.Select(measure => measure.Name)], rows, leftColumns: 1);
            Console.Out.WriteLine("random: all relevant passages and random ones; retrieved: all relevant ones and the first stage's best others; full: the first stage's, what it missed counted as missed.");
            if (ModelSelection.OfModelOrNull(folder) is { } selection) Warn(folder, selection, qrels, sets.Full, wanted);
            return Task.FromResult(0);
        });
        return command;
    }

    private static string[] Row(string name, Run candidates, Reranker reranker, Collection collection, string runName, Qrels qrels, IReadOnlyList<Measure> measures, CancellationToken token)
    {
        var texts = CandidateTexts.For(candidates, runName, collection.ReadQueries(), collection.ReadPassages(), null);
        using var progress = new StageProgress("Scored", "pairs");
        var result = Evaluator.Evaluate(qrels, reranker.Rerank(candidates, texts, progress, token), measures, AllJudgedQueries);
        var relevant = qrels.QueryIds.Sum(id => qrels.Judgements(id).Count(judgement => judgement.Grade > 0));
        var there = qrels.QueryIds.Sum(id =>
        {
            var offered = candidates.Ranking(id).Select(passage => passage.PassageId).ToHashSet(StringComparer.Ordinal);
            return qrels.Judgements(id).Count(judgement => judgement.Grade > 0 && offered.Contains(judgement.PassageId));
        });
        return
        [
            name, ((double)candidates.EntryCount / qrels.QueryIds.Count).ToString("F1", CultureInfo.InvariantCulture),
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
