// Makes up a collection in the format of CLIRMatrix BI-139 zh-kk: kk.tsv.gz and zh.kk.{train,dev,test1}.base.jl.gz, 200 queries in all with
// 100 candidates each, and a vocabulary.
//
// usage: dotnet run --file synthetic.cs -- FOLDER [SEED]     SEED is 42 unless given
// Each character of a query has one made-up Kazakh word. A document of grade g holds the words of its query the more, the higher g is; the
// others are of other queries. The number of candidates with each grade follows that of the source's test file, the rest is 0.
using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using System.Text;

const int CharacterCount = 60, CandidateCount = 100;
const double RelevantOnAverage = 10.7;
const string Letters = "абвгғдежзийкқлмнңоөпрстуұүхһшыі";

// The source's test file: 1,088 queries, how many candidates have each grade, how many queries each best grade.
(int Grade, int Count)[] candidatesByGrade = [(1, 5042), (2, 3633), (3, 1838), (4, 802), (5, 262), (6, 110)];
(int Grade, int Count)[] queriesByBest = [(6, 110), (5, 153), (4, 240), (3, 217), (2, 245), (1, 123)];
(string Name, int Queries)[] splits = [("train", 120), ("dev", 40), ("test1", 40)];

var seed = 42u;
if (args.Length is not (1 or 2) || (args.Length == 2 && !uint.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out seed)))
{
    Console.Error.WriteLine($"synthetic.cs takes FOLDER [SEED], SEED a whole number up to {uint.MaxValue}, and got '{string.Join(' ', args)}'.");
    return 2;
}

var folder = args[0];
var draw = new Draws(seed);

// One word for each character, and 200 that translate nothing.
var characters = Enumerable.Range(0, CharacterCount).Select(place => (char)(0x4E00 + 37 * place)).ToList();
var distinct = new HashSet<string>();
while (distinct.Count < CharacterCount + 200) distinct.Add(string.Concat(Enumerable.Range(0, draw.Between(4, 7)).Select(_ => draw.OneOf(Letters.AsSpan()))));
var words = distinct.Order(StringComparer.Ordinal).ToArray();
draw.Shuffle(words);
var wordOf = characters.Zip(words).ToDictionary(pair => pair.First, pair => pair.Second);
var filler = words[CharacterCount..];

var documents = new List<(string Name, string Text)>();
var queries = new List<Query>();
for (var number = 0; number < splits.Sum(split => split.Queries); number++)
{
    var query = draw.Some(characters, 3);
    var own = query.Select(character => wordOf[character]).ToArray();
    var other = characters.Except(query).Select(character => wordOf[character]).ToArray();
    var best = draw.Weighted(queriesByBest);
    var count = Math.Clamp((int)Math.Round(draw.Exponential(1 / (RelevantOnAverage - 1))) + 1, 1, CandidateCount - 1);
    var lower = candidatesByGrade.Where(grade => grade.Grade <= best).ToArray();
    var grades = Enumerable.Range(1, count - 1).Select(_ => draw.Weighted(lower)).Prepend(best).ToList();
    var relevant = new List<(string Document, int Grade)>();
    foreach (var grade in grades.OrderDescending())
    {
        relevant.Add(($"{100000 + documents.Count}", grade));
        documents.Add((relevant[^1].Document, $"{Words(own, 0.1 * grade)} {draw.OneOf(own)} {draw.OneOf(other)}"));
    }
    queries.Add(new Query($"{2000 + number}", string.Concat(query), relevant));
}

// Candidates of grade 0 are documents of other queries.
Directory.CreateDirectory(Path.Combine(folder, "vocabulary"));
var rest = queries.AsEnumerable();
foreach (var (split, count) in splits)
{
    WriteGzip($"zh.kk.{split}.base.jl.gz", rest.Take(count).Select(query =>
    {
        var others = documents.Select(document => document.Name).Except(query.Relevant.Select(candidate => candidate.Document)).ToList();
        var candidates = query.Relevant.Concat(draw.Some(others, CandidateCount - query.Relevant.Count).Select(document => (document, 0)));
        var results = string.Join(", ", candidates.Select(candidate => $"[\"{candidate.Item1}\", {candidate.Item2}]"));
        return $$"""{"src_id": "{{query.Id}}", "src_query": "{{query.Text}}", "tgt_results": [{{results}}]}""";
    }));
    rest = rest.Skip(count);
}
WriteGzip("kk.tsv.gz", documents.Select(document => $"{document.Name}\t{document.Text}"));
string[] vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. characters.Select(character => $"{character}"), .. words];
File.WriteAllText(Path.Combine(folder, "vocabulary", "vocab.txt"), string.Join('\n', vocabulary) + "\n");
File.WriteAllText(Path.Combine(folder, "vocabulary", "tokenizer_config.json"), """{"do_lower_case": false}""");
var average = queries.Average(query => query.Relevant.Count).ToString("F1", CultureInfo.InvariantCulture);
Console.WriteLine($"{queries.Count} queries, {documents.Count} documents, {average} relevant a query, in {folder}");
return 0;

