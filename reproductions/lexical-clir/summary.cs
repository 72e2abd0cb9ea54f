// Prints the README's tables from what run.sh measured.
//
// usage: dotnet run --file summary.cs -- OUT
// Per pair of languages the tests are those of `dragoman compare` (OUT/measured), corrected by Holm over the pairs of a set, split and direction. Over all pairs
// of a direction a question counts once, with the mean of its differences over the languages: sign randomisation and percentile bootstrap over questions, seed 1.
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

const string Ours = "psq-hmm";
string[] methods = ["bm25", "mt-best", "mt-weighted", "psq-bm25", Ours, "dense", "psq+dense"];
string[] measures = ["nDCG@10", "RR@10", "R@100"];
string[] allSets = ["xquad", "opentelemetry", "fastapi", "electron", "mozilla-www", "tldr"];
string[] directions = ["zh →", "→ zh"];

if (args.Length != 1 || !Directory.Exists(Path.Combine(args[0], "measured")))
{
    Console.Error.WriteLine($"summary.cs needs OUT: the folder that run.sh wrote, with 'measured' in it; found \"{string.Join(' ', args)}\".");
    return 2;
}
var output = args[0];

// The value of every query, by set, pair of languages, split, method and measure; and p of nDCG@10 against psq-hmm, by set, pair, split and method.
var values = new Dictionary<(string Set, string Pair, string Split, string Method, string Measure), OrderedDictionary<string, double>>();
var tests = new Dictionary<(string Set, string Pair, string Split, string Method), double>();
foreach (var file in Directory.GetFiles(Path.Combine(output, "measured"), "*.json").Order(StringComparer.Ordinal)) Read(file);
var groups = values.Keys.Select(key => (key.Set, key.Pair, key.Split)).Distinct().OrderBy(group => group.Pair, StringComparer.Ordinal).ToList();
var sets = allSets.Where(set => groups.Any(group => group.Set == set)).ToList();

if (values.Count > 0)
{
    var parts = (from set in sets from split in Splits(set) from direction in directions select (set, split, direction)).ToList();
    foreach (var (set, split, direction) in parts) PrintPairs(set, split, direction);
    foreach (var measure in measures) PrintMeans(measure, parts);
    Console.WriteLine("## PSQ-HMM against the others, nDCG@10\n");
    PrintTable(
        [
            "set", "split", "direction", "against", "questions", "difference", "95 %", "p",
            "significantly better in", "significantly worse in", "lower, not significant",
        ],
        parts.Where(part => part.split != "dev").SelectMany(part => Claims(part.set, part.split, part.direction)));
}
if (File.Exists(Path.Combine(output, "monolingual", "pooled.tsv")))
{
    PrintMonolingual("pooled.tsv", ["judged"], "all judged sets of a language together");
    PrintMonolingual("compare.tsv", ["xquad", "tldr", "fastapi", "mozilla-www", "opentelemetry", "flores", "kk-news"], "set by set");
}
return 0;

// SET.PAIR.SPLIT.json, as `dragoman compare --by-query` prints it.
void Read(string file)
{
    var name = Path.GetFileName(file).Split('.');
    var (set, pair, split) = (name[0], name[1], name[2]);
    using var text = JsonDocument.Parse(File.ReadAllBytes(file));
    foreach (var found in text.RootElement.GetProperty("comparisons").EnumerateArray())
    {
        var rival = found.GetProperty("system").GetProperty("name").GetString()!;
        var measure = found.GetProperty("measure").GetString()!;
        foreach (var line in found.GetProperty("by_query").EnumerateArray())
        {
            var query = line.GetProperty("query").GetString()!;
            ValuesOf(set, pair, split, Ours, measure)[query] = line.GetProperty("baseline").GetDouble();
            ValuesOf(set, pair, split, rival, measure)[query] = line.GetProperty("system").GetDouble();
        }
        if (measure == "nDCG@10") tests[(set, pair, split, rival)] = found.GetProperty("p").GetDouble();
    }
}

OrderedDictionary<string, double> ValuesOf(string set, string pair, string split, string method, string measure)
{
    if (!values.TryGetValue((set, pair, split, method, measure), out var found)) values[(set, pair, split, method, measure)] = found = [];
    return found;
}

