using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Training.Diagnostics;

/// <summary>Queries of a split with a relevant passage each, and passages to find it among.</summary>
internal sealed class CollectionSample
{
    private CollectionSample(Qrels qrels, Query[] queries, Passage[] passages)
    {
        (Qrels, Queries, Passages) = (qrels, queries, passages);
        var places = passages.Select((passage, place) => (passage.Id, place)).ToDictionary(entry => entry.Id, entry => entry.place, StringComparer.Ordinal);
        Relevant = [.. queries.Select(query => qrels.Judgements(query.Id).Where(judgement => judgement.Grade > 0 && places.ContainsKey(judgement.PassageId))
            .OrderByDescending(judgement => judgement.Grade).ThenBy(judgement => judgement.PassageId, StringComparer.Ordinal).Select(judgement => places[judgement.PassageId]).ToArray())];
        // In each language the best passage of a query.
        Pairs = [.. queries.SelectMany((_, query) => Relevant[query].DistinctBy(place => passages[place].Language).Select(place => (Query: query, Passage: place)))];
    }

    internal Qrels Qrels { get; }

    internal Query[] Queries { get; }

    internal Passage[] Passages { get; }

    /// <summary>For every query the places of its relevant passages, best grade first.</summary>
    internal int[][] Relevant { get; }

    /// <summary>Queries with a passage that answers them.</summary>
    internal (int Query, int Passage)[] Pairs { get; }

    /// <summary>Draws queries with relevant passages, these passages, and others of their languages at random.</summary>
    /// <param name="collection">The collection; its passages are streamed once.</param>
    /// <param name="split">The split; null for the only one.</param>
    /// <param name="mostQueries">Most queries.</param>
    /// <param name="mostPassages">Most passages beside the relevant ones.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="DragomanException">No query has a relevant passage, or fewer than two do.</exception>
    internal static CollectionSample Draw(Collection collection, string? split, int mostQueries, int mostPassages, int seed, CancellationToken cancellationToken)
    {
        var qrels = collection.ReadQrels(split);
        var random = new Random(seed);
        var texts = collection.ReadQueries().DistinctBy(query => query.Id, StringComparer.Ordinal).ToDictionary(query => query.Id, StringComparer.Ordinal);
        var judged = qrels.QueryIds.Where(id => texts.ContainsKey(id) && qrels.Judgements(id).Any(judgement => judgement.Grade > 0)).Order(StringComparer.Ordinal).ToArray();
        random.Shuffle(judged);
        var chosen = judged.Take(mostQueries).ToList();
        var wanted = chosen.SelectMany(id => qrels.Judgements(id).Where(judgement => judgement.Grade > 0).Select(judgement => judgement.PassageId)).ToHashSet(StringComparer.Ordinal);
        var (relevant, others, seen) = (new List<Passage>(), new List<Passage>(), 0L);
        foreach (var passage in collection.ReadPassages())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (wanted.Contains(passage.Id)) relevant.Add(passage);
            else if (others.Count < mostPassages) others.Add(passage);
            else if (random.NextInt64(seen + 1) is var place && place < mostPassages) others[(int)place] = passage;
            if (!wanted.Contains(passage.Id)) seen++;
        }
        var known = relevant.Select(passage => passage.Id).ToHashSet(StringComparer.Ordinal);
        var queries = chosen.Where(id => qrels.Judgements(id).Any(judgement => judgement.Grade > 0 && known.Contains(judgement.PassageId))).Order(StringComparer.Ordinal).Select(id => texts[id]).ToArray();
        if (queries.Length < 2)
            throw new DragomanException($"{collection.Folder}: {Amount.Of(queries.Length, "judged query")} {(queries.Length == 1 ? "has" : "have")} both a text and a relevant passage in the collection; two are needed. Do the ids of queries, passages and {collection.QrelsPath(split)} match?");
        var languages = relevant.Select(passage => passage.Language).ToHashSet(StringComparer.Ordinal);
        return new CollectionSample(qrels, queries, [.. relevant.Concat(others.Where(passage => languages.Contains(passage.Language))).OrderBy(passage => passage.Id, StringComparer.Ordinal)]);
    }
}
