using System.Globalization;
using Dragoman.Collections;

namespace Dragoman.Benchmarks.Lexical;

/// <summary>Synthetic passages and queries: terms by Zipf's law over half a million, 20 to 140 terms a passage, 2 to 5 a query.</summary>
internal static class Texts
{
    private const int Vocabulary = 500_000, Queries = 1000, FirstQueryTerm = 20;

    internal static int Write(string folder, int passages)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(1);
        using (var writer = new StreamWriter(Path.Combine(folder, "docs.tsv")))
        {
            for (var passage = 0; passage < passages; passage++)
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"d{passage}\t{string.Join(' ', Enumerable.Range(0, random.Next(20, 141)).Select(_ => Term(random, 0)))}\n"));
        }
        using (var writer = new StreamWriter(Path.Combine(folder, "queries.tsv")))
        {
            // Without the few terms that every passage holds, which queries of people seldom are made of.
            for (var query = 0; query < Queries; query++)
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"q{query}\t{string.Join(' ', Enumerable.Range(0, random.Next(2, 6)).Select(_ => Term(random, FirstQueryTerm)).Distinct())}\n"));
        }
        return 0;
    }

    internal static IEnumerable<Passage> Passages(string folder) => Lines(folder, "docs.tsv").Select(line => new Passage(line.Id, "", line.Text, "und"));

    internal static List<Query> ReadQueries(string folder) => [.. Lines(folder, "queries.tsv").Select(line => new Query(line.Id, line.Text, "und"))];

    private static IEnumerable<(string Id, string Text)> Lines(string folder, string name) =>
        File.ReadLines(Path.Combine(folder, name)).Select(line => line.Split('\t')).Select(fields => (fields[0], fields[1]));

    // The inverse of Zipf's distribution with exponent 1, nearly: the rank is exp(u ln V).
    private static string Term(Random random, int first) => $"w{first + (int)Math.Exp(random.NextDouble() * Math.Log(Vocabulary)):x}";
}
