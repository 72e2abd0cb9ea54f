using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Formats.Beir;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;

namespace Dragoman.Cli.Commands.Prepare;

/// <summary>Turns files of documents, queries and judgements into a collection folder, and counts what does not fit together.</summary>
internal sealed record CollectionPreparation
{
    internal required IReadOnlyList<NamedFile> Documents { get; init; }

    internal required IReadOnlyList<NamedFile> Queries { get; init; }

    internal required IReadOnlyList<NamedFile> Qrels { get; init; }

    internal required PassageOptions Passages { get; init; }

    internal required QueryOptions Topics { get; init; }

    internal string? Iteration { get; init; }

    internal bool Candidates { get; init; }

    private TopicOptions.LeftOut LeftOut { get; } = new();

    internal void Run(string output)
    {
        using var stage = StageFolder.Begin(output);
        var splits = ReadQrels();
        var written = new IdTable();
        var languages = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var queryLanguages = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (passages, queries) = BeirFolder.Write(stage.WorkingPath, Counted(ReadPassages(), written, languages), Counted(ReadQueries(), queryLanguages), splits);
        var without = splits.ToDictionary(split => split.Key, split => Without(split.Value, written), StringComparer.Ordinal);
        if (Candidates) WriteCandidates(Path.Combine(stage.WorkingPath, "candidates.run"), splits.Values, written);
        stage.Complete(Configuration(), new JsonObject
        {
            ["dragoman"] = typeof(Collection).Assembly.GetName().Version?.ToString(3),
            ["inputs"] = Fingerprints(),
            ["passages"] = passages,
            ["passageLanguages"] = Counts(languages),
            ["queries"] = queries,
            ["queryLanguages"] = Counts(queryLanguages),
            ["topicsLeftOut"] = LeftOut.Count,
            ["judgements"] = Counts(splits.Select(split => KeyValuePair.Create(split.Key, split.Value.JudgementCount))),
            ["judgementsWithoutDocument"] = Counts(without),
        });
        Report(output, passages, queries, splits, without);
        LeftOut.Report();
        WarnOfUnknown("passages", languages, "--language kk");
        WarnOfUnknown("queries", queryLanguages, "--query-language zh");
    }

    private IEnumerable<Passage> ReadPassages()
    {
        var ids = new IdTable();
        foreach (var file in Documents)
        {
            var before = ids.Count;
            foreach (var passage in PassagesFile.Read(file.Path, Passages with { Language = file.Name }))
            {
                if (Documents.Count > 1 && ids.Add(passage.Id) < before)
                    throw new DataFormatException(file.Path, 0, $"the passage id {passage.Id} is already in another file; ids must be unique, so prepare the files as two collections.");
                yield return passage;
            }
        }
    }