double Average(string set, string pair, string split, string method, string measure) => Mean(values[(set, pair, split, method, measure)].Values);

List<string> PairsOf(string set, string split, string direction) =>
[
    .. groups.Where(group => group.Set == set && group.Split == split).Select(group => group.Pair)
        .Where(pair => pair.StartsWith("zh-", StringComparison.Ordinal) == (direction == "zh →")),
];

void PrintPairs(string set, string split, string direction)
{
    var pairs = PairsOf(set, split, direction);
    if (pairs.Count == 0) return;
    Console.WriteLine($"### {set}, {split}, {direction}: nDCG@10\n");
    var rows = pairs.Select(pair => new[] { Other(pair), Text(ValuesOf(set, pair, split, "bm25", "nDCG@10").Count) }
        .Concat(methods.Select(method => Short(Average(set, pair, split, method, "nDCG@10")))));
    var means = methods.Select(method => Short(Mean(pairs.Select(pair => Average(set, pair, split, method, "nDCG@10")))));
    PrintTable(["language", "queries", .. methods], [.. rows, ["**mean**", "", .. means]]);
}

void PrintMeans(string measure, List<(string Set, string Split, string Direction)> parts)
{
    Console.WriteLine($"### Means over pairs, {measure}\n");
    var rows = new List<string[]>();
    foreach (var (set, split, direction) in parts)
    {
        var pairs = PairsOf(set, split, direction);
        if (pairs.Count == 0) continue;
        var means = methods.Select(method => Short(Mean(pairs.Select(pair => Average(set, pair, split, method, measure)))));
        rows.Add([set, split, direction, Text(pairs.Count), .. means]);
    }
    PrintTable(["set", "split", "direction", "pairs", .. methods], rows);
}

IEnumerable<string[]> Claims(string set, string split, string direction)
{
    var pairs = PairsOf(set, split, direction);
    if (pairs.Count == 0) yield break;
    foreach (var rival in methods.Where(method => method != Ours))
    {
        var adjusted = Holm(pairs.Select(pair => (pair, tests[(set, pair, split, rival)])));
        var gains = pairs.ToDictionary(pair => pair, pair => Average(set, pair, split, Ours, "nDCG@10") - Average(set, pair, split, rival, "nDCG@10"));
        var byQuestion = new OrderedDictionary<string, List<double>>();
        foreach (var pair in pairs)
        {
            var theirs = ValuesOf(set, pair, split, rival, "nDCG@10");
            foreach (var (query, value) in ValuesOf(set, pair, split, Ours, "nDCG@10"))
            {
                if (!byQuestion.TryGetValue(Question(query), out var found)) byQuestion[Question(query)] = found = [];
                found.Add(value - theirs[query]);
            }
        }
        var differences = byQuestion.Values.Select(Mean).ToArray();
        var (p, low, high) = Randomised(differences);
        var better = pairs.Where(pair => gains[pair] > 0 && adjusted[pair] < 0.05);
        var worse = pairs.Where(pair => gains[pair] < 0 && adjusted[pair] < 0.05);
        var unsure = pairs.Where(pair => gains[pair] < 0 && adjusted[pair] >= 0.05);
        yield return
        [
            set, split, direction, rival, Text(differences.Length),
            Signed(Mean(differences), 3), $"{Signed(low, 3)} to {Signed(high, 3)}", p < 1e-4 ? "< .0001" : Fixed(p, 4),
            $"{better.Count()} of {pairs.Count}", OrNone(worse.Select(Other)), OrNone(unsure.Select(Other)),
        ];
    }
}

