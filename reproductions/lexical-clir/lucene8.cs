// BM25's top tens beside Lucene 8's.
//
// usage: dotnet run --file lucene8.cs -- FIXTURE RUN09 RUN12
// FIXTURE is the folder with docs.txt.gz, queries.txt.gz and Lucene's runs; RUN09 and RUN12 are Dragoman's for k1 0.9, b 0.4 and k1 1.2, b 0.75, with scores.
// For each query, the ten are the same set; or each passage of one ten that is not in the other has a partner there with which it changed places, and BM25
// with Lucene's one-byte lengths (SmallFloat: exact below 24, then four significant bits, rounded down) puts the two in Lucene's order, or even. Printed is
// also how far Lucene's scores are from that BM25.
using System.Globalization;
using System.IO.Compression;
using System.Numerics;

const double Even = 1e-6; // scores this near are even

if (args.Length != 3 || !Directory.Exists(args[0]) || !File.Exists(args[1]) || !File.Exists(args[2]))
{
    Console.Error.WriteLine("lucene8.cs needs FIXTURE RUN09 RUN12: the folder tests/fixtures/bm25-lucene8, a run for k1 0.9, b 0.4 and one for k1 1.2, b 0.75; "
        + $"found \"{string.Join(' ', args)}\".");
    return 2;
}
var fixture = args[0];
var passages = Texts(Path.Combine(fixture, "docs.txt.gz"));
var queries = Texts(Path.Combine(fixture, "queries.txt.gz"));
var lengths = passages.Select(passage => passage.Terms.Values.Sum()).ToArray();
var averageLength = (double)lengths.Sum() / lengths.Length;
var postings = new Dictionary<string, List<(int Place, int Count)>>();
for (var place = 0; place < passages.Count; place++)
{
    foreach (var (term, count) in passages[place].Terms)
    {
        if (!postings.TryGetValue(term, out var list)) postings[term] = list = [];
        list.Add((place, count));
    }
}

foreach (var (k1, b, path) in new[] { (0.9, 0.4, args[1]), (1.2, 0.75, args[2]) })
{
    var parameters = FormattableString.Invariant($"k1-{k1}-b-{b}");
    var lucene = Run(Path.Combine(fixture, parameters + ".run.txt.gz"));
    var dragoman = Run(path);
    var (same, explained, apart) = (0, 0, 0.0);
    foreach (var (id, query) in queries)
    {
        var exact = Scores(query, k1, b, length => length);
        var rounded = Scores(query, k1, b, OneByte);
        apart = Math.Max(apart, lucene[id].Max(found => Math.Abs(rounded.GetValueOrDefault(found.Passage) - found.Score)));

        var theirs = lucene[id].Take(10).Select(found => found.Passage).ToHashSet();
        var ours = dragoman[id].Take(10).Select(found => found.Passage).ToHashSet();
        if (theirs.SetEquals(ours)) same++;
        var exchanges = from gone in theirs.Except(ours) from come in ours.Except(theirs) select (gone, come);
        var isExplained = exchanges.All(pair => exact.GetValueOrDefault(pair.gone) <= exact.GetValueOrDefault(pair.come) + Even
            && rounded.GetValueOrDefault(pair.gone) >= rounded.GetValueOrDefault(pair.come) - Even);
        if (isExplained) explained++;
    }
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"k1 {k1}, b {b}: {queries.Count} queries, the same ten for {same}, "
        + $"the same but for exchanges by one-byte lengths for {explained}; Lucene's scores are within {apart:0.0e+00} of BM25 with one-byte lengths"));
}
return 0;

// Ids of passages to their scores, those with a term of the query.
Dictionary<string, double> Scores(OrderedDictionary<string, int> query, double k1, double b, Func<int, int> lengthOf)
{
    var scores = new Dictionary<string, double>();
    foreach (var (term, weight) in query)
    {
        if (!postings.TryGetValue(term, out var list)) continue;
        var rarity = Math.Log(1 + (passages.Count - list.Count + 0.5) / (list.Count + 0.5));
        foreach (var (place, count) in list)
        {
            var id = passages[place].Id;
            scores[id] = scores.GetValueOrDefault(id) + weight * rarity * count / (count + k1 * (1 - b + b * lengthOf(lengths[place]) / averageLength));
        }
    }
    return scores;
}

static int OneByte(int length)
{
    if (length < 24) return length;
    var bits = 32 - BitOperations.LeadingZeroCount((uint)(length - 24));
    var shift = Math.Max(0, bits - 4);
    return 24 + ((length - 24) >> shift << shift);
}

static List<(string Id, OrderedDictionary<string, int> Terms)> Texts(string path)
{
    var texts = new List<(string, OrderedDictionary<string, int>)>();
    foreach (var fields in Fields(path))
    {
        var terms = new OrderedDictionary<string, int>();
        foreach (var term in fields[1..]) terms[term] = terms.GetValueOrDefault(term) + 1;
        texts.Add((fields[0], terms));
    }
    return texts;
}

// A TREC run file: query, Q0, passage, rank, score, name.
static Dictionary<string, List<(string Passage, double Score)>> Run(string path) =>
    Fields(path).GroupBy(fields => fields[0], fields => (fields[2], double.Parse(fields[4], CultureInfo.InvariantCulture)))
        .ToDictionary(query => query.Key, query => query.ToList());

static IEnumerable<string[]> Fields(string path)
{
    using var file = File.OpenRead(path);
    using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
    while (reader.ReadLine() is { } line) yield return line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
