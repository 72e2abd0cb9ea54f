// Cuts the collections of run.sh: short passages in one language, queries in many, judgements in train, dev and test, and the topic of every query.
// usage: dotnet run --file cut.cs -- DATA OUT
// OUT/pages: English pages of four sets of DATA/docs; queries are the pages' titles (tldr: one-line descriptions) in other languages. Split by page.
// OUT/xquad: English paragraphs of DATA/xquad in overlapping windows of words; queries are the questions in ten other languages. A window that holds the
// answer has grade 2, the paragraph's other windows have 1. Split by article.
// OUT/wikidata: the zh-kk set of DATA/wikidata-zh-kk (a query's entity has grade 2, its neighbours 1). Split by query.
// A training page or question is asked in a few of its languages, those of test in a few too; which ones, a hash says. The versions of a page or question are one topic (topics.tsv).
using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

const int WindowWords = 40, StrideWords = 20;
string[] languages = ["ar", "de", "el", "es", "hi", "ru", "th", "tr", "vi", "zh"];

if (args is not [var data, var output])
{
    Console.Error.WriteLine($"cut.cs needs two folders, found {args.Length} arguments; use: dotnet run --file cut.cs -- DATA OUT");
    return 2;
}

string[] folders = ["docs", "xquad", "wikidata-zh-kk"];
if (folders.FirstOrDefault(name => !Directory.Exists(Path.Combine(data, name))) is { } missing)
{
    Console.Error.WriteLine($"{data} has no folder {missing}; name the folder that holds docs, xquad and wikidata-zh-kk.");
    return 1;
}

Write("pages", Pages());
Write("xquad", Xquad());
Write("wikidata", Wikidata());
return 0;

Cut Pages()
{
    var cut = new Cut();
    string[] names = ["opentelemetry", "fastapi", "electron", "tldr"];
    foreach (var name in names)
    {
        var english = new OrderedDictionary<string, Passage>();
        foreach (var row in Rows($"{data}/docs/{name}/corpus.jsonl.gz").Where(row => Text(row, "lang") == "en")) english[Page(row)] = ToPassage(row);
        cut.Passages.AddRange(english.Values);

        var titles = new OrderedDictionary<string, Dictionary<string, string>>();                    // page, language: title
        foreach (var row in Rows($"{data}/docs/{name}/queries.jsonl"))
        {
            if (Text(row, "lang") is "en" or "bn" || !english.ContainsKey(Page(row))) continue;
            titles.TryAdd(Page(row), []);
            titles[Page(row)][Text(row, "lang")] = Text(row, "text");
        }

        foreach (var (page, versions) in titles)
        {
            var topic = $"{name}/{page}";
            foreach (var language in Some(topic, versions.Keys, 4))
            {
                cut.Judge(SplitOf(topic), new Query($"{language}-{topic}", versions[language], language), topic, [(english[page].Id, 1)]);
            }
        }
    }

    return cut;
}

Cut Xquad()
{
    var cut = new Cut();
    var asked = languages.ToDictionary(
        language => language,
        language => Articles(language).SelectMany(article => Items(article, "paragraphs")).SelectMany(paragraph => Items(paragraph, "qas"))
            .ToDictionary(question => Text(question, "id"), question => Text(question, "question").Trim()));
    string[] splits = ["train", "train", "train", "train", "dev", "test", "test", "test"];
    foreach (var (number, article) in Articles("en").Index())
    {
        var split = splits[number % splits.Length];
        foreach (var (which, paragraph) in Items(article, "paragraphs").Index())
        {
            var text = Text(paragraph, "context");
            var windows = Windows(text).Select((window, i) => (Id: $"{number:00}-{which:00}-{i}", window.Start, window.End)).ToList();
            cut.Passages.AddRange(windows.Select(window => new Passage(window.Id, "", text[window.Start..window.End], "en")));
            foreach (var question in Items(paragraph, "qas"))
            {
                // Offsets count code points; in the English paragraphs these are characters.
                var (topic, answer) = (Text(question, "id"), Items(question, "answers").First());
                var first = answer.GetProperty("answer_start").GetInt32();
                var last = first + Text(answer, "text").Length;
                var grades = windows.Select(window => (window.Id, window.Start <= first && last <= window.End ? 2 : 1)).ToList();
                foreach (var language in Some(topic, languages, split == "train" ? 2 : 4))
                {
                    cut.Judge(split, new Query($"{language}-{topic}", asked[language][topic], language), topic, grades);
                }
            }
        }
    }

    return cut;
}

Cut Wikidata()
{
    var folder = $"{data}/wikidata-zh-kk";
    var cut = new Cut();
    cut.Passages.AddRange(Rows($"{folder}/corpus.jsonl.gz").Select(ToPassage));
    cut.Queries.AddRange(Rows($"{folder}/queries.jsonl").Select(row => new Query(Text(row, "_id"), Text(row, "text"), Text(row, "lang"))));
    foreach (var query in cut.Queries) cut.Topics[query.Id] = query.Id;
    foreach (var line in File.ReadLines($"{folder}/qrels/test.tsv").Skip(1))
    {
        var fields = line.Split('\t');
        cut.Judge(SplitOf(fields[0]), fields[0], fields[1], int.Parse(fields[2], CultureInfo.InvariantCulture));
    }

    return cut;
}