// Stemmers and stop words: `both` against all but one of them, and against neither.
void PrintMonolingual(string file, string[] order, string title)
{
    var found = new OrderedDictionary<(string Set, string Language, string Baseline), (int Queries, double Before, double Both, double P)>();
    foreach (var row in File.ReadLines(Path.Combine(output, "monolingual", file)).Select(line => line.Split('\t')))
    {
        found[(row[0], row[1], row[3])] = (int.Parse(row[5], CultureInfo.InvariantCulture), Number(row[6]), Number(row[7]), Number(row[11]));
    }
    var changed = found.Where(row => row.Value.Before != row.Value.Both).ToLookup(row => row.Key.Baseline);
    var adjusted = changed.SelectMany(rows => Holm(rows.Select(row => (row.Key, row.Value.P)))).ToDictionary();

    Console.WriteLine($"## One language, {title}\n");
    var rows = new List<string[]>();
    foreach (var (set, language) in found.Keys.Select(key => (key.Set, key.Language)).Distinct()
        .OrderBy(key => Array.IndexOf(order, key.Set)).ThenBy(key => key.Language, StringComparer.Ordinal))
    {
        var (queries, stopped, both, _) = found[(set, language, "stopped")];
        var (neither, stemmed) = (found[(set, language, "neither")].Before, found[(set, language, "stemmed")].Before);
        rows.Add(
        [
            set, language, Text(queries), Short(neither), Short(stemmed), Short(stopped), Short(both),
            Gain("stopped", both - stopped), Gain("stemmed", both - stemmed),
        ]);

        string Gain(string baseline, double gain) =>
            !adjusted.TryGetValue((set, language, baseline), out var p) ? "0" : Signed(gain, 3) + (p < 0.1 ? $" (p {Fixed(p, 3)})" : "");
    }
    PrintTable(["set", "language", "queries", "neither", "stemmed", "stopped", "both", "stemmer", "stop words"], rows);

    foreach (var (baseline, what) in new[] { ("stopped", "stemmer"), ("stemmed", "stop words") })
    {
        var gains = changed[baseline].Select(row => (row.Key.Language, Gain: row.Value.Both - row.Value.Before, P: adjusted[row.Key])).ToList();
        var sure = gains.Where(row => row.P < 0.05).ToList();
        var higher = OrNone(sure.Where(row => row.Gain > 0).Select(row => row.Language));
        var lower = OrNone(sure.Where(row => row.Gain < 0).Select(row => row.Language));
        Console.WriteLine($"{what}: changes {gains.Count} rows, mean {Signed(Mean(gains.Select(row => row.Gain)), 4)}; "
            + $"higher in {gains.Count(row => row.Gain > 0)}, lower in {gains.Count(row => row.Gain < 0)}; "
            + $"significant (Holm over the rows) higher {higher}, lower {lower}\n");
    }
}

static string[] Splits(string set) => set == "xquad" ? ["dev", "test"] : ["all"];

static string Other(string pair) => pair.Replace("zh", "", StringComparison.Ordinal).Trim('-');

// The question or page behind a query, whatever its language.
static string Question(string query) => Regex.Replace(query, "^(xquad-|q:[^/]+/)[^-/]+[-/]", "");

// Adjusted p of each key.
static Dictionary<TKey, double> Holm<TKey>(IEnumerable<(TKey Key, double P)> values) where TKey : notnull
{
    var ascending = values.OrderBy(value => value.P).ToList();
    var adjusted = new Dictionary<TKey, double>();
    var highest = 0.0;
    for (var place = 0; place < ascending.Count; place++)
    {
        highest = Math.Max(highest, Math.Min(1.0, ascending[place].P * (ascending.Count - place)));
        adjusted[ascending[place].Key] = highest;
    }
    return adjusted;
}

// Two-sided p by random signs, and the 95 % interval of the mean by the bootstrap.
static (double P, double Low, double High) Randomised(double[] differences)
{
    const int Rounds = 20000, Resamples = 5000;
    var chance = new MersenneTwister(1);
    var observed = Math.Abs(differences.Sum()) - 1e-12;
    var moving = differences.Where(difference => difference != 0).ToArray();
    var extreme = 0;
    for (var round = 0; round < Rounds; round++)
    {
        var signs = chance.NextBits(Math.Max(1, moving.Length));
        var sum = 0.0;
        for (var place = 0; place < moving.Length; place++) sum += signs[place] ? moving[place] : -moving[place];
        if (Math.Abs(sum) >= observed) extreme++;
    }
    var means = new double[Resamples];
    for (var resample = 0; resample < Resamples; resample++)
    {
        var sum = 0.0;
        for (var draw = 0; draw < differences.Length; draw++) sum += differences[(int)(chance.NextDouble() * differences.Length)];
        means[resample] = sum / differences.Length;
    }
    Array.Sort(means);
    return ((extreme + 1) / (Rounds + 1.0), means[125], means[4874]);
}

