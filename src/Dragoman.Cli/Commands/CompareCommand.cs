using System.CommandLine;
using Dragoman.Cli.Comparing;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Evaluation;
using Dragoman.Evaluation.Languages;
using Dragoman.Evaluation.Measures;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman compare</c>: which differences between runs are real.</summary>
internal static class CompareCommand
{
    internal static Command Create()
    {
        var defaults = new ComparisonOptions();
        var qrels = new Option<string>("--qrels") { Description = "Judgements: TREC (query iteration passage grade), BEIR tsv or CLIRMatrix; may be gzip-compressed.", Required = true, HelpName = "QRELS" };
        var iteration = TopicOptions.Iteration();
        var baseline = new Option<string[]>("--baseline") { Description = "Run to compare with (TREC, MS MARCO or Patapsco): RUN or NAME=RUN; several, or RUN,RUN, are runs of one system with different seeds.", Required = true, HelpName = "RUN", AllowMultipleArgumentsPerToken = true };
        var runs = new Option<string[]>("--run") { Description = "System to compare: RUN or NAME=RUN; NAME=RUN,RUN,RUN for its runs with different seeds. Give one or more.", Required = true, HelpName = "RUN", AllowMultipleArgumentsPerToken = true };
        var measures = new Option<string[]>("--measure", "--measures") { Description = "Measures to compare in; all tests together are corrected as one family.", HelpName = "MEASURE", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["nDCG@10"] };
        var byQuery = new Option<bool>("--by-query") { Description = "Also print queries: the largest gains and losses, or all of them as tsv (instead of the summary) or json." };
        var collections = new Option<string[]>("--collection") { Description = "Collection folder that gives the languages of passages and queries, for PEER and LPR, and tells passages that it lacks; may be repeated.", HelpName = "DIR", AllowMultipleArgumentsPerToken = true };
        var topics = new Option<string?>("--topics") { Description = "File with the topic of each query (query, tab, topic): queries of a topic, such as its translations, are averaged and count as one.", HelpName = "FILE" };
        var complete = new Option<bool>("--complete") { Description = "Count judged queries that no run has too, as 0; without it, those that at least one run has." };
        var judgedOnly = new Option<bool>("--judged-only") { Description = "Take passages that were not judged out of the rankings first (trec_eval -J)." };
        var level = new Option<int>("--relevance-level") { Description = "The lowest grade that counts as relevant (trec_eval -l).", HelpName = "GRADE", DefaultValueFactory = _ => 1 };
        var depth = new Option<int?>("--depth") { Description = "Look at this many passages of each query only (trec_eval -M).", HelpName = "N" };
        var paired = new Option<bool>("--paired-runs") { Description = "The first run of each system and the first of the baseline have a seed in common, and so on: compare each such two. Without it, seeds of different systems have nothing in common." };
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
            qrels, iteration, baseline, runs, measures, byQuery, collections, topics, complete, judgedOnly, level, depth, paired, alpha, power, correction, permutations, resamples, seed, threads, format,
        };
        command.SetAction(parsed =>
        {
            var evaluation = new EvaluationOptions { RelevanceLevel = parsed.GetValue(level), Depth = parsed.GetValue(depth), Complete = parsed.GetValue(complete), JudgedOnly = parsed.GetValue(judgedOnly) };
            var options = new ComparisonOptions
            {
                Alpha = parsed.GetValue(alpha), Power = parsed.GetValue(power), Correction = Enum.Parse<Correction>(parsed.GetRequiredValue(correction), ignoreCase: true),
                Permutations = parsed.GetValue(permutations), Resamples = parsed.GetValue(resamples), Seed = parsed.GetValue(seed), Threads = parsed.GetValue(threads), PairedRuns = parsed.GetValue(paired),
            };
            var wanted = MeasureParser.ParseAll(string.Join(' ', parsed.GetRequiredValue(measures)));
            List<SystemArgument> named = [SystemArgument.Join(parsed.GetRequiredValue(baseline)), .. parsed.GetRequiredValue(runs).Select(SystemArgument.Parse)];
            var folders = parsed.GetValue(collections) ?? [];
            if (Problems(evaluation, options, wanted, named, folders) is { Count: > 0 } problems) throw new ConfigurationException("compare", problems);

            var languages = folders.Length == 0 ? null : LanguageMap.Of(folders.Select(Collection.Open));
            var compared = ComparedRuns.Evaluate(parsed.GetRequiredValue(qrels), parsed.GetValue(iteration), named, wanted, evaluation, languages, parsed.GetValue(topics) is { } file ? QueryTopics.Read(file) : null);
            var comparisons = SystemComparer.Compare(compared.Scores, options);
            var warnings = compared.Warnings.Concat(ComparisonWarnings.OfComparisons(comparisons, options)).ToList();
            foreach (var warning in warnings) Console.Error.WriteLine("warning: " + warning);
            var counted = evaluation.Complete ? "all that are judged" : "judged, and in at least one run";
            ComparisonReport.Print(compared, comparisons, options, warnings, counted, parsed.GetValue(byQuery), parsed.GetRequiredValue(format));
            return 0;
        });
        return command;
    }

    private static List<string> Problems(EvaluationOptions evaluation, ComparisonOptions options, IReadOnlyList<Measure> measures, List<SystemArgument> systems, string[] collections)
    {
        var counts = measures.Where(measure => measure.IsCount).Select(measure => $"{measure} is a count; compare takes measures that are averaged over queries.");
        var languages = measures.Where(measure => measure.NeedsLanguages && collections.Length == 0).Select(measure => $"{measure} needs the passages' languages; name their collection with --collection DIR.");
        return [.. evaluation.Problems(), .. options.Problems(), .. counts, .. languages, .. ComparedSystems.Problems(systems), .. options.PairedRuns ? ComparedSystems.Unpaired(systems) : []];
    }
}
