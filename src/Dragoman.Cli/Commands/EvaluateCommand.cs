using System.CommandLine;
using Dragoman.Cli.Reports;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Storage;
using Dragoman.Evaluation;
using Dragoman.Evaluation.Guards;
using Dragoman.Evaluation.Languages;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman evaluate</c>: measures of runs against judgements, as trec_eval 9.0.8 computes them, with warnings where a number would not stand up.</summary>
internal static class EvaluateCommand
{
    internal static Command Create()
    {
        var qrels = new Option<string>("--qrels") { Description = "Judgements: TREC (query iteration passage grade), BEIR tsv or CLIRMatrix; may be gzip-compressed.", Required = true, HelpName = "QRELS" };
        var iteration = TopicOptions.Iteration();
        var runs = new Option<string[]>("--run") { Description = "One or more runs: TREC, MS MARCO or Patapsco; may be gzip-compressed.", Required = true, HelpName = "RUN", AllowMultipleArgumentsPerToken = true };
        var measures = new Option<string[]>("--measures")
        {
            Description = $"Measures, in one argument or several, in ir_measures' spelling, parameters included (\"AP(rel=2)@100\"): {MeasureParser.Known}.",
            HelpName = "MEASURES",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [MeasureParser.Default],
        };
        var byQuery = new Option<bool>("--by-query") { Description = "Also print the values of every query (trec_eval -q)." };
        var byLanguage = new Option<bool>("--by-language") { Description = "Also measure the passages of each language by themselves; needs --collection." };
        var collections = new Option<string[]>("--collection") { Description = "Collection folder that gives the languages of passages and queries, for PEER, LPR and --by-language, and tells passages that it lacks; may be repeated.", HelpName = "DIR", AllowMultipleArgumentsPerToken = true };
        var complete = new Option<bool>("--complete") { Description = "Average over all judged queries, 0 for those that the run lacks (trec_eval -c)." };
        var judgedOnly = new Option<bool>("--judged-only") { Description = "Take passages that were not judged out of the rankings first (trec_eval -J)." };
        var level = new Option<int>("--relevance-level") { Description = "The lowest grade that counts as relevant (trec_eval -l).", HelpName = "GRADE", DefaultValueFactory = _ => 1 };
        var depth = new Option<int?>("--depth") { Description = "Look at this many passages of each query only (trec_eval -M).", HelpName = "N" };
        var format = new Option<string>("--format") { Description = "How to print: values to four decimals, or all digits as JSON.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "tsv", "json");
        var command = new Command("evaluate", "Computes the measures of runs: trec_eval 9.0.8's numbers under ir_measures' names.")
        {
            qrels, iteration, runs, measures, byQuery, byLanguage, collections, complete, judgedOnly, level, depth, format,
        };
        command.SetAction(parsed =>
        {
            var wanted = MeasureParser.ParseAll(string.Join(' ', parsed.GetValue(measures)!));
            var options = new EvaluationOptions
            {
                RelevanceLevel = parsed.GetValue(level), Depth = parsed.GetValue(depth), Complete = parsed.GetValue(complete), JudgedOnly = parsed.GetValue(judgedOnly),
            };
            if (Problems(options, wanted, parsed.GetValue(collections)!, parsed.GetValue(byLanguage)) is { Count: > 0 } problems) throw new ConfigurationException("evaluate", problems);
            var languages = Languages(parsed.GetValue(collections)!);
            var evaluated = Evaluate(parsed.GetValue(qrels)!, parsed.GetValue(iteration), parsed.GetValue(runs)!, wanted, options, languages, parsed.GetValue(byLanguage));
            MeasureReport.Print(evaluated, parsed.GetValue(byQuery), parsed.GetValue(format)!);
            return 0;
        });
        return command;
    }

    private static List<string> Problems(EvaluationOptions options, IReadOnlyList<Measure> measures, string[] collections, bool byLanguage)
    {
        var problems = options.Problems().ToList();
        if (collections.Length > 0) return problems;
        if (byLanguage) problems.Add("--by-language needs the passages' languages; name their collection with --collection DIR.");
        problems.AddRange(measures.Where(measure => measure.NeedsLanguages).Select(measure => $"{measure} needs the passages' languages; name their collection with --collection DIR."));
        return problems;
    }

    private static LanguageMap? Languages(string[] collections) => collections.Length == 0 ? null : LanguageMap.Of(collections.Select(Collection.Open));

    private static List<EvaluatedRun> Evaluate(string qrelsPath, string? iteration, string[] runPaths, IReadOnlyList<Measure> measures, EvaluationOptions options, LanguageMap? languages, bool byLanguage)
    {
        var qrels = QrelsFile.Read(qrelsPath, new QrelsOptions { Iteration = iteration });
        var evaluated = new List<EvaluatedRun>();
        foreach (var path in runPaths)
        {
            var whole = byLanguage ? RunFile.Read(path) : null;
            var result = whole is null ? Evaluator.Evaluate(qrels, path, measures, options, languages) : Evaluator.Evaluate(qrels, whole, measures, options, languages);
            var facts = result.Run!;
            if (facts.Queries == 0)
            {
                if (!options.Complete) throw new DragomanException($"{path} holds no passages, so that no query counts; count judged queries without passages as 0 with --complete.");
                Console.Error.WriteLine($"warning: {path}: the run holds no passages, so that every query counts as 0.");
            }
            else if (result.QueriesOnlyInRun == facts.Queries)
                throw new DragomanException($"{path} and {qrelsPath} have no query in common (the first ids are {facts.AnyQueryId} and {qrels.QueryIds[0]}); do they belong together?");
            var warnings = Guard.CheckAll(new GuardInput { Qrels = qrels, Result = result, Options = options, Manifest = Manifest(path) });
            foreach (var warning in warnings) Console.Error.WriteLine($"warning: {path}: {warning.Text}");
            var rows = whole is null ? [] : LanguageBreakdown.Evaluate(qrels, whole, measures, options, languages!);
            evaluated.Add(new EvaluatedRun(path, facts.Tag, result) { Warnings = warnings, Languages = rows });
        }
        return evaluated;
    }

    private static RunManifest? Manifest(string path)
    {
        var manifest = ManifestOfRun.Read(path, out var warning);
        if (warning is not null) Console.Error.WriteLine("warning: " + warning);
        return manifest;
    }
}