static double Mean(IEnumerable<double> values)
{
    var list = values.ToList();
    return list.Sum() / list.Count;
}

static void PrintTable(string[] header, IEnumerable<IEnumerable<string>> rows)
{
    Console.WriteLine($"| {string.Join(" | ", header)} |");
    Console.WriteLine("|" + string.Concat(Enumerable.Repeat("---|", header.Length)));
    foreach (var row in rows) Console.WriteLine($"| {string.Join(" | ", row)} |");
    Console.WriteLine();
}

static string OrNone(IEnumerable<string> words) => string.Join(' ', words.DefaultIfEmpty("none"));

static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

static string Short(double value) => Regex.Replace(Fixed(value, 3), @"^(-?)0\.", "$1.");

static string Signed(double value, int decimals) => (double.IsNegative(value) ? "" : "+") + Fixed(value, decimals);

// A half goes to the even digit, where "F" would round it away from zero. A double lies on a half of its last decimal only if it is an odd multiple of
// 1 / 2^(decimals + 1): everything else the format rounds by the exact value.
static string Fixed(double value, int decimals)
{
    var isHalf = Math.Abs(value * (1 << (decimals + 1)) % 2) == 1;
    return (isHalf ? Math.Round(value, decimals, MidpointRounding.ToEven) : value).ToString("F" + decimals, CultureInfo.InvariantCulture);
}

// MT19937 (Matsumoto and Nishimura, 1998), seeded by init_by_array with one word, so that the tables do not depend on a library's generator.
internal sealed class MersenneTwister
{
    private const int Words = 624, Middle = 397;
    private readonly uint[] _state = new uint[Words];
    private int _next = Words;

    public MersenneTwister(uint seed)
    {
        _state[0] = 19650218;
        for (var i = 1; i < Words; i++) _state[i] = 1812433253 * Mixed(i - 1) + (uint)i;
        var place = 1;
        for (var round = 0; round < Words; round++) place = Stir(place, Mixed(place - 1) * 1664525, seed);
        for (var round = 1; round < Words; round++) place = Stir(place, Mixed(place - 1) * 1566083941, (uint)-place);
        _state[0] = 0x80000000;
    }

    /// <summary>A number within [0, 1), of 53 bits.</summary>
    public double NextDouble() => ((NextWord() >> 5) * 67108864.0 + (NextWord() >> 6)) / 9007199254740992.0;

    /// <summary>Random bits: words from the lowest bit on, of the last word the highest bits.</summary>
    public bool[] NextBits(int count)
    {
        var bits = new bool[count];
        for (var start = 0; start < count; start += 32)
        {
            var used = Math.Min(32, count - start);
            var word = NextWord() >> (32 - used);
            for (var bit = 0; bit < used; bit++) bits[start + bit] = (word >> bit & 1) == 1;
        }
        return bits;
    }

    private uint Mixed(int place) => _state[place] ^ _state[place] >> 30;

    // Changes one word of the state and returns the place of the next.
    private int Stir(int place, uint mixed, uint added)
    {
        _state[place] = (_state[place] ^ mixed) + added;
        if (place < Words - 1) return place + 1;
        _state[0] = _state[Words - 1];
        return 1;
    }

    private uint NextWord()
    {
        if (_next == Words) Twist();
        var word = _state[_next++];
        word ^= word >> 11;
        word ^= word << 7 & 0x9d2c5680;
        word ^= word << 15 & 0xefc60000;
        return word ^ word >> 18;
    }

    private void Twist()
    {
        for (var i = 0; i < Words; i++)
        {
            var joined = _state[i] & 0x80000000 | _state[(i + 1) % Words] & 0x7fffffff;
            _state[i] = _state[(i + Middle) % Words] ^ joined >> 1 ^ (joined & 1) * 0x9908b0df;
        }
        _next = 0;
    }
}
