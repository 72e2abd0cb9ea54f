using System.CommandLine;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Evaluation.Checks;

namespace Dragoman.Cli.Commands.Data;

/// <summary><c>dragoman data check</c>: finds what spoils experiments in a collection.</summary>
internal static class DataCheckCommand
{
    internal static Command Create()
    {
        var defaults = new CheckOptions { Identifier = null };
        var collection = new Argument<string>("COLLECTION") { Description = "Collection folder: corpus.jsonl, and where there are any queries.jsonl and qrels." };
        var against = new Option<string?>("--against") { Description = "Another collection that this one must share no texts with: test data against training data.", HelpName = "COLLECTION" };
        var runs = new Option<string[]>("--run") { Description = "Runs or candidate lists (TREC) to check against the collection.", HelpName = "RUN", AllowMultipleArgumentsPerToken = true };
        var near = new Option<double>("--near-duplicate") { Description = "Least similarity (Jaccard, of character n-grams) of near-duplicates, above 0.5, at most 1.", HelpName = "S", DefaultValueFactory = _ => defaults.NearDuplicate };
        var longest = new Option<int>("--long-characters") { Description = "From how many characters on a passage is very long.", HelpName = "N", DefaultValueFactory = _ => defaults.LongCharacters };
        var languages = new Option<bool>("--skip-languages") { Description = "Do not compare language labels with texts." };
        var examples = new Option<int>("--examples") { Description = "How many examples of each finding to show.", HelpName = "N", DefaultValueFactory = _ => defaults.Examples };
        var seed = new Option<int>("--seed") { Description = "Seed of the hash functions that find candidates for near-duplicates.", HelpName = "N", DefaultValueFactory = _ => defaults.Seed };
        var format = new Option<string>("--format") { Description = "How to print.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json");
        var failOn = new Option<string>("--fail-on") { Description = "From which severity on the command exits with 1.", DefaultValueFactory = _ => "error" };
        failOn.AcceptOnlyFromAmong("warning", "error", "never");
        var command = new Command("check", """
            Finds what spoils experiments: duplicate ids, judgements of what is not there, splits that share queries or nearly the same texts, wrong language labels, damaged text.
            Exits with 0 when there is no finding of the severity of --fail-on, with 1 when there is.
            """)
        {
            collection, against, runs, near, longest, languages, examples, seed, format, failOn,
        };
        command.SetAction((parsed, token) =>
        {
            var options = new CheckOptions
            {
                Examples = parsed.GetValue(examples), NearDuplicate = parsed.GetValue(near), LongCharacters = parsed.GetValue(longest), Seed = parsed.GetValue(seed),
                Identifier = parsed.GetValue(languages) ? null : Text.Languages.Identification.LanguageIdentifier.Shipped,
            };
            RequireUsable(options);
            var other = parsed.GetValue(against) is { } folder ? Collection.Open(folder) : null;
            var report = CollectionCheck.Run(Collection.Open(parsed.GetRequiredValue(collection)), options, other, parsed.GetValue(runs), token);
            if (parsed.GetValue(format) == "json") CheckReportWriter.WriteJson(report);
            else CheckReportWriter.WriteTable(report);
            return Task.FromResult(IsSerious(report, parsed.GetValue(failOn)!) ? 1 : 0);
        });
        return command;
    }

    // The options under the names that were typed.
    private static void RequireUsable(CheckOptions options)
    {
        var problems = options.Problems().Select(problem => problem
            .Replace("NearDuplicate", "--near-duplicate", StringComparison.Ordinal).Replace("LongCharacters", "--long-characters", StringComparison.Ordinal).Replace("Examples", "--examples", StringComparison.Ordinal)).ToList();
        if (problems.Count > 0) throw new ConfigurationException("data check", problems);
    }

    private static bool IsSerious(CheckReport report, string failOn) => failOn switch
    {
        "warning" => report.Worst >= CheckSeverity.Warning,
        "error" => report.Worst == CheckSeverity.Error,
        _ => false,
    };
}
