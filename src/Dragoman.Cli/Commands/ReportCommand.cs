using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Cli.Reports;
using Dragoman.Cli.Searching;
using Dragoman.Collections.Errors;
using Dragoman.Evaluation;
using Dragoman.Evaluation.Measures;
using Dragoman.Evaluation.Reports;
using Dragoman.Evaluation.Significance;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman report</c>: runs compared in one page, with charts, queries to read, and where the numbers come from.</summary>
internal static class ReportCommand
{
    private const string SourceDateEpoch = "SOURCE_DATE_EPOCH", EvaluationTitle = "Evaluation report", TrainingTitle = "Training report";

    internal static Command Create()
    {
        var defaults = (Evaluation: new EvaluationOptions(), Comparison: new ComparisonOptions());
        var qrels = new Option<string?>("--qrels") { Description = "Judgements: TREC (query iteration passage grade), BEIR tsv or CLIRMatrix; may be gzip-compressed. Not needed for training curves alone.", HelpName = "QRELS" };
        var iteration = TopicOptions.Iteration();
        var runs = new Option<string[]>("--run") { Description = "System to show: RUN or NAME=RUN; NAME=RUN,RUN,RUN for its runs with different seeds. Give one or more; none for training curves alone.", HelpName = "RUN", AllowMultipleArgumentsPerToken = true };
        var baseline = new Option<string?>("--baseline") { Description = "The system that the others are held against: a name or a file among them, or a further run; the first by default.", HelpName = "RUN" };
        var measures = new Option<string[]>("--measures")
        {
            Description = "Measures, in one argument or several, as in 'dragoman evaluate'; the first decides which queries are shown.", HelpName = "MEASURES", AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [MeasureParser.Default],
        };
        var collection = new Option<string?>("--collection") { Description = "Collection folder, for texts and languages.", HelpName = "DIR" };
        var queries = new Option<string?>("--queries") { Description = "Queries as JSON lines, id<TAB>text or topics; the collection's own by default.", HelpName = "FILE" };
        var from = SearchOptions.From();
        from.Description = "Language of queries that carry none, or the one to choose of topics in several; a BCP 47 tag.";
        var (source, fields) = (TopicOptions.Source(), TopicOptions.Fields());
        var training = new Option<string[]>("--training") { Description = "Model folders that 'dragoman train' wrote, or their logs, for training curves.", HelpName = "DIR", AllowMultipleArgumentsPerToken = true };
        var output = new Option<string[]>("--output") { Description = "Where to: a page (.html), Markdown (.md), or a folder for both with the figures; may be given more than once.", Required = true, HelpName = "PATH", AllowMultipleArgumentsPerToken = true };
        var complete = new Option<bool>("--complete") { Description = "Count judged queries that no run has too, as 0; without it, those that at least one run has." };
        var judgedOnly = new Option<bool>("--judged-only") { Description = "Take passages that were not judged out of the rankings first (trec_eval -J)." };
        var level = new Option<int>("--relevance-level") { Description = "The lowest grade that counts as relevant.", HelpName = "GRADE", DefaultValueFactory = _ => defaults.Evaluation.RelevanceLevel };
        var depth = new Option<int?>("--depth") { Description = "Look at this many passages of each query only.", HelpName = "N" };
        var alpha = new Option<double>("--alpha") { Description = "The chance of a false alarm that is accepted; intervals cover the rest.", HelpName = "P", DefaultValueFactory = _ => defaults.Comparison.Alpha };
        var seed = new Option<int>("--seed") { Description = "Where the random numbers of tests and intervals start.", HelpName = "N", DefaultValueFactory = _ => defaults.Comparison.Seed };
        var show = new Option<int>("--show") { Description = "Queries in each list of queries to read.", HelpName = "N", DefaultValueFactory = _ => 5 };
        WholeNumber.Require(show, 0, 1000, "must be from 0 to 1000");
        var title = new Option<string>("--title") { Description = "The report's title.", HelpName = "TEXT", DefaultValueFactory = _ => EvaluationTitle };
        var date = new Option<string?>("--date") { Description = $"Date and time to print, such as 2026-11-22T08:00Z; by default that of {SourceDateEpoch}, or else now.", HelpName = "DATE" };
        var command = new Command("report", "Compares runs in one self-contained page: measures, significance, charts, queries to read, and where the numbers come from.")
            { qrels, iteration, runs, baseline, measures, collection, queries, from, source, fields, training, output, complete, judgedOnly, level, depth, alpha, seed, show, title, date };
        command.SetAction(parsed =>
        {
            var when = Date(parsed.GetValue(date));
            var commandLine = CommandLine(parsed, parsed.GetValue(date) is null ? when : null);
            var (judgements, compared, trained) = (parsed.GetValue(qrels), parsed.GetValue(runs) ?? [], parsed.GetValue(training) ?? []);
            if (judgements is null && compared.Length == 0 && trained.Length > 0)
            {
                var heading = parsed.GetRequiredValue(title);
                TrainingOnly(heading == EvaluationTitle ? TrainingTitle : heading, when, trained, commandLine, parsed.GetRequiredValue(output));
                return 0;
            }
            if (Missing(judgements, compared).ToList() is { Count: > 0 } missing) throw new ConfigurationException("report", missing);
            var request = new ReportRequest
            {
                Qrels = judgements!,
                Iteration = parsed.GetValue(iteration),
                Runs = compared,
                Baseline = parsed.GetValue(baseline),
                Measures = MeasureParser.ParseAll(string.Join(' ', parsed.GetRequiredValue(measures))),
                Evaluation = new EvaluationOptions { RelevanceLevel = parsed.GetValue(level), Depth = parsed.GetValue(depth), Complete = parsed.GetValue(complete), JudgedOnly = parsed.GetValue(judgedOnly) },
                Comparison = new ComparisonOptions { Alpha = parsed.GetValue(alpha), Seed = parsed.GetValue(seed) },
                Collection = parsed.GetValue(collection),
                Queries = parsed.GetValue(queries),
                QueryLanguage = parsed.GetRequiredValue(from),
                TopicSource = parsed.GetValue(source),
                TopicFields = parsed.GetValue(fields),
                Training = trained,
                Title = parsed.GetRequiredValue(title),
                Date = when,
                Command = commandLine,
                ShownQueries = parsed.GetValue(show),
            };
            if (request.Collection is null && request.Measures.Where(measure => measure.NeedsLanguages).Select(measure => $"{measure} needs the passages' languages; name their collection with --collection DIR.").ToList() is { Count: > 0 } problems)
                throw new ConfigurationException("report", problems);
            Report(request, parsed.GetRequiredValue(output));
            return 0;
        });
        return command;
    }

