using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Beir;
using Dragoman.Collections.Formats.Xquad;
using Dragoman.Collections.Storage;

namespace Dragoman.Cli.Commands.Prepare;

/// <summary><c>dragoman prepare xquad</c>: questions in some languages, paragraphs in others, split by article into train, dev and test.</summary>
internal static class PrepareXquadCommand
{
    internal static Command Create()
    {
        var input = new Option<string>("--input") { Description = "The folder with xquad.LANGUAGE.json.", Required = true, HelpName = "DIR" };
        var from = new Option<string[]>("--from") { Description = "Languages of the questions, separated by commas.", Required = true, HelpName = "zh", AllowMultipleArgumentsPerToken = true };
        var to = new Option<string[]>("--to") { Description = "Languages of the paragraphs, separated by commas.", Required = true, HelpName = "en,ru", AllowMultipleArgumentsPerToken = true };
        var output = new Option<string>("--output") { Description = "The collection folder to make.", Required = true, HelpName = "DIR" };
        var command = new Command("xquad", "XQuAD as a retrieval set: relevant is the paragraph with the question.") { input, from, to, output };
        command.SetAction(parsed =>
        {
            Prepare(parsed.GetValue(input)!, Languages("--from", parsed.GetValue(from)!), Languages("--to", parsed.GetValue(to)!), parsed.GetValue(output)!);
            return 0;
        });
        return command;
    }

    private static void Prepare(string input, List<string> from, List<string> to, string output)
    {
        var set = XquadCollection.Read(input, from, to);
        using var stage = StageFolder.Begin(output);
        BeirFolder.Write(stage.WorkingPath, set.Passages, set.Queries, set.Qrels);
        var files = from.Concat(to).Distinct(StringComparer.Ordinal).Select(language => XquadCollection.PathOf(input, language));
        var config = new JsonObject { ["stage"] = "prepare", ["format"] = "xquad", ["from"] = Array(from), ["to"] = Array(to) };
        var manifest = new JsonObject
        {
            ["dragoman"] = typeof(XquadCollection).Assembly.GetName().Version?.ToString(3),
            ["inputs"] = new JsonObject(files.Select(path => KeyValuePair.Create<string, JsonNode?>(Path.GetFileName(path), Fingerprint.OfFile(path)))),
            ["passages"] = set.Passages.Count,
            ["queries"] = set.Queries.Count,
            ["judgements"] = new JsonObject(set.Qrels.Select(split => KeyValuePair.Create<string, JsonNode?>(split.Key, split.Value.JudgementCount))),
        };
        stage.Complete(config, manifest);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{output}: {Amount.Of(set.Passages.Count, "passage")}, {Amount.Of(set.Queries.Count, "query")}; judgements: {string.Join(", ", set.Qrels.Select(split => $"{split.Key} {split.Value.JudgementCount}"))}."));
    }

    private static List<string> Languages(string option, string[] values)
    {
        var languages = values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal).ToList();
        var problems = languages.Where(tag => LanguageShape.Normalise(tag) is null).Select(LanguageShape.Problem).ToList();
        if (languages.Count == 0) problems.Add("no language is named.");
        return problems.Count == 0 ? languages : throw new ConfigurationException(option, problems);
    }

    private static JsonArray Array(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);
}
