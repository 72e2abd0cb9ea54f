using Dragoman.Collections;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Weights;

namespace Dragoman.Retrieval.Tests;

/// <summary>Seeded random passages with many ties: few distinct terms, some passages twice, some empty.</summary>
internal static class RandomCollection
{
    internal static readonly string[] Languages = ["kk", "ru", "zh", "de"];

    internal static List<Passage> Passages(int seed, int count)
    {
        var random = new Random(seed);
        var passages = new List<Passage>();
        for (var index = 0; index < count; index++)
        {
            var text = passages.Count > 0 && random.Next(8) == 0
                ? passages[random.Next(passages.Count)].Text
                : string.Join(' ', Enumerable.Range(0, random.Next(13)).Select(_ => Term(random)));
            passages.Add(new Passage($"p{random.Next(1000):000}-{index}", random.Next(3) == 0 ? Term(random) : "", text, Languages[random.Next(Languages.Length)]));
        }
        return passages;
    }

    internal static List<Query> Queries(int seed, int count)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count)
            .Select(index => new Query($"q{index}", string.Join(' ', Enumerable.Range(0, random.Next(1, 6)).Select(_ => Term(random))), "und")).ToList();
    }

    internal static SearchIndex Index(string path, IEnumerable<Passage> passages, VectorPrecision precision = VectorPrecision.Full, PassageWeigher? weigher = null, bool positions = false)
    {
        using var encoder = new HashEncoder();
        IndexBuilder.Build(passages, path, new IndexBuildOptions { Analyzer = new SpaceAnalyzer(), Encoder = encoder, Precision = precision, Positions = positions, Weigher = weigher, EncodingBatch = 7 }, cancellationToken: TestContext.Current.CancellationToken);
        return SearchIndex.Open(path);
    }

    // Frequent terms are far more likely than rare ones, and t25 to t29 occur in queries more than in passages.
    private static string Term(Random random) => $"t{(int)(30 * Math.Pow(random.NextDouble(), 2.5))}";
}
