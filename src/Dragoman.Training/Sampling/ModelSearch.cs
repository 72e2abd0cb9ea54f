using System.Numerics.Tensors;
using Dragoman.Collections;
using Dragoman.Models.Encoders;

namespace Dragoman.Training.Sampling;

/// <summary>
/// Searches a collection with an encoder for the queries of groups: passages are encoded in blocks, and of each query only the best are kept, so that memory holds the queries' vectors, one block of passages' and the lists.
/// </summary>
/// <param name="encoder">The encoder.</param>
/// <param name="groups">Queries with their positives; each searches its positive's language.</param>
/// <param name="passages">The passages to search, with texts; read anew by every search.</param>
/// <param name="options">Sizes.</param>
internal sealed class ModelSearch(ITextEncoder encoder, IReadOnlyList<(Query Query, Passage Positive)> groups, IEnumerable<Passage> passages, ModelSearchOptions options)
{
    private readonly HashSet<string> _languages = groups.Select(group => group.Positive.Language).ToHashSet(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]> _groupsOf = Enumerable.Range(0, groups.Count).GroupBy(group => groups[group].Positive.Id, StringComparer.Ordinal).ToDictionary(of => of.Key, of => of.ToArray(), StringComparer.Ordinal);

    /// <summary>Passages that were searched last: those in a language of a positive.</summary>
    internal int Passages { get; private set; }

    /// <summary>Most bytes of vectors, scores and lists that a search holds at once.</summary>
    internal long BufferBytes => sizeof(float) * (long)encoder.Dimension * (groups.Count + Math.Min(options.BlockPassages, Passages)) + groups.Count * (long)Math.Min(options.Depth, Passages) * BestPassages.BytesOfEntry;

    /// <summary>Searches with the encoder as it is now.</summary>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <returns>For each group, the best passages of its positive's language, the positive among them if it is one, and the positive's score.</returns>
    internal IReadOnlyList<SearchedGroup> Search(CancellationToken cancellationToken)
    {
        var width = encoder.Dimension;
        var queries = new float[(long)groups.Count * width];
        for (var first = 0; first < groups.Count; first += options.BlockPassages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = groups.Skip(first).Take(options.BlockPassages).Select(group => group.Query.Text).ToList();
            encoder.EncodeQueries(part, queries.AsSpan(first * width, part.Count * width));
        }
        var best = groups.Select(_ => new BestPassages(options.Depth)).ToArray();
        var positives = new double[groups.Count];
        var vectors = Array.Empty<float>();
        Passages = 0;
        foreach (var block in passages.Where(passage => _languages.Contains(passage.Language)).Chunk(options.BlockPassages))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Passages += block.Length;
            if (vectors.Length < block.Length * width) vectors = new float[block.Length * width];
            encoder.Encode([.. block.Select(passage => passage.FullText)], vectors.AsSpan(0, block.Length * width));
            Parallel.For(0, groups.Count, group =>
            {
                var query = queries.AsSpan(group * width, width);
                for (var at = 0; at < block.Length; at++)
                    if (block[at].Language == groups[group].Positive.Language) best[group].Offer(block[at].Id, TensorPrimitives.Dot<float>(query, vectors.AsSpan(at * width, width)));
            });
            for (var at = 0; at < block.Length; at++)
                foreach (var group in _groupsOf.GetValueOrDefault(block[at].Id, [])) positives[group] = TensorPrimitives.Dot<float>(queries.AsSpan(group * width, width), vectors.AsSpan(at * width, width));
        }
        return [.. groups.Select((_, group) => new SearchedGroup(best[group].Take(), positives[group], CandidateOrigin.Mined))];
    }
}

/// <summary>Sizes of a <see cref="ModelSearch"/>.</summary>
internal sealed record ModelSearchOptions
{
    /// <summary>Passages kept for each query.</summary>
    internal int Depth { get; init; } = 50;

    /// <summary>Passages encoded at once.</summary>
    internal int BlockPassages { get; init; } = 4096;
}

/// <summary>Keeps the best passages of a query: score descending, ties by id descending, as a run is sorted.</summary>
internal sealed class BestPassages(int depth)
{
    /// <summary>What an entry takes: a reference, a score, and the place in the queue.</summary>
    internal const int BytesOfEntry = 32;

    private static readonly Comparer<(float Score, string Id)> WorstFirst = Comparer<(float Score, string Id)>.Create((left, right) =>
        left.Score != right.Score ? left.Score.CompareTo(right.Score) : string.CompareOrdinal(left.Id, right.Id));
    private readonly PriorityQueue<string, (float Score, string Id)> _kept = new(WorstFirst);

    internal void Offer(string id, float score)
    {
        if (_kept.Count < depth) _kept.Enqueue(id, (score, id));
        else if (_kept.TryPeek(out _, out var worst) && score >= worst.Score) _kept.EnqueueDequeue(id, (score, id));
    }

    /// <summary>The ranking, best first; nothing is left.</summary>
    internal RankedPassage[] Take()
    {
        var ranking = new RankedPassage[_kept.Count];
        while (_kept.TryDequeue(out var id, out var key)) ranking[_kept.Count] = new RankedPassage(id, key.Score);
        return ranking;
    }
}
