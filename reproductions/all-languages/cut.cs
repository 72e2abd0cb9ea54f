// Cuts collections for search over all languages at once, from those that reproductions/lexical-clir made.
//
// usage: dotnet run --file cut.cs -- SETS XQUAD OUTPUT
// SETS is what reproductions/lexical-clir cut, XQUAD what `dragoman prepare xquad` made of all languages against themselves.
// Relevant to a query are all versions of its page or paragraph, the one in its own language included. parallel: all versions are in the
// collection; single: one of each, chosen by a hash of the page.
// OUTPUT/SET.VARIANT gets corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv, SPLIT.zh.tsv: the Chinese queries' alone.
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

if (args is not [var sets, var xquad, var output] || !Directory.Exists(sets) || !Directory.Exists(xquad))
{
    Console.Error.WriteLine($"cut.cs takes SETS XQUAD OUTPUT, SETS and XQUAD folders that are there, and got '{string.Join(' ', args)}'.");
    return 2;
}

// Which paragraph answers a question of XQuAD, and the split it is in.
var asked = new Dictionary<string, (string Page, string Split)>();
foreach (var split in new[] { "dev", "test" })
{
    foreach (var line in File.ReadLines(Path.Combine(xquad, "qrels", split + ".tsv")).Skip(1))
    {
        var fields = line.Split('\t');
        asked[fields[0]] = (PageOf(fields[1]), split);
    }
}

foreach (var set in Directory.GetDirectories(sets).Order(StringComparer.Ordinal))
{
    var name = Path.GetFileName(set);
    var passages = Rows(Path.Combine(set, "corpus.jsonl"));
    var queries = Rows(Path.Combine(set, "from-zh.jsonl")).Concat(Rows(Path.Combine(set, "to-zh.jsonl"))).ToList();
    var versions = passages.Select(row => row.Id).ToLookup(PageOf);
    foreach (var variant in new[] { "parallel", "single" })
    {
        var kept = versions.ToDictionary(page => page.Key, page => variant == "parallel" ? [.. page] : new[] { OneOf(page.Key, page) });
        var known = kept.Values.SelectMany(ids => ids).ToHashSet();
        var judged = queries.SelectMany(query =>
        {
            var (page, split) = name == "xquad" ? asked[query.Id] : (PageOf(query.Id[2..]), "all");
            var lines = kept.GetValueOrDefault(page, []).Select(passage => $"{query.Id}\t{passage}\t1");
            return lines.SelectMany(line => query.Language == "zh" ? new[] { (Part: split, line), (Part: split + ".zh", line) } : [(split, line)]);
        });

        var folder = Path.Combine(output, $"{name}.{variant}");
        Directory.CreateDirectory(Path.Combine(folder, "qrels"));
        Write(Path.Combine(folder, "corpus.jsonl"), passages.Where(row => known.Contains(row.Id)).Select(row => row.Line));
        Write(Path.Combine(folder, "queries.jsonl"), queries.Select(row => row.Line));
        foreach (var part in judged.GroupBy(judgement => judgement.Part, judgement => judgement.line))
        {
            Write(Path.Combine(folder, "qrels", part.Key + ".tsv"), part.Prepend("query-id\tcorpus-id\tscore"));
        }
    }
}
return 0;

// Lines are kept as they are and written again.
static List<Row> Rows(string path) => [.. File.ReadLines(path).Select(line =>
{
    var fields = JsonDocument.Parse(line).RootElement;
    return new Row(fields.GetProperty("_id").GetString()!, fields.GetProperty("lang").GetString()!, line);
})];

static void Write(string path, IEnumerable<string> lines) => File.WriteAllText(path, string.Concat(lines.Select(line => line + "\n")));

// The passage's id without its language and script.
static string PageOf(string passage) => Regex.Replace(passage, "^([^/-]+)[/-][^/-]+(?:-Hant)?[/-]", "$1/");

static string OneOf(string page, IEnumerable<string> versions)
{
    var ids = versions.Order(StringComparer.Ordinal).ToList();
    return ids[(int)(Crc32(page) % (uint)ids.Count)];
}

// The checksum of zip files, of the UTF-8 bytes.
static uint Crc32(string text)
{
    var value = uint.MaxValue;
    foreach (var letter in Encoding.UTF8.GetBytes(text))
    {
        value ^= letter;
        for (var bit = 0; bit < 8; bit++) value = (value & 1) == 1 ? value >> 1 ^ 0xEDB88320 : value >> 1;
    }
    return ~value;
}

internal sealed record Row(string Id, string Language, string Line);
