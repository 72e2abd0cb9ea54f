// Cuts the collections of run.sh: Chinese queries, passages in one other language each, judgements in train, dev and test.
//
// usage: dotnet run --file cut.cs -- DATA OUTPUT
// OUTPUT/pages gets the page sets of DATA/docs (English pages of all five, Kazakh ones of mozilla-www; a page is in one split with all its
// languages), OUTPUT/wikidata the zh-kk set of DATA/wikidata-zh-kk (a query's entity has grade 2, its neighbours 1).
// Splits by a hash of page or query: 60, 15 and 25 %.
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

if (args is not [var data, var output] || !Directory.Exists(data))
{
    Console.Error.WriteLine($"cut.cs takes DATA OUTPUT, DATA a folder that is there, and got '{string.Join(' ', args)}'.");
    return 2;
}

var (passages, queries, judgements) = (new List<JsonElement>(), new List<JsonElement>(), new List<Judgement>());
foreach (var set in new[] { "opentelemetry", "fastapi", "electron", "mozilla-www", "tldr" })
{
    var folder = Path.Combine(data, "docs", set);
    string[] languages = set == "mozilla-www" ? ["en", "kk"] : ["en"];
    var kept = Rows(Path.Combine(folder, "corpus.jsonl.gz")).Where(row => languages.Contains(Field(row, "lang"))).ToList();
    var asked = Rows(Path.Combine(folder, "queries.jsonl")).Where(row => Field(row, "lang") == "zh").ToList();
    var known = kept.Select(row => Field(row, "_id")).ToHashSet();
    var pages = asked.ToDictionary(row => Field(row, "_id"), row => Field(row.GetProperty("metadata"), "page"));
    foreach (var (query, passage, grade) in Triples(Path.Combine(folder, "qrels", "cross.tsv.gz")))
    {
        if (pages.TryGetValue(query, out var page) && known.Contains(passage)) judgements.Add(new(SplitOf($"{set}/{page}"), query, passage, grade));
    }
    passages.AddRange(kept);
    queries.AddRange(asked);
}
Write("pages", passages, queries, judgements);

var wikidata = Path.Combine(data, "wikidata-zh-kk");
Write("wikidata", Rows(Path.Combine(wikidata, "corpus.jsonl.gz")), Rows(Path.Combine(wikidata, "queries.jsonl")),
    [.. Triples(Path.Combine(wikidata, "qrels", "test.tsv")).Select(found => new Judgement(SplitOf(found.Query), found.Query, found.Passage, found.Grade))]);
return 0;

void Write(string name, List<JsonElement> passages, List<JsonElement> queries, List<Judgement> judgements)
{
    var folder = Path.Combine(output, name);
    Directory.CreateDirectory(Path.Combine(folder, "qrels"));
    WriteLines(Path.Combine(folder, "corpus.jsonl"), passages.Select(row => Chosen(row, "_id", "title", "text", "lang")));
    WriteLines(Path.Combine(folder, "queries.jsonl"), queries.Select(row => Chosen(row, "_id", "text", "lang")));
    foreach (var split in judgements.GroupBy(judgement => judgement.Split))
    {
        var lines = split.Select(found => $"{found.Query}\t{found.Passage}\t{found.Grade}");
        WriteLines(Path.Combine(folder, "qrels", split.Key + ".tsv"), lines.Prepend("query-id\tcorpus-id\tscore"));
        Console.WriteLine($"{name} {split.Key}: {split.DistinctBy(found => found.Query).Count()} queries, {split.Count()} judgements, {passages.Count} passages");
    }
}

// SHA-256 of the key as one number, modulo 100.
static string SplitOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key)).Aggregate(0, (rest, digit) => (rest * 256 + digit) % 100) switch
{
    < 60 => "train",
    < 75 => "dev",
    _ => "test",
};

static List<JsonElement> Rows(string path) => [.. Lines(path).Select(line => JsonDocument.Parse(line).RootElement)];

static IEnumerable<(string Query, string Passage, string Grade)> Triples(string path) =>
    Lines(path).Skip(1).Select(line => line.Split('\t')).Select(fields => (fields[0], fields[1], fields[2]));

static IEnumerable<string> Lines(string path)
{
    using var file = File.OpenRead(path);
    using var lines = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
    while (lines.ReadLine() is { } line) yield return line;
}

static void WriteLines(string path, IEnumerable<string> lines) => File.WriteAllText(path, string.Concat(lines.Select(line => line + "\n")));

static string Field(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetString()! : "";

// The named fields as a JSON object on one line; a field that is missing is empty.
static string Chosen(JsonElement row, params string[] names) => $"{{{string.Join(", ", names.Select(name => $"{Json(name)}: {Json(Field(row, name))}"))}}}";

// The text as a JSON string with nothing escaped but quotes, backslashes and control characters.
static string Json(string text)
{
    var json = new StringBuilder("\"");
    foreach (var unit in text)
    {
        _ = unit switch
        {
            '"' or '\\' => json.Append('\\').Append(unit),
            '\n' => json.Append(@"\n"),
            '\r' => json.Append(@"\r"),
            '\t' => json.Append(@"\t"),
            '\b' => json.Append(@"\b"),
            '\f' => json.Append(@"\f"),
            < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"),
            _ => json.Append(unit),
        };
    }
    return json.Append('"').ToString();
}

internal sealed record Judgement(string Split, string Query, string Passage, string Grade);
