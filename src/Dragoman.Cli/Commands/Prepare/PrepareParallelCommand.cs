using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Beir;
using Dragoman.Collections.Formats.Parallel;
using Dragoman.Collections.Storage;

namespace Dragoman.Cli.Commands.Prepare;

/// <summary><c>dragoman prepare parallel</c>: parallel text as a collection, where a sentence's translation is its relevant passage.</summary>
internal static class PrepareParallelCommand
{
    internal static Command Create()
    {
        var input = new Option<string[]>("--input") { Description = "Files of parallel text: JSON lines or TSV with a header of languages.", Required = true, HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
        var from = new Option<string>("--from") { Description = "Language of the queries.", Required = true, HelpName = "zh" };
        var to = new Option<string>("--to") { Description = "Language of the passages.", Required = true, HelpName = "kk" };
        var output = new Option<string>("--output") { Description = "The collection folder to make.", Required = true, HelpName = "DIR" };
        var dev = new Option<int>("--dev") { Description = "Pairs held out as split dev, spread evenly; the others are split train.", HelpName = "N", DefaultValueFactory = _ => 200 };
        var command = new Command("parallel", "Parallel text as a retrieval set: relevant is the translation. Adds the pairs of split train as parallel.tsv.") { input, from, to, output, dev };
        command.SetAction(parsed =>
        {
            Prepare(parsed.GetRequiredValue(input), Language("--from", parsed.GetRequiredValue(from)), Language("--to", parsed.GetRequiredValue(to)),
                parsed.GetRequiredValue(output), parsed.GetValue(dev));
            return 0;
        });
        return command;
    }

    private static void Prepare(string[] inputs, string from, string to, string output, int dev)
    {
        if (from == to) throw new ConfigurationException("prepare parallel", [$"--from and --to are both {from}; name two languages."]);
        if (dev < 0) throw new ConfigurationException("prepare parallel", [$"--dev is {dev}; use 0 or more."]);
        var pairs = Pairs(inputs, from, to).ToList();
        if (dev >= pairs.Count) throw new ConfigurationException("prepare parallel", [$"--dev is {dev}, but there are {pairs.Count} distinct pairs of {from} and {to}; use less, and check the languages."]);
        var (train, held) = (new QrelsBuilder(), new QrelsBuilder());
        var every = dev == 0 ? int.MaxValue : pairs.Count / dev;
        bool IsDev(int pair) => pair % every == 0 && pair / every < dev;
        for (var pair = 0; pair < pairs.Count; pair++) (dev > 0 && IsDev(pair) ? held : train).Add(Id(from, pair), Id(to, pair), 1);
        var splits = new Dictionary<string, Qrels>(StringComparer.Ordinal) { ["train"] = train.Build() };
        if (dev > 0) splits["dev"] = held.Build();
        using var stage = StageFolder.Begin(output);
        BeirFolder.Write(stage.WorkingPath, pairs.Select((pair, at) => new Passage(Id(to, at), "", pair.To, to)), pairs.Select((pair, at) => new Query(Id(from, at), pair.From, from)), splits);
        AtomicFile.WriteText(Path.Combine(stage.WorkingPath, "parallel.tsv"), writer =>
        {
            writer.WriteLine($"{from}\t{to}");
            for (var pair = 0; pair < pairs.Count; pair++)
                if (dev == 0 || !IsDev(pair)) writer.WriteLine($"{pairs[pair].From}\t{pairs[pair].To}");
        });
        stage.Complete(
            new JsonObject { ["stage"] = "prepare", ["format"] = "parallel", ["from"] = from, ["to"] = to, ["dev"] = dev },
            new JsonObject
            {
                ["dragoman"] = typeof(Collection).Assembly.GetName().Version?.ToString(3),
                ["inputs"] = new JsonObject(inputs.Select(path => KeyValuePair.Create<string, JsonNode?>(Path.GetFileName(path), Fingerprint.OfFile(path)))),
                ["pairs"] = pairs.Count,
            });
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{output}: {Amount.Of(pairs.Count, "pair")}, {dev} of them held out as dev."));
    }

    /// <summary>Pairs whose texts have not been seen on either side, so that no unmarked translation is left among the passages.</summary>
    private static IEnumerable<(string From, string To)> Pairs(string[] inputs, string from, string to)
    {
        var (seenFrom, seenTo) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var row in inputs.SelectMany(ParallelText.Read))
        {
            if (!row.Texts.TryGetValue(from, out var source) || !row.Texts.TryGetValue(to, out var target)) continue;
            var (left, right) = (OneLine(source), OneLine(target));
            if (left.Length == 0 || right.Length == 0 || seenFrom.Contains(left) || seenTo.Contains(right)) continue;
            seenFrom.Add(left);
            seenTo.Add(right);
            yield return (left, right);
        }
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Id(string language, int pair) => string.Create(CultureInfo.InvariantCulture, $"parallel-{language}-{pair:000000}");

    private static string Language(string option, string tag) => LanguageShape.Normalise(tag) ?? throw new ConfigurationException(option, [LanguageShape.Problem(tag)]);
}
