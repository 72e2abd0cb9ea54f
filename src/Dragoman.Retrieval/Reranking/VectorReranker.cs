using System.Numerics.Tensors;
using Dragoman.Collections;
using Dragoman.Models.Encoders;

namespace Dragoman.Retrieval.Reranking;

/// <summary>Gives the candidates of a run new scores with a bi-encoder: the dot product of query and passage. Passages are encoded as they are met, without an index. Not thread-safe.</summary>
/// <param name="encoder">The bi-encoder; stays the caller's.</param>
/// <param name="tag">The tag of the new run.</param>
public sealed class VectorReranker(ITextEncoder encoder, string tag = "rerank")
{
    private const int PairsPerWindow = 4096;

    /// <summary>Reranks a run.</summary>
    /// <param name="candidates">The run.</param>
    /// <param name="texts">Its texts.</param>
    /// <param name="progress">Told of the candidates scored so far.</param>
    /// <param name="cancellationToken">Stops between windows of about 4,096 candidates.</param>
    /// <returns>The same passages for the same queries, with the dot products as scores.</returns>
    public Run Rerank(Run candidates, CandidateTexts texts, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(texts);
        var builder = new RunBuilder(tag);
        var (window, pairs, done) = (new List<string>(), 0, 0);
        foreach (var queryId in candidates.QueryIds)
        {
            window.Add(queryId);
            pairs += candidates.PassagesAt(candidates.IndexOfQuery(queryId)).Length;
            if (pairs < PairsPerWindow && queryId != candidates.QueryIds[^1]) continue;
            cancellationToken.ThrowIfCancellationRequested();
            Score(candidates, texts, window, builder);
            progress?.Report(done += pairs);
            window.Clear();
            pairs = 0;
        }
        return builder.Build();
    }

    private void Score(Run candidates, CandidateTexts texts, List<string> queryIds, RunBuilder builder)
    {
        var width = encoder.Dimension;
        var queries = new float[queryIds.Count * width];
        encoder.EncodeQueries([.. queryIds.Select(id => texts.Queries[id].Text)], queries);
        var passageIds = queryIds.SelectMany(id => candidates.Ranking(id)).Select(candidate => candidate.PassageId).Distinct(StringComparer.Ordinal).ToList();
        var places = passageIds.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        var passages = new float[passageIds.Count * width];
        encoder.Encode([.. passageIds.Select(id => texts.Passages[id].FullText)], passages);
        for (var query = 0; query < queryIds.Count; query++)
            foreach (var candidate in candidates.Ranking(queryIds[query]))
                builder.Add(queryIds[query], candidate.PassageId, TensorPrimitives.Dot<float>(queries.AsSpan(query * width, width), passages.AsSpan(places[candidate.PassageId] * width, width)));
    }
}