    private static IEnumerable<string> Missing(string? qrels, string[] runs)
    {
        if (qrels is null) yield return "--qrels is missing; name the judgements, or --training DIR alone for training curves.";
        if (runs.Length == 0) yield return "--run is missing; name one run or more, or --training DIR alone for training curves.";
    }

    private static void TrainingOnly(string title, DateTimeOffset date, string[] folders, string command, string[] paths)
    {
        var outputs = ReportOutput.Parse(paths);
        var training = ReportReader.ReadTraining(folders);
        var report = TrainingReport.Make(title, date, [.. training.Select(log => log.Curves)], [.. training.Select(ReportReader.SourceOf)], command);
        foreach (var warning in report.Sections[0].Blocks.OfType<ReportWarnings>().SelectMany(warnings => warnings.Texts)) Console.Error.WriteLine("warning: " + warning);
        foreach (var output in outputs)
        {
            output.Write(report, new JsonObject { ["command"] = command, ["date"] = date.ToString("O") }, [.. training.Select(ReportReader.SourceOf)]);
            Console.Out.WriteLine(output.Shown);
        }
    }

    private static void Report(ReportRequest request, string[] paths)
    {
        if (request.Evaluation.Problems().Concat(request.Comparison.Problems()).ToList() is { Count: > 0 } problems) throw new ConfigurationException("report", problems);
        var outputs = ReportOutput.Parse(paths);
        var input = ReportReader.Read(request);
        var report = EvaluationReport.Make(input);
        foreach (var warning in report.Sections[0].Blocks.OfType<ReportWarnings>().SelectMany(warnings => warnings.Texts)) Console.Error.WriteLine("warning: " + warning);
        foreach (var output in outputs)
        {
            output.Write(report, input);
            Console.Out.WriteLine(output.Shown);
        }
    }

    private static DateTimeOffset Date(string? given)
    {
        if (given is not null)
        {
            return DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date
                : throw new ConfigurationException("--date", [$"\"{given}\" is no date; write it as 2026-11-22 or 2026-11-22T08:00Z."]);
        }
        if (Environment.GetEnvironmentVariable(SourceDateEpoch) is not { Length: > 0 } epoch) return TimeProvider.System.GetUtcNow();
        return long.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new ConfigurationException(SourceDateEpoch, [$"\"{epoch}\" is not a number of seconds since 1970; set one or unset it."]);
    }

    /// <summary>The command line as typed, with the date that was used, so that running it again makes the same bytes.</summary>
    private static string CommandLine(ParseResult parsed, DateTimeOffset? date) =>
        date is { } used ? ShellWords.CommandLine(parsed, "--date", used.UtcDateTime.ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture)) : ShellWords.CommandLine(parsed);
}
