using System.Globalization;
using Dragoman.Collections;

namespace Dragoman.Benchmarks.Lexical;

/// <summary>Synthetic passages and queries, always the same: terms by Zipf's law over half a million, 20 to 140 terms a passage.</summary>
internal static class Texts
{
    private const int Vocabulary = 500_000;

    /// <summary>The kinds of queries: how many, with how many terms, drawn from which ranks of Zipf's law.</summary>
    /// <remarks>None has the 20 terms that nearly every passage holds, which queries of people seldom are made of.</remarks>
    internal static IReadOnlyList<QueryKind> Kinds { get; } =
    [
        new("mixed, 2 to 5 terms", 1000, 2, 5, 20, Vocabulary),
        new("2 rare terms", 1000, 2, 2, 2000, Vocabulary),
        new("5 common terms", 300, 5, 5, 20, 2000),
        new("20 terms", 200, 20, 20, 20, Vocabulary),
    ];

    internal static void Write(string folder, int passages)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(1);
        using (var writer = new StreamWriter(Path.Combine(folder, "docs.tsv")))
        {
            for (var passage = 0; passage < passages; passage++)
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"d{passage}\t{string.Join(' ', Enumerable.Range(0, random.Next(20, 141)).Select(_ => Term(random, 1, Vocabulary)))}\n"));
        }
        using var queries = new StreamWriter(Path.Combine(folder, "queries.tsv"));
        foreach (var kind in Kinds)
        {
            for (var query = 0; query < kind.Count; query++)
                queries.Write(string.Create(CultureInfo.InvariantCulture, $"{kind.Name}\t{string.Join(' ', Terms(random, kind))}\n"));
        }
    }

    internal static int Count(string folder) => File.ReadLines(Path.Combine(folder, "docs.tsv")).Count();

    internal static IEnumerable<Passage> Passages(string folder) => Lines(folder, "docs.tsv").Select(line => new Passage(line.First, "", line.Text, "und"));

    /// <summary>The queries of a kind.</summary>
    internal static IReadOnlyList<Query> Queries(string folder, QueryKind kind) =>
        [.. Lines(folder, "queries.tsv").Where(line => line.First == kind.Name).Select((line, number) => new Query(string.Create(CultureInfo.InvariantCulture, $"q{number}"), line.Text, "und"))];

    private static IEnumerable<(string First, string Text)> Lines(string folder, string name) =>
        File.ReadLines(Path.Combine(folder, name)).Select(line => line.Split('\t')).Select(fields => (fields[0], fields[1]));

    private static HashSet<string> Terms(Random random, QueryKind kind)
    {
        var wanted = random.Next(kind.LeastTerms, kind.MostTerms + 1);
        var terms = new HashSet<string>(StringComparer.Ordinal);
        while (terms.Count < wanted) terms.Add(Term(random, kind.FirstRank, kind.LastRank));
        return terms;
    }

    // The inverse of Zipf's distribution with exponent 1, nearly: a rank between a and b is a · exp(u ln(b / a)).
    private static string Term(Random random, int first, int last) => $"w{(int)(first * Math.Exp(random.NextDouble() * Math.Log((double)last / first))):x}";
}

/// <summary>A kind of queries.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Count">Number of queries.</param>
/// <param name="LeastTerms">Fewest terms of a query.</param>
/// <param name="MostTerms">Most terms of a query.</param>
/// <param name="FirstRank">Rank of the commonest term, from 1.</param>
/// <param name="LastRank">Rank of the rarest.</param>
internal sealed record QueryKind(string Name, int Count, int LeastTerms, int MostTerms, int FirstRank, int LastRank);