// topics.tsv comes last: where it is, the set is complete.
void Write(string name, Cut cut)
{
    var folder = Path.Combine(output, name);
    Directory.CreateDirectory(Path.Combine(folder, "qrels"));
    File.WriteAllLines(Path.Combine(folder, "corpus.jsonl"), cut.Passages.Select(passage =>
        $$"""{"_id": {{Quoted(passage.Id)}}, "title": {{Quoted(passage.Title)}}, "text": {{Quoted(passage.Text)}}, "lang": {{Quoted(passage.Lang)}}}"""));
    File.WriteAllLines(Path.Combine(folder, "queries.jsonl"), cut.Queries.Select(query =>
        $$"""{"_id": {{Quoted(query.Id)}}, "text": {{Quoted(query.Text)}}, "lang": {{Quoted(query.Lang)}}}"""));
    foreach (var (split, found) in cut.Judged)
    {
        var lines = found.Select(line => $"{line.QueryId}\t{line.PassageId}\t{line.Grade}");
        File.WriteAllLines(Path.Combine(folder, "qrels", $"{split}.tsv"), ["query-id\tcorpus-id\tscore", .. lines]);
        var queries = found.Select(line => line.QueryId).Distinct().ToList();
        var topics = queries.Select(query => cut.Topics[query]).Distinct().Count();
        Console.WriteLine($"{name} {split}: {queries.Count} queries of {topics} topics, {found.Count} judgements, {cut.Passages.Count} passages");
    }

    File.WriteAllLines(Path.Combine(folder, "topics.tsv"), cut.Topics.Select(pair => $"{pair.Key}\t{pair.Value}"));
}

// Character ranges of overlapping windows.
static IEnumerable<(int Start, int End)> Windows(string text)
{
    var words = Regex.Matches(text, @"\S+");
    for (var first = 0; ; first += StrideWords)
    {
        var last = words[Math.Min(first + WindowWords, words.Count) - 1];
        yield return (words[first].Index, last.Index + last.Length);
        if (first + WindowWords >= words.Count) yield break;
    }
}

// A few languages of a topic, by a hash.
static IEnumerable<string> Some(string topic, IEnumerable<string> of, int count) =>
    of.OrderBy(language => Convert.ToHexStringLower(Hash($"{topic} {language}")), StringComparer.Ordinal).Take(count);

static string SplitOf(string key) => (int)(new BigInteger(Hash(key), isUnsigned: true, isBigEndian: true) % 100) switch { < 45 => "train", < 55 => "dev", _ => "test" };

static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

static IEnumerable<JsonElement> Rows(string path)
{
    using Stream file = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress) : File.OpenRead(path);
    using var lines = new StreamReader(file);
    while (lines.ReadLine() is { } line) yield return JsonElement.Parse(line);
}

IEnumerable<JsonElement> Articles(string language) => Items(JsonElement.Parse(File.ReadAllText($"{data}/xquad/xquad.{language}.json")), "data");

static IEnumerable<JsonElement> Items(JsonElement parent, string field) => parent.GetProperty(field).EnumerateArray();

static string Text(JsonElement row, string field) => row.GetProperty(field).GetString()!;

static string Page(JsonElement row) => Text(row.GetProperty("metadata"), "page");

static Passage ToPassage(JsonElement row) =>
    new(Text(row, "_id"), row.TryGetProperty("title", out var title) ? title.GetString()! : "", Text(row, "text"), Text(row, "lang"));

// Only what JSON demands is escaped; the encoders of System.Text.Json also escape what lies outside the basic plane.
static string Quoted(string text)
{
    var quoted = new StringBuilder("\"");
    foreach (var character in text)
    {
        quoted.Append(character switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            < ' ' => $"\\u{(int)character:x4}",
            _ => character.ToString(),
        });
    }

    return quoted.Append('"').ToString();
}

internal sealed record Passage(string Id, string Title, string Text, string Lang);

internal sealed record Query(string Id, string Text, string Lang);

internal sealed class Cut
{
    public List<Passage> Passages { get; } = [];

    public List<Query> Queries { get; } = [];

    // Of each query.
    public OrderedDictionary<string, string> Topics { get; } = [];

    // Of each split.
    public SortedDictionary<string, List<(string QueryId, string PassageId, int Grade)>> Judged { get; } = new(StringComparer.Ordinal);

    public void Judge(string split, Query query, string topic, IEnumerable<(string PassageId, int Grade)> grades)
    {
        Queries.Add(query);
        Topics[query.Id] = topic;
        foreach (var (passageId, grade) in grades) Judge(split, query.Id, passageId, grade);
    }

    public void Judge(string split, string queryId, string passageId, int grade)
    {
        Judged.TryAdd(split, []);
        Judged[split].Add((queryId, passageId, grade));
    }
}
