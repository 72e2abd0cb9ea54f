// Cuts the collections of run.sh: for each set and language a query file and a qrels file for dev and for test.
//
// usage: dotnet run --file prepare.cs -- DATA XQUAD OUTPUT
// DATA is the folder of data sets, XQUAD what `dragoman prepare xquad` made of all languages against themselves.
// OUTPUT/SET gets corpus.jsonl, LANGUAGE.SPLIT.jsonl and LANGUAGE.SPLIT.qrels.
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

if (args is not [var data, var xquad, var output] || !Directory.Exists(data) || !Directory.Exists(xquad))
{
    Console.Error.WriteLine($"prepare.cs takes DATA XQUAD OUTPUT, DATA and XQUAD folders that are there, and got '{string.Join(' ', args)}'.");
    return 2;
}

CutXquad();
foreach (var name in new[] { "tldr", "fastapi", "mozilla-www", "opentelemetry" }) CutPages(name);
CutSentences("flores", "flores200-devtest");
CutSentences("kk-news", "apertium-kaz-rus");
return 0;

// dev is the articles of train and dev, which nothing here is trained on.
void CutXquad()
{
    var passages = new List<Passage>();
    foreach (var row in Rows(Path.Combine(xquad, "corpus.jsonl")))
    {
        var title = row.TryGetValue("title", out var given) ? given.GetString()! : "";
        passages.Add(new Passage(row["_id"].GetString()!, title, row["text"].GetString()!, row["lang"].GetString()!));
    }
    var languages = passages.ToDictionary(passage => passage.Id, passage => passage.Language);
    var texts = Rows(Path.Combine(xquad, "queries.jsonl")).ToDictionary(row => row["_id"].GetString()!);
    var queries = new List<Query>();
    foreach (var split in new[] { "train", "dev", "test" })
    {
        foreach (var line in File.ReadLines(Path.Combine(xquad, "qrels", split + ".tsv")).Skip(1))
        {
            var fields = line.Split('\t');
            var (text, language) = (texts[fields[0]]["text"].GetString()!, texts[fields[0]]["lang"].GetString()!);
            if (languages[fields[1]] == language) queries.Add(new Query(fields[0], text, language, split == "test" ? "test" : "dev", [fields[1]]));
        }
    }
    Write("xquad", passages, queries);
}

// The query is the title (tldr: the description) and the passage has no line that is the title.
void CutPages(string name)
{
    var passages = new List<Passage>();
    foreach (var row in Rows(Path.Combine(data, "docs", name, "corpus.jsonl.gz")))
    {
        var (title, text) = (row["title"].GetString()!, row["text"].GetString()!);
        var (shown, body) = name == "tldr" ? (title, text) : ("", string.Join('\n', text.Split('\n').Where(line => line.Trim() != title.Trim())));
        passages.Add(new Passage(row["_id"].GetString()!, shown, body, row["lang"].GetString()!));
    }
    var known = passages.Select(passage => passage.Id).ToHashSet();
    var queries = new List<Query>();
    foreach (var row in Rows(Path.Combine(data, "docs", name, "queries.jsonl")))
    {
        var (id, page) = (row["_id"].GetString()!, row["metadata"].GetProperty("page").GetString()!);
        if (known.Contains(id[2..])) queries.Add(new Query(id, row["text"].GetString()!, row["lang"].GetString()!, SplitOf(page), [id[2..]]));
    }
    Write(name, passages, queries);
}

// Running text: every second sentence is a query, and relevant are its neighbours, which mostly are of the same article.
void CutSentences(string name, string source)
{
    var rows = Rows(Path.Combine(data, "parallel", source + ".jsonl.gz"));
    var (passages, queries) = (new List<Passage>(), new List<Query>());
    foreach (var language in rows.SelectMany(row => row.Keys).Where(key => key is not ("_id" or "src")).Distinct().Order(StringComparer.Ordinal))
    {
        var texts = rows.Where(row => row.ContainsKey(language)).Select(row => row[language].GetString()!).ToList();
        for (var place = 0; place < texts.Count; place += 2) passages.Add(new Passage($"{language}-{place}", "", texts[place], language));
        for (var place = 1; place < texts.Count; place += 2)
        {
            var neighbours = new[] { place - 1, place + 1 }.Where(other => other < texts.Count).Select(other => $"{language}-{other}").ToList();
            queries.Add(new Query($"q-{language}-{place}", texts[place], language, place < texts.Count / 2 ? "dev" : "test", neighbours));
        }
    }
    Write(name, passages, queries);
}

void Write(string name, List<Passage> passages, List<Query> queries)
{
    var folder = Path.Combine(output, name);
    Directory.CreateDirectory(folder);
    WriteLines(Path.Combine(folder, "corpus.jsonl"), passages.Select(passage =>
        $$"""{"_id": {{Json(passage.Id)}}, "title": {{Json(passage.Title)}}, "text": {{Json(passage.Text)}}, "lang": {{Json(passage.Language)}}}"""));
    foreach (var part in queries.GroupBy(query => $"{query.Language}.{query.Split}"))
    {
        WriteLines(Path.Combine(folder, part.Key + ".jsonl"), part.Select(query =>
            $$"""{"_id": {{Json(query.Id)}}, "text": {{Json(query.Text)}}, "lang": {{Json(query.Language)}}}"""));
        WriteLines(Path.Combine(folder, part.Key + ".qrels"), part.SelectMany(query => query.Relevant.Select(passage => $"{query.Id} 0 {passage} 1")));
    }
}

static void WriteLines(string path, IEnumerable<string> lines) => File.WriteAllText(path, string.Concat(lines.Select(line => line + "\n")));

// FNV-1a over UTF-16 units; dev where the second-lowest byte is even.
static string SplitOf(string page)
{
    var value = 2166136261u;
    foreach (var unit in page) value = unchecked((value ^ unit) * 16777619);
    return (value >> 8) % 2 == 0 ? "dev" : "test";
}

static List<Dictionary<string, JsonElement>> Rows(string path)
{
    using var file = File.OpenRead(path);
    using var lines = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
    var rows = new List<Dictionary<string, JsonElement>>();
    while (lines.ReadLine() is { } line) rows.Add(JsonDocument.Parse(line).RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value));
    return rows;
}

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

internal sealed record Passage(string Id, string Title, string Text, string Language);

internal sealed record Query(string Id, string Text, string Language, string Split, IReadOnlyList<string> Relevant);
