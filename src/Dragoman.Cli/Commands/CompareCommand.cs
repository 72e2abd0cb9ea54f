using System.CommandLine;
using Dragoman.Cli.Comparing;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Evaluation;
using Dragoman.Evaluation.Measures;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman compare</c>: which differences between runs are real.</summary>
internal static class CompareCommand
{
    internal static Command Create()
    {
        var defaults = new ComparisonOptions();
        var qrels = new Option<string>("--qrels") { Description = "Judgements: TREC (query iteration passage grade) or BEIR tsv; may be gzip-compressed.", Required = true, HelpName = "QRELS" };
        var baseline = new Option<string[]>("--baseline") { Description = "TREC run to compare with: RUN or NAME=RUN; several, or RUN,RUN, are runs of one system with different seeds.", Required = true, HelpName = "RUN", AllowMultipleArgumentsPerToken = true };
        var runs = new Option<string[]>("--run") { Description = "System to compare: RUN or NAME=RUN; NAME=RUN,RUN,RUN for its runs with different seeds. Give one or more.", Required = true, HelpName = "RUN", AllowMultipleArgumentsPerToken = true };
        var measures = new Option<string[]>("--measure", "--measures") { Description = "Measures to compare in; all tests together are corrected as one family.", HelpName = "MEASURE", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["nDCG@10"] };
        var byQuery = new Option<bool>("--by-query") { Description = "Also print queries: the largest gains and losses, or all of them as tsv (instead of the summary) or json." };
        var complete = new Option<bool>("--complete") { Description = "Count judged queries that no run has too, as 0; without it, those that at least one run has." };
        var level = new Option<int>("--relevance-level") { Description = "The lowest grade that counts as relevant (trec_eval -l).", HelpName = "GRADE", DefaultValueFactory = _ => 1 };
        var depth = new Option<int?>("--depth") { Description = "Look at this many passages of each query only (trec_eval -M).", HelpName = "N" };
        var alpha = new Option<double>("--alpha") { Description = "Accepted chance of a false alarm; intervals cover 1 - alpha.", HelpName = "P", DefaultValueFactory = _ => defaults.Alpha };
        var power = new Option<double>("--power") { Description = "Chance of finding the minimal detectable difference.", HelpName = "P", DefaultValueFactory = _ => defaults.Power };
        var correction = new Option<string>("--correction") { Description = "How to correct for several systems and measures.", DefaultValueFactory = _ => "holm" };
        correction.AcceptOnlyFromAmong("holm", "bonferroni", "none");
        var permutations = new Option<int>("--permutations") { Description = "Random sign assignments, when 2^20 are not enough for all.", HelpName = "N", DefaultValueFactory = _ => defaults.Permutations };
        var resamples = new Option<int>("--resamples") { Description = "Bootstrap resamples of an interval.", HelpName = "N", DefaultValueFactory = _ => defaults.Resamples };
        var seed = new Option<int>("--seed") { Description = "Where random numbers start; the same seed gives the same output on any number of threads.", HelpName = "N", DefaultValueFactory = _ => defaults.Seed };
        var threads = new Option<int?>("--threads") { Description = "Threads to use; one a core by default.", HelpName = "N" };
        var format = new Option<string>("--format") { Description = "How to print: rounded, or all digits as tsv and JSON.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "tsv", "json");
        var command = new Command("compare", "Tells which differences between runs are real: paired tests, intervals, effect sizes, wins and losses.")
        {
            qrels, baseline, runs, measures, byQuery, complete, level, depth, alpha, power, correction, permutations, resamples, seed, threads, format,
        };
        command.SetAction(parsed =>
        {
            var evaluation = new EvaluationOptions { RelevanceLevel = parsed.GetValue(level), Depth = parsed.GetValue(depth), Complete = parsed.GetValue(complete) };
            var options = new ComparisonOptions
            {
                Alpha = parsed.GetValue(alpha), Power = parsed.GetValue(power), Correction = Enum.Parse<Correction>(parsed.GetRequiredValue(correction), ignoreCase: true),
                Permutations = parsed.GetValue(permutations), Resamples = parsed.GetValue(resamples), Seed = parsed.GetValue(seed), Threads = parsed.GetValue(threads),
            };
            var wanted = MeasureParser.ParseAll(string.Join(' ', parsed.GetRequiredValue(measures)));
            List<SystemArgument> named = [SystemArgument.Join(parsed.GetRequiredValue(baseline)), .. parsed.GetRequiredValue(runs).Select(SystemArgument.Parse)];
            var counts = wanted.Where(measure => measure.IsCount).Select(measure => $"{measure} is a count; compare takes measures that are averaged over queries.");
            if (evaluation.Problems().Concat(options.Problems()).Concat(counts).Concat(ComparedSystems.Problems(named)).ToList() is { Count: > 0 } problems) throw new ConfigurationException("compare", problems);

            var scores = Scores(parsed.GetRequiredValue(qrels), named, wanted, evaluation);
            var comparisons = SystemComparer.Compare(scores, options);
            foreach (var warning in ComparisonWarnings.OfComparisons(comparisons, options)) Warn(warning);
            var counted = evaluation.Complete ? "all that are judged" : "judged, and in at least one run";
            ComparisonReport.Print(scores, comparisons, options, counted, parsed.GetValue(byQuery), parsed.GetRequiredValue(format));
            return 0;
        });
        return command;
    }

    private static List<MeasureScores> Scores(string qrelsPath, IReadOnlyList<SystemArgument> named, IReadOnlyList<Measure> measures, EvaluationOptions options)
    {
        var qrels = QrelsFile.Read(qrelsPath);
        var systems = ComparedSystems.Read(named);
        var runs = systems.SelectMany(system => system.Paths.Zip(system.Runs)).ToList();
        var results = SharedQueries.Evaluate(qrels, [.. runs.Select(run => run.Second)], measures, options);
        for (var i = 0; i < runs.Count; i++) Require(qrels, qrelsPath, runs[i], results[i]);
        for (var i = 0; i < runs.Count; i++)
            foreach (var warning in ComparisonWarnings.OfRun(runs[i].First, runs[i].Second.QueryIds.Count, results[i], options.Complete)) Warn(warning);
        foreach (var warning in ComparisonWarnings.OfQueries(results[0].QueryIds.Count, qrels.QueryIds.Count)) Warn(warning);

        var scores = measures.Select(measure =>
        {
            var rest = results.AsEnumerable();
            var bySystem = systems.Select(system =>
            {
                var own = SystemScores.From(system.Name, [.. rest.Take(system.Runs.Count)], measure);
                rest = rest.Skip(system.Runs.Count);
                return own;
            }).ToList();
            return new MeasureScores(measure.Name, bySystem[0], bySystem[1..]);
        }).ToList();
        foreach (var warning in ComparisonWarnings.OfRuns(systems, scores)) Warn(warning);
        return scores;
    }

    private static void Require(Qrels qrels, string qrelsPath, (string Path, Run Run) run, EvaluationResult result)
    {
        if (result.QueriesOnlyInRun == run.Run.QueryIds.Count)
            throw new DragomanException($"{run.Path} and {qrelsPath} have no query in common (the first ids are {run.Run.QueryIds[0]} and {qrels.QueryIds[0]}); do they belong together?");
    }

    private static void Warn(string text) => Console.Error.WriteLine("warning: " + text);
}
