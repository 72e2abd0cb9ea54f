// Cuts the collections of run.sh: corpus.jsonl, queries by language, and judgements of each pair of languages with Chinese.
//
// usage: dotnet run --file cut.cs -- DATA XQUAD OUT LANGUAGE...
// DATA is the folder of data sets, XQUAD what `dragoman prepare xquad` made of all languages against themselves; the languages are those with a table.
// OUT/SET gets corpus.jsonl, from-zh.jsonl and to-zh.jsonl (queries), and qrels/FROM-TO.SPLIT.tsv; what was left out is printed.
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

const int FewestQueries = 20; // of a pair and split; with fewer it is left out

if (args.Length < 4 || !Directory.Exists(args[0]) || !Directory.Exists(args[1]))
{
    Console.Error.WriteLine("cut.cs needs DATA XQUAD OUT LANGUAGE...: the folder of data sets, the folder made by 'dragoman prepare xquad', "
        + $"a folder to write, and at least one language; found \"{string.Join(' ', args)}\".");
    return 2;
}
var (data, xquad, output) = (args[0], args[1], args[2]);
HashSet<string> languages = [.. args[3..], "zh"];

var paragraphs = Rows(Path.Combine(xquad, "corpus.jsonl")).Select(Passage.Of).ToList();
var questions = Rows(Path.Combine(xquad, "queries.jsonl")).Select(Query.Of).ToList();
var qrels = Path.Combine(xquad, "qrels");
Write("xquad", paragraphs, questions, [.. Judgements(Path.Combine(qrels, "dev.tsv"), "dev"), .. Judgements(Path.Combine(qrels, "test.tsv"), "test")]);

foreach (var set in new[] { "opentelemetry", "fastapi", "electron", "mozilla-www", "tldr" })
{
    var folder = Path.Combine(data, "docs", set);
    var pages = Rows(Path.Combine(folder, "corpus.jsonl.gz")).Select(Passage.Of).ToList();
    var untranslated = Untranslated(pages);
    var kept = pages.Where(page => languages.Contains(page.Language) && !untranslated.Contains(page.Id)).ToList();
    var withoutTable = pages.Where(page => !languages.Contains(page.Language)).CountBy(page => page.Language)
        .OrderBy(found => found.Key, StringComparer.Ordinal).Select(found => $"'{found.Key}': {found.Value}");
    Console.WriteLine($"{set}: {kept.Count} passages; without a table {{{string.Join(", ", withoutTable)}}}; not translated {untranslated.Count}");

    // A query's id is that of its page behind "q:".
    var titles = Rows(Path.Combine(folder, "queries.jsonl")).Select(Query.Of)
        .Where(query => languages.Contains(query.Language) && !untranslated.Contains(query.Id[2..])).ToList();
    Write(set, kept, titles, Judgements(Path.Combine(folder, "qrels", "cross.tsv.gz"), "all"));
}
return 0;

void Write(string set, List<Passage> passages, List<Query> queries, List<Judgement> judgements)
{
    var folder = Path.Combine(output, set);
    Directory.CreateDirectory(Path.Combine(folder, "qrels"));
    File.WriteAllLines(Path.Combine(folder, "corpus.jsonl"),
        passages.Select(passage => JsonLine(("_id", passage.Id), ("title", passage.Title), ("text", passage.Text), ("lang", passage.Language))));

    var spoken = passages.ToDictionary(passage => passage.Id, passage => passage.Language);
    var asked = queries.ToDictionary(query => query.Id, query => query.Language);
    var pairs = judgements
        .Where(judged => asked.ContainsKey(judged.Query) && spoken.ContainsKey(judged.Passage))
        .GroupBy(judged => (From: asked[judged.Query], To: spoken[judged.Passage], judged.Split))
        .Where(pair => (pair.Key.From == "zh") != (pair.Key.To == "zh"))
        .OrderBy(pair => pair.Key.From, StringComparer.Ordinal)
        .ThenBy(pair => pair.Key.To, StringComparer.Ordinal)
        .ThenBy(pair => pair.Key.Split, StringComparer.Ordinal);
    var used = new HashSet<string>();
    foreach (var pair in pairs)
    {
        var (from, to, split) = pair.Key;
        var queriesOfPair = pair.Select(judged => judged.Query).ToHashSet();
        if (queriesOfPair.Count < FewestQueries)
        {
            Console.WriteLine($"{set} {from}-{to} {split}: {queriesOfPair.Count} queries, left out");
            continue;
        }
        used.UnionWith(queriesOfPair);
        File.WriteAllLines(Path.Combine(folder, "qrels", $"{from}-{to}.{split}.tsv"),
            ["query-id\tcorpus-id\tscore", .. pair.Select(judged => $"{judged.Query}\t{judged.Passage}\t1")]);
    }

    foreach (var (file, fromChinese) in new[] { ("from-zh.jsonl", true), ("to-zh.jsonl", false) })
    {
        File.WriteAllLines(Path.Combine(folder, file), queries.Where(query => used.Contains(query.Id) && (query.Language == "zh") == fromChinese)
            .Select(query => JsonLine(("_id", query.Id), ("text", query.Text), ("lang", query.Language))));
    }
}

