using Dragoman.Collections;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Phrases;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.Tests.FirstStage.Phrases;

/// <summary>Seeded phrases over the terms of <see cref="RandomCollection"/>, and a scan that finds them without an index.</summary>
internal static class RandomPhrases
{
    internal static List<PhraseQuery> Queries(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number => PhraseQuery.Parse(new Query($"q{number}", string.Join(" t3 ", Enumerable.Range(0, random.Next(4) == 0 ? 2 : 1).Select(_ => Phrase(random))), "und")))];
    }

    /// <summary>Whether a passage holds every phrase of a query, by looking at every place.</summary>
    /// <param name="query">The query.</param>
    /// <param name="passage">The passage.</param>
    /// <param name="isGap">Whether a word is dropped by the analyzer.</param>
    internal static bool Holds(PhraseQuery query, Passage passage, Func<string, bool> isGap)
    {
        var words = Words(passage.FullText);
        return query.Phrases.All(phrase => Enumerable.Range(0, words.Length).Any(start => phrase.Window is { } window ? IsWithin(words[start..Math.Min(words.Length, start + window)], phrase, isGap) : StandsAt(words, start, phrase, isGap)));
    }

    /// <summary>Checks that an index finds for phrases what the scan finds.</summary>
    internal static void ShouldFindThem(SearchIndex index, IReadOnlyCollection<Passage> passages, IReadOnlyList<PhraseQuery> queries)
    {
        var finder = new PhraseFinder(index, new SpaceAnalyzer());
        foreach (var query in queries)
        {
            var filter = finder.Find(query, new RetrievalOptions(), TestContext.Current.CancellationToken)!;
            Ids(index, filter).ShouldBe(passages.Where(passage => Holds(query, passage, _ => false)).Select(passage => passage.Id).Order(StringComparer.Ordinal), query.ToString());
        }
    }

    internal static IEnumerable<string> Ids(SearchIndex index, PassageFilter filter) =>
        Enumerable.Range(0, index.Passages.OrdinalCount).Where(filter.Contains).Select(index.Passages.ReadId).Order(StringComparer.Ordinal);

    private static string Phrase(Random random)
    {
        var words = Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"t{(int)(30 * Math.Pow(random.NextDouble(), 2.5))}").ToArray();
        var least = words.Length;
        return $"\"{string.Join(' ', words)}\"{(random.Next(3) == 0 ? $"~{random.Next(least, least + 4)}" : "")}";
    }

    private static bool StandsAt(string[] words, int start, Phrase phrase, Func<string, bool> isGap)
    {
        var wanted = Trimmed(phrase, isGap);
        return start + wanted.Length <= words.Length && wanted.Index().All(word => isGap(word.Item) || words[start + word.Index] == word.Item);
    }

    private static bool IsWithin(string[] part, Phrase phrase, Func<string, bool> isGap) =>
        Words(phrase.Text).Where(word => !isGap(word)).CountBy(word => word).All(word => part.Count(other => other == word.Key) >= word.Value);

    // A gap before or behind the words means nothing.
    private static string[] Trimmed(Phrase phrase, Func<string, bool> isGap) => [.. Words(phrase.Text).SkipWhile(isGap).Reverse().SkipWhile(isGap).Reverse()];

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
