using System.CommandLine;
using Dragoman.Cli.Reports;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Evaluation;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman evaluate</c>: measures of runs against judgements, as trec_eval 9.0.8 computes them.</summary>
internal static class EvaluateCommand
{
    internal static Command Create()
    {
        var qrels = new Option<string>("--qrels") { Description = "Judgements: TREC (query iteration passage grade), BEIR tsv or CLIRMatrix; may be gzip-compressed.", Required = true, HelpName = "QRELS" };
        var runs = new Option<string[]>("--run") { Description = "One or more runs: TREC, MS MARCO or Patapsco; may be gzip-compressed.", Required = true, HelpName = "RUN", AllowMultipleArgumentsPerToken = true };
        var measures = new Option<string[]>("--measures")
        {
            Description = $"Measures, in one argument or several: {MeasureParser.Known}.",
            HelpName = "MEASURES",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [MeasureParser.Default],
        };
        var byQuery = new Option<bool>("--by-query") { Description = "Also print the values of every query (trec_eval -q)." };
        var complete = new Option<bool>("--complete") { Description = "Average over all judged queries, 0 for those that the run lacks (trec_eval -c)." };
        var level = new Option<int>("--relevance-level") { Description = "The lowest grade that counts as relevant (trec_eval -l).", HelpName = "GRADE", DefaultValueFactory = _ => 1 };
        var depth = new Option<int?>("--depth") { Description = "Look at this many passages of each query only (trec_eval -M).", HelpName = "N" };
        var format = new Option<string>("--format") { Description = "How to print: values to four decimals, or all digits as JSON.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "tsv", "json");
        var command = new Command("evaluate", "Computes the measures of runs: trec_eval 9.0.8's numbers under ir_measures' names.") { qrels, runs, measures, byQuery, complete, level, depth, format };
        command.SetAction(parsed =>
        {
            var wanted = MeasureParser.ParseAll(string.Join(' ', parsed.GetValue(measures)!));
            var options = new EvaluationOptions { RelevanceLevel = parsed.GetValue(level), Depth = parsed.GetValue(depth), Complete = parsed.GetValue(complete) };
            if (options.Problems().ToList() is { Count: > 0 } problems) throw new ConfigurationException("evaluate", problems);
            var evaluated = Evaluate(parsed.GetValue(qrels)!, parsed.GetValue(runs)!, wanted, options);
            MeasureReport.Print(evaluated, parsed.GetValue(byQuery), parsed.GetValue(format)!);
            return 0;
        });
        return command;
    }

    private static List<EvaluatedRun> Evaluate(string qrelsPath, string[] runPaths, IReadOnlyList<Measure> measures, EvaluationOptions options)
    {
        var qrels = QrelsFile.Read(qrelsPath);
        var evaluated = new List<EvaluatedRun>();
        foreach (var path in runPaths)
        {
            var run = RunFile.Read(path);
            var result = Evaluator.Evaluate(qrels, run, measures, options);
            if (result.QueriesOnlyInRun == run.QueryIds.Count)
                throw new DragomanException($"{path} and {qrelsPath} have no query in common (the first ids are {run.QueryIds[0]} and {qrels.QueryIds[0]}); do they belong together?");
            evaluated.Add(new EvaluatedRun(path, run.Tag, result));
            Warn(path, run, result, options);
        }
        return evaluated;
    }

    private static void Warn(string path, Run run, EvaluationResult result, EvaluationOptions options)
    {
        if (result.QueriesOnlyInRun > 0) Warning($"{path}: {result.QueriesOnlyInRun} of {run.QueryIds.Count} queries have no judgements and are left out.");
        if (result.QueriesOnlyInQrels > 0)
        {
            Warning($"{path}: {result.QueriesOnlyInQrels} judged queries are not in the run and " +
                (options.Complete ? "count as 0." : "are left out; '--complete' counts them as 0."));
        }
        if (result.ConstantScoreQueries > 0)
            Warning($"{path}: in {result.ConstantScoreQueries} of {result.QueryIds.Count} queries every score is the same, so the order is by passage id alone.");
    }

    private static void Warning(string text) => Console.Error.WriteLine("warning: " + text);
}