// Pages of which half the letters are lines of the English page: not translated, whatever their label.
static HashSet<string> Untranslated(List<Passage> pages)
{
    var english = pages.Where(page => page.Language == "en").ToDictionary(page => page.Page, page => LinesOf(page).ToHashSet());
    var found = new HashSet<string>();
    foreach (var page in pages.Where(page => page.Language != "en"))
    {
        var theirs = english.GetValueOrDefault(page.Page, []);
        var same = LinesOf(page).Where(theirs.Contains).Sum(Letters);
        if (same * 2 >= LinesOf(page).Sum(Letters)) found.Add(page.Id);
    }
    return found;

    static IEnumerable<string> LinesOf(Passage page) => page.Text.Split('\n').Select(line => line.Trim());
    static int Letters(string line) => line.EnumerateRunes().Count();
}

static IEnumerable<string> Lines(string path)
{
    using var file = File.OpenRead(path);
    using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
    while (reader.ReadLine() is { } line) yield return line;
}

static IEnumerable<JsonElement> Rows(string path)
{
    foreach (var line in Lines(path))
    {
        using var row = JsonDocument.Parse(line);
        yield return row.RootElement;
    }
}

static List<Judgement> Judgements(string path, string split) =>
    [.. Lines(path).Skip(1).Select(line => line.Split('\t')).Select(fields => new Judgement(fields[0], fields[1], split))];

// An object on a line, with every letter as it is: only quotes, backslashes and control characters are escaped.
static string JsonLine(params ReadOnlySpan<(string Name, string Value)> members)
{
    var line = new StringBuilder("{");
    foreach (var (name, value) in members)
    {
        if (line.Length > 1) line.Append(", ");
        line.Append(CultureInfo.InvariantCulture, $"\"{name}\": \"");
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '"' or '\\' => line.Append('\\').Append(letter),
                '\n' => line.Append("\\n"),
                '\r' => line.Append("\\r"),
                '\t' => line.Append("\\t"),
                '\b' => line.Append("\\b"),
                '\f' => line.Append("\\f"),
                < ' ' => line.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => line.Append(letter),
            };
        }
        line.Append('"');
    }
    return line.Append('}').ToString();
}

internal sealed record Passage(string Id, string Title, string Text, string Language, string Page)
{
    public static Passage Of(JsonElement row) => new(
        row.GetProperty("_id").GetString()!,
        row.TryGetProperty("title", out var title) ? title.GetString()! : "",
        row.GetProperty("text").GetString()!,
        row.GetProperty("lang").GetString()!,
        row.TryGetProperty("metadata", out var metadata) && metadata.TryGetProperty("page", out var page) ? page.GetString()! : "");
}

internal sealed record Query(string Id, string Text, string Language)
{
    public static Query Of(JsonElement row) => new(
        row.GetProperty("_id").GetString()!,
        row.GetProperty("text").GetString()!,
        row.GetProperty("lang").GetString()!);
}

internal sealed record Judgement(string Query, string Passage, string Split);