// 20 to 40 words, the given share of them the query's own.
string Words(string[] own, double share) =>
    string.Join(' ', Enumerable.Range(0, draw.Between(20, 40)).Select(_ => draw.OneOf(draw.Fraction() < share ? own : filler)));

void WriteGzip(string name, IEnumerable<string> lines)
{
    using var file = new GZipStream(File.Create(Path.Combine(folder, name)), CompressionLevel.SmallestSize);
    foreach (var line in lines) file.Write(Encoding.UTF8.GetBytes(line + "\n"));
}

internal sealed record Query(string Id, string Text, IReadOnlyList<(string Document, int Grade)> Relevant);

/// <summary>Draws as CPython's <c>random.Random(seed)</c> does, which made the collection of the published numbers.</summary>
/// <remarks>MT19937 of Matsumoto and Nishimura (1998); the methods that use it follow CPython 3.11.</remarks>
internal sealed class Draws
{
    private const int Size = 624, Shift = 397;
    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    /// <summary>Starts as <c>init_by_array</c> does with a key of one number.</summary>
    internal Draws(uint seed)
    {
        _state[0] = 19650218;
        for (var i = 1; i < Size; i++) _state[i] = 1812433253 * Mixed(i - 1) + (uint)i;
        var at = 1;
        for (var step = 0; step < Size; step++) Stir(1664525, seed);
        for (var step = 1; step < Size; step++) Stir(1566083941, (uint)-at);
        _state[0] = 0x80000000;

        uint Mixed(int i) => _state[i] ^ _state[i] >> 30;
        void Stir(uint factor, uint added)
        {
            _state[at] = (_state[at] ^ Mixed(at - 1) * factor) + added;
            if (++at < Size) return;
            _state[0] = _state[Size - 1];
            at = 1;
        }
    }

    /// <summary>Within [0, 1), 53 bits.</summary>
    internal double Fraction()
    {
        var (high, low) = (Next() >> 5, Next() >> 6);
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /// <summary>A whole number from first to last, both included.</summary>
    internal int Between(int first, int last) => first + Below(last - first + 1);

    internal T OneOf<T>(ReadOnlySpan<T> items) => items[Below(items.Length)];

    internal double Exponential(double rate) => -Math.Log(1 - Fraction()) / rate;

    internal int Weighted((int Value, int Weight)[] items)
    {
        var left = Fraction() * items.Sum(item => item.Weight);
        var place = 0;
        for (var sum = items[0].Weight; place < items.Length - 1 && left >= sum; sum += items[place].Weight) place++;
        return items[place].Value;
    }

    internal void Shuffle<T>(T[] items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>Different items, in random order; as in CPython from a shrinking list where they are a good part of all, else by rejection.</summary>
    internal List<T> Some<T>(List<T> items, int count)
    {
        var drawn = new List<T>();
        if (items.Count <= 21 + (count > 5 ? Math.Pow(4, Math.Ceiling(Math.Log(count * 3, 4))) : 0))
        {
            var pool = items.ToList();
            for (var last = items.Count - 1; drawn.Count < count; last--)
            {
                var place = Below(last + 1);
                drawn.Add(pool[place]);
                pool[place] = pool[last];
            }
            return drawn;
        }
        var taken = new HashSet<int>();
        while (drawn.Count < count)
        {
            var place = Below(items.Count);
            if (taken.Add(place)) drawn.Add(items[place]);
        }
        return drawn;
    }

    private int Below(int limit)
    {
        var unused = BitOperations.LeadingZeroCount((uint)limit);
        uint value;
        do value = Next() >> unused; while (value >= limit);
        return (int)value;
    }

    private uint Next()
    {
        if (_next == Size) Advance();
        var value = _state[_next++];
        value ^= value >> 11;
        value ^= value << 7 & 0x9D2C5680;
        value ^= value << 15 & 0xEFC60000;
        return value ^ value >> 18;
    }

    private void Advance()
    {
        for (var i = 0; i < Size; i++)
        {
            var joined = (_state[i] & 0x80000000) | (_state[(i + 1) % Size] & 0x7FFFFFFF);
            _state[i] = _state[(i + Shift) % Size] ^ joined >> 1 ^ ((joined & 1) == 1 ? 0x9908B0DF : 0);
        }
        _next = 0;
    }
}
