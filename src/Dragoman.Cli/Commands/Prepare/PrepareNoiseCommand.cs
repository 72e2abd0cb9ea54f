using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Beir;
using Dragoman.Collections.Storage;
using Dragoman.Training.Sampling.Noise;

namespace Dragoman.Cli.Commands.Prepare;

/// <summary><c>dragoman prepare noise</c>: a collection whose training judgements are damaged on purpose.</summary>
internal static class PrepareNoiseCommand
{
    internal static Command Create()
    {
        var collection = new Option<string>("--collection") { Description = "The collection folder.", Required = true, HelpName = "DIR" };
        var output = new Option<string>("--output") { Description = "The collection folder to make; noise.tsv in it tells every change.", Required = true, HelpName = "DIR" };
        var split = new Option<string>("--split") { Description = "The judgements to damage; the other splits stay as they are.", HelpName = "train", DefaultValueFactory = _ => "train" };
        var mismatched = Share("--mismatched", "Share of the queries that get, in the place of their positives, a passage of the same language that answers another query.");
        var hidden = Share("--hidden", "Share of the positives that are taken out, of queries with several in a language; one stays.");
        var jitter = Share("--jitter", "Share of the positive grades that move by one, up or down, between 1 and the greatest grade.");
        var seed = new Option<int>("--seed") { Description = "Seed of the draws; with one seed, what is damaged at a share is damaged at every greater one.", HelpName = "N", DefaultValueFactory = _ => 42 };
        var command = new Command("noise", "Damages training judgements on purpose, to measure what training or a filter makes of it; dev and test stay as they are.") { collection, output, split, mismatched, hidden, jitter, seed };
        command.SetAction(parsed =>
        {
            if (new[] { mismatched, hidden, jitter }.All(option => parsed.GetValue(option) is null)) throw new ConfigurationException("prepare noise", ["say what to damage: --mismatched, --hidden or --jitter with a share."]);
            var options = new NoiseOptions { Mismatched = parsed.GetValue(mismatched) ?? 0, Hidden = parsed.GetValue(hidden) ?? 0, Jitter = parsed.GetValue(jitter) ?? 0, Seed = parsed.GetValue(seed) };
            if (options.Problems().ToList() is { Count: > 0 } problems) throw new ConfigurationException("prepare noise", problems);
            Prepare(parsed.GetRequiredValue(collection), parsed.GetRequiredValue(output), parsed.GetRequiredValue(split), options);
            return 0;
        });
        return command;
    }

    private static Option<double?> Share(string name, string description) => new(name) { Description = description, HelpName = "SHARE" };

    private static void Prepare(string folder, string output, string split, NoiseOptions options)
    {
        var collection = Collection.Open(folder);
        if (Path.GetFullPath(output).TrimEnd('/') == Path.GetFullPath(folder).TrimEnd('/')) throw new ConfigurationException("--output", [$"{output} is the collection itself; name another folder, as the true judgements are still needed."]);
        var (judgements, damagedPath) = (collection.ReadQrels(split), collection.QrelsPath(split));
        using var stage = StageFolder.Begin(output);
        var languages = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var passage in collection.ReadPassages()) languages.Add(passage.Id, passage.Language);
        var noise = LabelNoise.Inject(judgements, languages, options);

        var others = collection.Splits.Where(other => other != split).Select(other => collection.QrelsPath(other));
        foreach (var path in new[] { collection.CorpusPath, collection.QueriesPath }.Concat(others).OfType<string>()) Copy(path, folder, stage.WorkingPath);
        BeirQrels.Write(Path.Combine(stage.WorkingPath, "qrels", split + ".tsv"), noise.Judgements);
        NoiseFile.Write(Path.Combine(stage.WorkingPath, NoiseFile.Name), noise.Changes);
        stage.Complete(
            new JsonObject { ["stage"] = "prepare", ["format"] = "noise", ["collection"] = folder, ["split"] = split, ["mismatched"] = options.Mismatched, ["hidden"] = options.Hidden, ["jitter"] = options.Jitter, ["seed"] = options.Seed },
            new JsonObject
            {
                ["dragoman"] = typeof(Collection).Assembly.GetName().Version?.ToString(3),
                ["inputs"] = new JsonObject { ["corpus"] = Fingerprint.OfFile(collection.CorpusPath), ["judgements"] = Fingerprint.OfFile(damagedPath) },
                ["queries"] = noise.Queries,
                ["mismatchedQueries"] = noise.MismatchedQueries,
                ["accompaniedPositives"] = noise.Accompanied,
                ["changes"] = new JsonObject(Enum.GetValues<NoiseKind>().Select(kind => KeyValuePair.Create<string, JsonNode?>(kind.ToString().ToLowerInvariant(), noise.Count(kind)))),
            });
        Report(output, split, noise);
        if (noise.Changes.Count == 0 && options.Mismatched + options.Hidden + options.Jitter > 0)
            Console.Error.WriteLine("warning: nothing was damaged: there are too few queries for such shares, or none has two positives of a language, one of which could be hidden.");
    }

    private static void Report(string output, string split, InjectedNoise noise)
    {
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{output}: of {Amount.Of(noise.Queries, "query")} in {split}, {noise.MismatchedQueries:N0} answered by a passage of another query; {noise.Count(NoiseKind.Hidden):N0} of {Amount.Of(noise.Accompanied, "positive")} with company hidden; {noise.Count(NoiseKind.Jitter):N0} grades moved. {NoiseFile.Name} tells which."));
    }

    private static void Copy(string path, string from, string to)
    {
        var target = Path.Combine(to, Path.GetRelativePath(from, path));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(path, target);
    }
}
