// How much of the collections stands word for word in the parallel text that the tables were learned from.
//
// usage: dotnet run --file overlap.cs -- DATA SETS ORIGIN...     rows whose src is an ORIGIN are looked at by themselves: the tables have not seen them
// Prints, for each set and language, how many different sentences of 20 letters (zh, ja, th: 10) or more the passages have, how many queries there are, and how
// many of each a row of the parallel text has in that language, of the rows with Chinese.
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

if (args.Length < 2 || !Directory.Exists(args[0]) || !Directory.Exists(args[1]))
{
    Console.Error.WriteLine("overlap.cs needs DATA SETS ORIGIN...: the folder of data sets, the folder made by cut.cs, and origins of rows left out of the tables; "
        + $"found \"{string.Join(' ', args)}\".");
    return 2;
}
var (data, sets, origins) = (args[0], args[1], args[2..].ToHashSet());

// Keys of texts and sentences by language: of the rows that the tables were learned from, and of the rows left out.
var learned = new Dictionary<string, HashSet<string>>();
var leftOut = new Dictionary<string, HashSet<string>>();
foreach (var name in new[] { "l10n-prose", "l10n-ui", "tatoeba", "tico19", "udhr", "bible" })
{
    foreach (var row in Rows(Path.Combine(data, "parallel", name + ".jsonl.gz")))
    {
        if (!row.TryGetProperty("zh", out _)) continue;
        var known = row.TryGetProperty("src", out var origin) && origins.Contains(origin.GetString()!) ? leftOut : learned;
        foreach (var text in row.EnumerateObject())
        {
            if (text.Name is "_id" or "src") continue;
            var keys = Of(known, text.Name);
            keys.Add(Key(text.Value.GetString()!));
            keys.UnionWith(Sentences(text.Value.GetString()!, text.Name));
        }
    }
}

Console.WriteLine("set\tlanguage\tsentences\tin the tables' text\tin text left out\tqueries\tin the tables' text\tin text left out");
foreach (var set in Directory.GetDirectories(sets).Order(StringComparer.Ordinal))
{
    var sentences = new Dictionary<string, HashSet<string>>();
    foreach (var passage in Rows(Path.Combine(set, "corpus.jsonl")))
    {
        var language = passage.GetProperty("lang").GetString()!;
        Of(sentences, language).UnionWith(Sentences(passage.GetProperty("text").GetString()!, language));
    }
    var queries = Rows(Path.Combine(set, "from-zh.jsonl")).Concat(Rows(Path.Combine(set, "to-zh.jsonl")))
        .Select(query => (Language: query.GetProperty("lang").GetString()!, Key: Key(query.GetProperty("text").GetString()!)))
        .ToLookup(query => query.Language, query => query.Key);

    var total = new int[6];
    foreach (var language in sentences.Keys.Order(StringComparer.Ordinal))
    {
        var (found, asked) = (sentences[language], queries[language].ToList());
        var (ofTables, ofOthers) = (Of(learned, language), Of(leftOut, language));
        int[] counts =
        [
            found.Count, found.Count(ofTables.Contains), found.Count(ofOthers.Contains),
            asked.Count, asked.Count(ofTables.Contains), asked.Count(ofOthers.Contains),
        ];
        for (var column = 0; column < counts.Length; column++) total[column] += counts[column];
        Print(set, language, counts);
    }
    Print(set, "all", total);
}
return 0;

static void Print(string set, string language, int[] counts) => Console.WriteLine($"{Path.GetFileName(set)}\t{language}\t{string.Join('\t', counts)}");

// The set of a language, made where there is none.
static HashSet<string> Of(Dictionary<string, HashSet<string>> keys, string language)
{
    if (!keys.TryGetValue(language, out var found)) keys[language] = found = [];
    return found;
}

// The keys of a text's lines and sentences, those long enough to say something.
static IEnumerable<string> Sentences(string text, string language)
{
    var fewest = language is "zh" or "ja" or "th" ? 10 : 20;
    var lines = text.Split('\n');
    var sentences = lines.SelectMany(line => line.Split('.', '!', '?', '।', '。', '！', '？'));
    return lines.Concat(sentences).Select(Key).Where(key => key.EnumerateRunes().Count() >= fewest);
}

// A text's letters, marks and digits, whatever their case and form.
static string Key(string text)
{
    var key = new StringBuilder(text.Length);
    foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
    {
        foreach (var folded in Folded(rune).EnumerateRunes())
        {
            if (IsLetterMarkOrNumber(folded)) key.Append(folded);
        }
    }
    return key.ToString();
}

// Full case folding (Unicode, CaseFolding.txt). Deviation: of the letters that fold to several, those of German, Turkish and modern Greek alone.
static string Folded(Rune rune) => rune.Value switch
{
    'ß' or 'ẞ' => "ss",
    'İ' => "i\u0307",
    'ΐ' => "ι\u0308\u0301",
    'ΰ' => "υ\u0308\u0301",
    _ => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).ToString(), // by way of the upper case: ς becomes σ
};

static bool IsLetterMarkOrNumber(Rune rune) => Rune.GetUnicodeCategory(rune) is <= UnicodeCategory.OtherNumber; // categories begin with L, M and N

static IEnumerable<JsonElement> Rows(string path)
{
    using var file = File.OpenRead(path);
    using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
    while (reader.ReadLine() is { } line)
    {
        using var row = JsonDocument.Parse(line);
        yield return row.RootElement;
    }
}
