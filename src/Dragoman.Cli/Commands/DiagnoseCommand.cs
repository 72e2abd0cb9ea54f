using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Cli.Reports;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Parallel;
using Dragoman.Collections.Storage;
using Dragoman.Models.Encoders;
using Dragoman.Training.Diagnostics;

namespace Dragoman.Cli.Commands;

/// <summary><c>diagnose</c>: whether a bi-encoder's vectors have collapsed, and how well it finds translations.</summary>
internal static class DiagnoseCommand
{
    private static readonly string[] Columns = ["recall@1", "auc", "positive_cosine", "negative_cosine", "mean_cosine", "uniformity", "effective_rank", "isoscore", "partition_isotropy", "language_bias", "language_accuracy"];

    internal static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Encoder folder.", Required = true, HelpName = "DIR" };
        var parallel = new Option<string>("--parallel") { Description = "Parallel text that the encoder was not trained on: JSON lines or TSV with language columns.", Required = true, HelpName = "FILE" };
        var skip = new Option<int>("--skip") { Description = "Rows to leave out at the beginning.", HelpName = "N" };
        var pairs = new Option<string[]>("--pairs") { Description = "Language pairs, query language first: \"zh>kk\" \"ru>kk\".", Required = true, AllowMultipleArgumentsPerToken = true, HelpName = "FROM>TO" };
        var format = new Option<string>("--format") { Description = "table or json.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json");
        var command = new Command("diagnose", "Measures sentence retrieval and looks for collapse: cosines, uniformity, ranks, isotropy, traces of language; with alarms.") { model, parallel, skip, pairs, format };
        command.SetAction((parsed, _) => Task.FromResult(Diagnose(
            parsed.GetRequiredValue(model), parsed.GetRequiredValue(parallel), parsed.GetValue(skip), [.. parsed.GetRequiredValue(pairs).SelectMany(text => text.Split(',')).Select(Pair)], parsed.GetValue(format) == "json")));
        return command;
    }

    private static int Diagnose(string model, string path, int skip, IReadOnlyList<(string From, string To)> pairs, bool json)
    {
        if (skip < 0) throw new ConfigurationException("--skip", [$"{skip} is negative; use 0 or more."]);
        using var encoder = EncoderLoader.FromFolder(model);
        var rows = new HeldOutRows([.. ParallelText.Read(path).Skip(skip).Select(row => row.Texts)]);
        var measures = SentenceRetrieval.Measure(encoder, rows, pairs);
        var measured = measures["sentence_retrieval"]!.AsArray();
        if (measured.Count < pairs.Count)
        {
            var missing = pairs.Where(pair => !measured.Any(found => (string)found!["from"]! == pair.From && (string)found["to"]! == pair.To)).Select(pair => $"{pair.From}>{pair.To}");
            throw new DragomanException($"{path}: fewer than two rows after the first {skip} have both languages of {string.Join(", ", missing)}.");
        }
        if (json) Console.Out.WriteLine(measures.ToJsonString(StageFolder.Indented));
        else PrintTable(measured);
        foreach (var pair in measured)
        {
            foreach (var alarm in pair!["alarms"]!.AsArray()) Console.Error.WriteLine($"Alarm, {(string)pair["from"]!}>{(string)pair["to"]!}: {(string)alarm!}");
        }
        return 0;
    }

    private static void PrintTable(JsonArray pairs) => TextTable.Print(
        ["pair", "rows", .. Columns.Select(column => column.Replace('_', ' '))],
        [.. pairs.Select(pair => (string[])[$"{pair!["from"]}>{pair["to"]}", $"{pair["pairs"]}", .. Columns.Select(column => ((double)pair[column]!).ToString("0.000", CultureInfo.InvariantCulture))])],
        1);

    private static (string From, string To) Pair(string text)
    {
        var languages = text.Split('>', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return languages.Length == 2 ? (languages[0], languages[1]) : throw new ConfigurationException("--pairs", [$"\"{text}\" is not a pair of languages; write it as \"zh>kk\"."]);
    }
}
