using System.CommandLine;
using System.Text.Json.Nodes;
using Dragoman.Cli.Reports;
using Dragoman.Cli.Searching;
using Dragoman.Cli.Vectors;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Parallel;
using Dragoman.Collections.Storage;
using Dragoman.Evaluation.Reports;
using Dragoman.Models.Encoders;
using Dragoman.Tensors;
using Dragoman.Training.Diagnostics;

namespace Dragoman.Cli.Commands;

/// <summary><c>diagnose</c>: whether a bi-encoder's vectors have collapsed, why, and what to do; over a collection or over parallel text.</summary>
internal static class DiagnoseCommand
{
    internal static Command Create()
    {
        var defaults = new DiagnosisOptions();
        var model = new Argument<string>("MODEL") { Description = "Encoder folder." };
        var collection = new Argument<string?>("COLLECTION") { Description = "Collection folder with queries and judgements that the encoder was not trained on.", Arity = ArgumentArity.ZeroOrOne };
        var split = new Option<string?>("--split") { Description = "Which judgements; needed when the collection holds several splits.", HelpName = "SPLIT" };
        var queries = new Option<int>("--queries") { Description = "Most queries to look at.", HelpName = "N", DefaultValueFactory = _ => defaults.Queries };
        WholeNumber.Require(queries, 2, 100_000, "must be from 2 to 100000");
        var passages = new Option<int>("--passages") { Description = "Most passages to look at, beside those that answer the queries.", HelpName = "N", DefaultValueFactory = _ => defaults.Passages };
        WholeNumber.Require(passages, 0, 1_000_000, "must be from 0 to 1000000");
        var seed = new Option<int>("--seed") { Description = "Seed of the draw.", HelpName = "N", DefaultValueFactory = _ => defaults.Seed };
        var html = new Option<string?>("--html") { Description = "Also write a page with pictures: histograms of cosines, spectrum, languages on a plane.", HelpName = "FILE" };
        var parallel = new Option<string?>("--parallel") { Description = "In place of a collection: parallel text, JSON lines or TSV with language columns, to find each text's translation.", HelpName = "FILE" };
        var skip = new Option<int>("--skip") { Description = "Rows of --parallel to leave out at the beginning.", HelpName = "N" };
        WholeNumber.Require(skip, 0, int.MaxValue, "must be 0 or more");
        var pairs = new Option<string[]>("--pairs") { Description = "Language pairs of --parallel, query language first: \"zh>kk\" \"ru>kk\".", AllowMultipleArgumentsPerToken = true, HelpName = "FROM>TO" };
        var json = new Option<bool>("--json") { Description = "Print JSON in place of tables." };
        var (precision, device, threads) = (ModelOptions.Precision(), ModelOptions.Device(), ModelOptions.Threads());
        var command = new Command("diagnose", "Looks whether a bi-encoder's vectors have collapsed: cosines, AUC, ranks, isotropy, traces of language; with alarms, likely cause and cure.")
            { model, collection, split, queries, passages, seed, html, parallel, skip, pairs, json, precision, device, threads };
        command.SetAction((parsed, token) =>
        {
            var (folder, text) = (parsed.GetValue(collection), parsed.GetValue(parallel));
            var problems = Problems(folder, text, parsed.GetValue(pairs) ?? [], parsed.GetValue(skip) > 0, parsed.GetValue(split), parsed.GetValue(html)).ToList();
            if (problems.Count > 0) throw new ConfigurationException("diagnose", problems);
            if (parsed.GetValue(html) is { } page) OutputPath.RequireFile(page);
            if (parsed.GetValue(threads) is { } count) Torch.Threads = count;
            using var encoder = PlacedEncoder.Load(parsed.GetRequiredValue(model), ModelOptions.PrecisionOf(parsed.GetValue(precision)), ModelOptions.DeviceOf(parsed.GetValue(device)));
            if (text is not null)
            {
                Translations(encoder, text, parsed.GetValue(skip), [.. (parsed.GetValue(pairs) ?? []).SelectMany(pair => pair.Split(',')).Select(Pair)], parsed.GetValue(json));
                return Task.FromResult(0);
            }
            var options = new DiagnosisOptions { Split = parsed.GetValue(split), Queries = parsed.GetValue(queries), Passages = parsed.GetValue(passages), Seed = parsed.GetValue(seed) };
            var diagnosis = EncoderDiagnostics.Measure(encoder, parsed.GetRequiredValue(model), Collection.Open(folder!), options, Console.Error.WriteLine, token);
            if (parsed.GetValue(json)) Console.Out.WriteLine(DiagnosisJson.Of(diagnosis).ToJsonString(StageFolder.Indented));
            else DiagnosisTables.Print(diagnosis);
            if (parsed.GetValue(html) is { } target)
            {
                AtomicFile.WriteText(target, writer => HtmlReport.Write(writer, DiagnosisReport.Make(diagnosis, TimeProvider.System.GetUtcNow(), ShellWords.CommandLine(parsed))));
                Console.Error.WriteLine($"Pictures: {target}");
            }
            return Task.FromResult(0);
        });
        return command;
    }

    private static IEnumerable<string> Problems(string? collection, string? parallel, string[] pairs, bool skip, string? split, string? html)
    {
        if (collection is null && parallel is null) yield return "what to look at is missing; name a collection (dragoman diagnose MODEL COLLECTION) or --parallel FILE.";
        if (collection is not null && parallel is not null) yield return "a collection and --parallel are both given; name one.";
        if (parallel is not null && pairs.Length == 0) yield return "--parallel needs --pairs, such as \"zh>kk\".";
        if (parallel is null && pairs.Length > 0) yield return "--pairs belongs to --parallel; a collection's judgements say which texts belong together.";
        if (parallel is null && skip) yield return "--skip belongs to --parallel; --split, --queries and --passages choose from a collection.";
        if (parallel is not null && split is not null) yield return "--split belongs to a collection; --skip and --pairs choose from --parallel.";
        if (parallel is not null && html is not null) yield return "--html needs a collection; --parallel prints numbers only.";
    }

    private static void Translations(ITextEncoder encoder, string path, int skip, IReadOnlyList<(string From, string To)> pairs, bool json)
    {
        var rows = new HeldOutRows([.. ParallelText.Read(path).Skip(skip).Select(row => row.Texts)]);
        var measures = SentenceRetrieval.Measure(encoder, rows, pairs);
        var measured = measures["sentence_retrieval"]!.AsArray();
        if (measured.Count < pairs.Count)
        {
            var missing = pairs.Where(pair => !measured.Any(found => (string)found!["from"]! == pair.From && (string)found["to"]! == pair.To)).Select(pair => $"{pair.From}>{pair.To}");
            throw new DragomanException($"{path}: {string.Join(", ", missing)} cannot be measured, as fewer than two rows{(skip > 0 ? $" after the first {skip}" : "")} have texts in both languages; name languages that the file has, as it spells them.");
        }
        if (json) Console.Out.WriteLine(measures.ToJsonString(StageFolder.Indented));
        else DiagnosisTables.Print(measured);
        foreach (var pair in measured)
        {
            foreach (var alarm in pair!["alarms"]!.AsArray()) Console.Error.WriteLine($"Alarm, {(string)pair["from"]!}>{(string)pair["to"]!}: {(string)alarm!}");
        }
    }

    private static (string From, string To) Pair(string text)
    {
        var languages = text.Split('>', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return languages.Length == 2 ? (languages[0], languages[1]) : throw new ConfigurationException("--pairs", [$"\"{text}\" is not a pair of languages; write it as \"zh>kk\"."]);
    }
}
