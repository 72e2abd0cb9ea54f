using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage.Psq;

namespace Dragoman.Retrieval.Tests.FirstStage.Psq;

/// <summary>Seeded random translation tables for the terms of <see cref="RandomCollection"/>: from kk, ru and zh to en, from ru to kk, none for de.</summary>
internal static class RandomTables
{
    private const int Terms = 30;

    /// <summary>Writes a folder of tables.</summary>
    internal static TranslationFolder Write(string path, int seed)
    {
        var random = new Random(seed);
        var counts = new[] { "en", "kk" }.ToDictionary(language => language, _ => Enumerable.Range(0, Terms).Where(_ => random.Next(5) > 0).ToDictionary(Word, _ => (long)random.Next(1, 500)));
        return TinyTables.Write(path, counts, new()
        {
            [("kk", "en")] = Table(random),
            [("ru", "en")] = Table(random),
            [("zh", "en")] = Table(random),
            [("ru", "kk")] = Table(random),
        });
    }

    /// <summary>Queries in English: words of the tables, terms that stand for themselves, some twice, some that nothing knows.</summary>
    internal static List<Query> Queries(int seed, int count, string language = "en")
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(query => new Query($"q{query}", string.Join(' ', Enumerable.Range(0, random.Next(1, 7)).Select(_ => Term(random))), language))];
    }

    private static Dictionary<string, (string, float)[]> Table(Random random)
    {
        var rows = new Dictionary<string, (string, float)[]>();
        for (var term = 0; term < Terms; term++)
        {
            if (random.Next(6) == 0) continue;
            var targets = Enumerable.Range(0, random.Next(1, 9)).Select(_ => Term(random)).Distinct().ToArray();
            rows[$"t{term}"] = [.. targets.Select(target => (target, (float)(random.NextDouble() / targets.Length) + 1e-5f))];
        }
        return rows;
    }

    // A word, or a term of the collection itself: a name, a number.
    private static string Term(Random random) => random.Next(4) == 0 ? $"t{random.Next(Terms + 5)}" : Word((int)(Terms * Math.Pow(random.NextDouble(), 2)));

    private static string Word(int number) => $"e{number}";
}
