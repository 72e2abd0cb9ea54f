using Dragoman.Collections;

namespace Dragoman.Retrieval.Tests.FirstStage.Bm25;

/// <summary>BM25 written from the formula, over passages in memory.</summary>
internal static class BruteForceBm25
{
    internal static List<RankedPassage> Rank(string query, IReadOnlyList<Passage> passages, double k1, double b)
    {
        var texts = passages.Select(passage => Terms(passage.FullText)).ToList();
        var nonEmpty = texts.Count(text => text.Length > 0);
        var averageLength = texts.Sum(text => (double)text.Length) / nonEmpty;
        var ranking = new List<RankedPassage>();
        for (var passage = 0; passage < passages.Count; passage++)
        {
            var score = 0.0;
            foreach (var term in Terms(query).GroupBy(term => term))
            {
                var tf = texts[passage].Count(found => found == term.Key);
                if (tf == 0) continue;
                var df = texts.Count(text => text.Contains(term.Key));
                var idf = Math.Log(1 + (nonEmpty - df + 0.5) / (df + 0.5));
                score += term.Count() * idf * tf / (tf + k1 * (1 - b + b * texts[passage].Length / averageLength));
            }
            if (score > 0) ranking.Add(new RankedPassage(passages[passage].Id, score));
        }
        // Scores are compared at 12 digits: sums in another order differ in the last ones.
        return ranking.OrderByDescending(passage => Math.Round(passage.Score, 12)).ThenByDescending(passage => passage.PassageId, StringComparer.Ordinal).ToList();
    }

    private static string[] Terms(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
