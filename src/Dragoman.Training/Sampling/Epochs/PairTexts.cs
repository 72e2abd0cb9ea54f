using Dragoman.Collections;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>Passages to be scored for a query.</summary>
/// <param name="Query">The query.</param>
/// <param name="PassageIds">The passages, each of the collection.</param>
internal sealed record PairList(Query Query, IReadOnlyList<string> PassageIds);

/// <summary>Has many pairs of queries and passages scored by one reading of the collection, of which no more than a block of passages is held with its texts.</summary>
internal static class PairTexts
{
    private const int PassagesAtOnce = 1024, PairsAtOnce = 1 << 15;

    /// <summary>Scores the pairs. They come in the order of the collection, so that the same pairs are scored in the same batches.</summary>
    /// <param name="passages">The collection's passages.</param>
    /// <param name="lists">The pairs.</param>
    /// <param name="score">Gives a number for each pair.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <returns>A number for each passage of each list.</returns>
    internal static double[][] Score(PassageCatalogue passages, IReadOnlyList<PairList> lists, Func<IReadOnlyList<(Query Query, Passage Passage)>, CancellationToken, IReadOnlyList<double>> score, CancellationToken cancellationToken)
    {
        var scores = lists.Select(list => new double[list.PassageIds.Count]).ToArray();
        var wanted = new Dictionary<string, List<(int List, int Place)>>(StringComparer.Ordinal);
        for (var list = 0; list < lists.Count; list++)
        {
            for (var place = 0; place < scores[list].Length; place++)
            {
                var id = lists[list].PassageIds[place];
                if (!wanted.TryGetValue(id, out var places)) wanted.Add(id, places = []);
                places.Add((list, place));
            }
        }
        foreach (var block in passages.Read().Where(passage => wanted.ContainsKey(passage.Id)).Take(wanted.Count).Chunk(PassagesAtOnce))
        {
            foreach (var part in block.SelectMany(passage => wanted[passage.Id].Select(at => (At: at, Passage: passage))).Chunk(PairsAtOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var given = score([.. part.Select(pair => (lists[pair.At.List].Query, pair.Passage))], cancellationToken);
                for (var at = 0; at < part.Length; at++) scores[part[at].At.List][part[at].At.Place] = given[at];
            }
        }
        return scores;
    }
}
