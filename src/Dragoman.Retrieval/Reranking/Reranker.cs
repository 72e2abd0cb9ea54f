using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Retrieval.Reranking;

/// <summary>Gives the candidates of a run new scores with a cross-encoder, which reads query and passage together. Not thread-safe.</summary>
/// <remarks>
/// The candidates of many queries are scored together in batches of like length. Candidates beyond <see cref="RerankOptions.Depth"/> stay in the run, below all that
/// were scored and in their old order, so that recall does not change.
/// </remarks>
public sealed class Reranker
{
    private const int PairsPerWindow = 1024;
    private readonly CrossEncoder _model;
    private readonly PairTokenizer _pairs;
    private readonly RerankOptions _options;

    /// <summary>Creates a reranker.</summary>
    /// <param name="model">The cross-encoder; stays the caller's. It must not be in training.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="options">How to rerank.</param>
    /// <exception cref="ConfigurationException">The options have problems, or ask for longer pairs than the model reads.</exception>
    public Reranker(CrossEncoder model, ITokenizer tokenizer, RerankOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        var problems = options.Problems().ToList();
        if (options.MaxLength > model.MaxTokens) problems.Add($"MaxLength is {options.MaxLength}; the model reads up to {model.MaxTokens} tokens.");
        if (problems.Count > 0) throw new ConfigurationException("rerank", problems);
        (_model, _options) = (model, options);
        _pairs = new PairTokenizer(tokenizer, options.MaxLength, options.MaxQueryLength ?? PairTokenizer.DefaultQueryLength(options.MaxLength));
    }

    /// <summary>Reranks a run.</summary>
    /// <param name="candidates">The run.</param>
    /// <param name="texts">Its texts.</param>
    /// <param name="progress">Told of the pairs scored so far.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>The same passages for the same queries, with the model's logits as scores.</returns>
    /// <exception cref="DragomanException">The model gave a score that is no number.</exception>
    public Run Rerank(Run candidates, CandidateTexts texts, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(texts);
        var builder = new RunBuilder(_options.Tag);
        var (window, pairs, done) = (new List<string>(), 0, 0);
        foreach (var queryId in candidates.QueryIds)
        {
            window.Add(queryId);
            pairs += Math.Min(candidates.PassagesAt(candidates.IndexOfQuery(queryId)).Length, _options.Depth ?? int.MaxValue);
            if (pairs < PairsPerWindow && queryId != candidates.QueryIds[^1]) continue;
            ScoreWindow(candidates, texts, window, builder, cancellationToken);
            progress?.Report(done += pairs);
            window.Clear();
            pairs = 0;
        }
        return builder.Build();
    }

    /// <summary>Scores pairs.</summary>
    /// <param name="pairs">Queries' and passages' texts.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>Logits, one a pair; higher is better.</returns>
    public float[] Score(IReadOnlyList<(string Query, string Passage)> pairs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return _model.Score([.. pairs.Select(pair => _pairs.Encode(pair.Query, pair.Passage)).Select(pair => new TokenSequence(pair.Ids, pair.TypeIds))], cancellationToken);
    }

    private void ScoreWindow(Run candidates, CandidateTexts texts, List<string> queryIds, RunBuilder builder, CancellationToken cancellationToken)
    {
        var depth = _options.Depth ?? int.MaxValue;
        var rankings = queryIds.Select(id => (Id: id, Ranking: candidates.Ranking(id))).ToList();
        var pairs = rankings.SelectMany(query => query.Ranking.Take(depth)
            .Select(candidate => (texts.Queries[query.Id].Text, texts.Passages[candidate.PassageId].FullText))).ToList();
        var scores = Score(pairs, cancellationToken);
        var at = 0;
        foreach (var (queryId, ranking) in rankings)
        {
            var lowest = double.PositiveInfinity;
            for (var rank = 0; rank < ranking.Count; rank++)
            {
                // A candidate that was not scored goes 1 below the one before it.
                var score = rank < depth ? scores[at++] : lowest - 1;
                if (!double.IsFinite(score)) throw new DragomanException($"The model scores passage {ranking[rank].PassageId} for query {queryId} as {score}; its weights are damaged, or try --precision float32.");
                lowest = Math.Min(lowest, score);
                builder.Add(queryId, ranking[rank].PassageId, score);
            }
        }
    }
}
