using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Cli.Searching;
using Dragoman.Collections;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Formats.Beir;
using Dragoman.Collections.Storage;
using Dragoman.Retrieval.Translators;
using Dragoman.Retrieval.Translators.Caching;
using Dragoman.Retrieval.Translators.Passages;

namespace Dragoman.Cli.Commands.Prepare;

/// <summary>Translates a collection or a file of queries, and counts what became of it.</summary>
/// <param name="translator">Translates.</param>
/// <param name="options">What, and into which language.</param>
/// <param name="effective">The translator as a manifest records it.</param>
/// <param name="sources">The folder or file behind the translator.</param>
internal sealed class CollectionTranslation(ITranslator translator, PassageTranslatorOptions options, JsonObject effective, RunInput[] sources)
{
    private const int MostNamed = 100, MostShown = 5;
    private readonly List<string> _failed = [];
    private readonly SortedDictionary<string, int> _translated = new(StringComparer.Ordinal), _kept = new(StringComparer.Ordinal);
    private int _failures;

    internal async Task RunAsync(string folder, string output, CancellationToken cancellationToken)
    {
        var collection = Collection.Open(folder);
        using var stage = StageFolder.Begin(output);
        var work = Translator();
        var total = await CountAsync(work, collection.ReadPassages().Select(passage => passage.Language), cancellationToken).ConfigureAwait(false);
        using (var progress = new CountdownProgress("Translated", "passages", total))
            MachineTranslations.WritePassages(Path.Combine(stage.WorkingPath, "corpus.jsonl"), Counted(work.Translate(collection.ReadPassages(), cancellationToken), progress));
        if (collection.QueriesPath is not null) BeirQueries.Write(Path.Combine(stage.WorkingPath, "queries.jsonl"), collection.ReadQueries());
        foreach (var split in collection.Splits) BeirQrels.Write(Path.Combine(stage.WorkingPath, "qrels", split + ".tsv"), collection.ReadQrels(split));
        stage.Complete(Configuration("collection", folder), Manifest("corpus", collection.CorpusPath));
        Report(output, "passages");
    }

    internal async Task RunOnQueriesAsync(string path, string output, CancellationToken cancellationToken)
    {
        OutputPath.RequireFile(output);
        var language = options.From is { Count: 1 } only ? only.First() : null;
        var queries = QueriesFile.Read(path, new QueryOptions { Language = language }).ToList();
        var work = Translator();
        await CountAsync(work, queries.Select(query => query.Language), cancellationToken).ConfigureAwait(false);
        using (var progress = new CountdownProgress("Translated", "queries", queries.Count))
        {
            var translated = Counted(work.Translate(queries.Select(query => new Passage(query.Id, "", query.Text, query.Language)), cancellationToken), progress);
            MachineTranslations.WriteQueries(output, translated.Select(query => (new Query(query.Passage.Id, query.Passage.Text, query.Passage.Language), query.Mark)));
        }
        var manifest = Configuration("queries", path);
        foreach (var (name, value) in Manifest("queries", path).ToList()) manifest[name] = value?.DeepClone();
        AtomicFile.WriteText(output + RunManifest.Suffix, writer => writer.WriteLine(manifest.ToJsonString(StageFolder.Indented)));
        Report(output, "queries");
    }

    private PassageTranslator Translator() => new(translator, options) { OnFailure = Note };

    private void Note(string id, string problem)
    {
        _failures++;
        if (_failed.Count < MostNamed) _failed.Add(id);
        if (_failures <= MostShown) Console.Error.WriteLine($"warning: {id} {problem}; it stays as it was.");
    }

    /// <summary>Counts the languages before anything is translated, so that an hour's work does not end at one that cannot be.</summary>
    private static async Task<int> CountAsync(PassageTranslator work, IEnumerable<string> languages, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var language in languages) counts[language] = counts.GetValueOrDefault(language) + 1;
        await work.RequireAsync(counts, cancellationToken).ConfigureAwait(false);
        return counts.Values.Sum();
    }

    private IEnumerable<(Passage Passage, MachineTranslation? Mark)> Counted(IEnumerable<(Passage Passage, MachineTranslation? Mark)> passages, CountdownProgress progress)
    {
        var done = 0;
        foreach (var passage in passages)
        {
            var (counts, language) = passage.Mark is { } mark ? (_translated, mark.Language) : (_kept, passage.Passage.Language);
            counts[language] = counts.GetValueOrDefault(language) + 1;
            if (++done % options.Batch == 0) progress.Report(done); // passages come batch by batch
            yield return passage;
        }
    }

    private JsonObject Configuration(string role, string path) => new()
    {
        ["stage"] = "prepare",
        ["format"] = "translation",
        [role] = path,
        ["to"] = options.To,
        ["from"] = options.From is null ? null : new JsonArray([.. options.From.Select(language => (JsonNode)language)]),
        ["translation"] = effective.DeepClone(),
    };

    private JsonObject Manifest(string role, string path)
    {
        var inputs = new JsonObject { [role] = Fingerprint.OfFile(path) };
        foreach (var source in sources) inputs[source.Role] = source.Fingerprint;
        return new JsonObject
        {
            ["dragoman"] = typeof(Collection).Assembly.GetName().Version?.ToString(3),
            ["inputs"] = inputs,
            [TranslatedCollection.Member] = TranslatedCollection.Mark(translator, options.To),
            ["translated"] = Counts(_translated),
            ["kept"] = Counts(_kept),
            ["failed"] = _failures,
            ["failedIds"] = new JsonArray([.. _failed.Select(id => (JsonNode)id)]),
        };
    }

    private static JsonObject Counts(SortedDictionary<string, int> counts) => new(counts.Select(count => KeyValuePair.Create<string, JsonNode?>(count.Key, count.Value)));

    private void Report(string output, string noun)
    {
        var cached = translator is CachingTranslator cache ? string.Create(CultureInfo.InvariantCulture, $" {cache.Kept:N0} of {cache.Kept + cache.Asked:N0} texts had been translated before.") : "";
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{output}: {_translated.Values.Sum():N0} {noun} translated into {options.To}, {_kept.Values.Sum():N0} as they were.{cached}"));
        if (_failures == 0) return;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"warning: {_failures:N0} {noun} could not be translated and stay as they were, in their own language: {string.Join(", ", _failed.Take(MostShown))}{(_failures > MostShown ? ", …" : "")}."));
    }
}