    private IEnumerable<Query> ReadQueries()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Queries)
            foreach (var query in QueriesFile.Read(file.Path, Topics with { Language = file.Name, TopicLeftOut = LeftOut.Add }))
                yield return ids.Add(query.Id) ? query : throw new DataFormatException(file.Path, 0, $"the query id {query.Id} is already in another file; ids must be unique.");
    }

    private Dictionary<string, Qrels> ReadQrels()
    {
        // CLIRMatrix keeps queries and judgements in one file.
        var files = Qrels.Count > 0 ? Qrels : [.. Queries.Where(file => HoldsJudgements(file.Path)).Select(file => NamedFile.WithSplit(file.Path))];
        var splits = new Dictionary<string, Qrels>(StringComparer.Ordinal);
        foreach (var (split, path, named) in files)
        {
            if (split!.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.')))
                throw new ConfigurationException("--qrels", [$"the split '{split}' is no name for a file; use letters, digits and '-'."]);
            if (splits.ContainsKey(split!)) throw new ConfigurationException("--qrels", [$"two files are of the split '{split}'; name them, as in 'dev={path}'."]);
            splits[split!] = QrelsFile.Read(path, new QrelsOptions { Format = Topics.Format, Iteration = Iteration, Split = named ? split : null });
        }
        return splits;
    }

    private bool HoldsJudgements(string path) => Topics.Format == CollectionFormat.Clirmatrix
        || (Topics.Format is null && (path.EndsWith(".jl", StringComparison.Ordinal) || path.EndsWith(".jl.gz", StringComparison.Ordinal)));

    private static IEnumerable<Passage> Counted(IEnumerable<Passage> passages, IdTable ids, SortedDictionary<string, int> languages)
    {
        foreach (var passage in passages)
        {
            ids.Add(passage.Id);
            languages[passage.Language] = languages.GetValueOrDefault(passage.Language) + 1;
            yield return passage;
        }
    }

    private static IEnumerable<Query> Counted(IEnumerable<Query> queries, SortedDictionary<string, int> languages)
    {
        foreach (var query in queries)
        {
            languages[query.Language] = languages.GetValueOrDefault(query.Language) + 1;
            yield return query;
        }
    }

    private static int Without(Qrels qrels, IdTable passages)
    {
        var absent = new bool[qrels.Passages.Count];
        for (var passage = 0; passage < absent.Length; passage++) absent[passage] = passages.IndexOf(qrels.Passages.Utf8(passage)) < 0;
        var count = 0;
        for (var query = 0; query < qrels.QueryIds.Count; query++)
            foreach (var passage in qrels.PassagesAt(query)) count += absent[passage] ? 1 : 0;
        return count;
    }

    private static void WriteCandidates(string path, IEnumerable<Qrels> splits, IdTable passages)
    {
        var run = new RunBuilder("candidates");
        foreach (var qrels in splits)
            foreach (var queryId in qrels.QueryIds)
                foreach (var (passageId, _) in qrels.Judgements(queryId))
                    if (passages.IndexOf(passageId) >= 0) run.Add(queryId, passageId, 0);
        TrecRun.Write(path, run.Build());
    }

    private JsonObject Configuration() => new()
    {
        ["stage"] = "prepare",
        ["format"] = Passages.Format ?? "detected",
        ["documents"] = Names(Documents),
        ["queries"] = Names(Queries),
        ["qrels"] = Names(Qrels),
        ["topicSource"] = Topics.TopicSource,
        ["topicFields"] = new JsonArray([.. Topics.TopicFields.Select(field => (JsonNode)field.ToString().ToLowerInvariant())]),
        ["iteration"] = Iteration,
        ["repairEncoding"] = Passages.RepairEncoding,
        ["candidates"] = Candidates,
    };

    private static JsonArray Names(IEnumerable<NamedFile> files) => new([.. files.Select(file => (JsonNode)(file.Name is null ? FileName(file.Path) : $"{file.Name}={FileName(file.Path)}"))]);

    private static string FileName(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));

    private JsonObject Fingerprints()
    {
        var prints = new JsonObject();
        foreach (var path in Documents.Concat(Queries).Concat(Qrels).Select(file => file.Path).Distinct(StringComparer.Ordinal))
            prints[prints.ContainsKey(FileName(path)) ? path : FileName(path)] = Fingerprint.Of(path);
        return prints;
    }

    private static JsonObject Counts(IEnumerable<KeyValuePair<string, int>> counts) => new(counts.Select(count => KeyValuePair.Create<string, JsonNode?>(count.Key, count.Value)));

    private static void Report(string output, int passages, int queries, Dictionary<string, Qrels> splits, Dictionary<string, int> without)
    {
        var judgements = splits.Count == 0 ? "none" : string.Join(", ", splits.Select(split => string.Create(CultureInfo.InvariantCulture, $"{split.Key} {split.Value.JudgementCount}")));
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{output}: {passages} passages, {queries} queries; judgements: {judgements}."));
        foreach (var (split, count) in without.Where(split => split.Value > 0))
        {
            var total = splits[split].JudgementCount;
            var doubt = count == total ? " Do these files belong together?" : "";
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"warning: {count} of {total} judgements of {split} are of passages without a document; they stay, and count as not found.{doubt}"));
        }
    }

    private static void WarnOfUnknown(string what, SortedDictionary<string, int> languages, string option)
    {
        if (languages.TryGetValue(LanguageShape.Unknown, out var count)) Console.Error.WriteLine($"warning: {count} {what} have no language; '{option}' sets one.");
    }
}
