using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling.Rejection.Agreement;
using Dragoman.Training.Sampling.Rejection.Schemes;

namespace Dragoman.Training.Sampling.Rejection;

/// <summary>
/// Draws for queries by options. What is drawn for a query depends on the options, the seed, the epoch and the query's candidates alone, whatever is drawn before it or beside it. Thread-safe.
/// </summary>
public sealed class QuerySampler
{
    private const int QueriesAtOnce = 256;
    private readonly SamplingOptions _options;

    /// <summary>Takes the options.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="ConfigurationException">They cannot be used.</exception>
    public QuerySampler(SamplingOptions options)
    {
        if (options.Problems().ToList() is { Count: > 0 } problems) throw new ConfigurationException("sampling", problems);
        _options = options;
    }

    /// <summary>Draws for queries on several threads; the result does not depend on how many. Only the candidate lists of some hundred queries are held at once.</summary>
    /// <param name="queries">The queries' candidates.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="threads">How many threads, 1 or more.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    /// <returns>One for each query, in their order.</returns>
    /// <exception cref="DragomanException">A query cannot be drawn for.</exception>
    public IEnumerable<QueryDraws> Draw(IEnumerable<CandidateList> queries, int epoch, int threads, CancellationToken cancellationToken = default) =>
        queries.Chunk(QueriesAtOnce).SelectMany(block => QueryThreads.Each(block.Length, at => Draw(block[at], epoch), threads, cancellationToken));

    /// <summary>Draws for a query.</summary>
    /// <param name="candidates">Its candidates.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <exception cref="DragomanException">The query cannot be drawn for: a candidate is wanted and never proposed, or every grade is 0 and so is the smoothing.</exception>
    public QueryDraws Draw(CandidateList candidates, int epoch)
    {
        var key = new DrawKey(_options.Seed, epoch);
        var stop = _options.Stop;
        switch (_options.Scheme)
        {
            case SamplingScheme.GumbelTopK: return GumbelTopK.Draw(candidates, TargetOf(candidates), stop.Wanted, key);
            case SamplingScheme.Agreement: return ExampleThinning.Draw(SamplingScheme.Agreement, candidates, [.. Agreement(candidates, epoch)], weigh: false, key);
            case SamplingScheme.SeedLiteral: return ExampleThinning.Draw(SamplingScheme.SeedLiteral, candidates, [.. Labels(candidates).Select(label => SeedLiteral.Acceptance(Math.Log(label), _options.SeedBound))], weigh: false, key);
        }
        var proposal = Proposal.Softmax(candidates, _options.Proposal);
        if (_options.Scheme is SamplingScheme.Rso or SamplingScheme.Raft or SamplingScheme.Rest)
        {
            var rewards = candidates.Grades.Select(grade => Math.Clamp((double)grade / _options.BestGrade, 0, 1)).ToArray();
            return _options.Scheme switch
            {
                SamplingScheme.Rso => RewardSelection.Soft(candidates, proposal, at => rewards[at], 1, _options.Beta, stop, key),
                SamplingScheme.Raft => RewardSelection.Best(candidates, proposal, rewards, stop.Wanted * _options.Factor, stop.Wanted, key),
                _ => RewardSelection.Above(candidates, proposal, rewards, stop.Wanted * _options.Factor, _options.Thresholds, key),
            };
        }
        var target = TargetOf(candidates);
        var ratios = CandidateRatios.Of(candidates, proposal, target);
        return _options.Scheme switch
        {
            SamplingScheme.Importance => ImportanceSampler.Weigh(candidates, proposal, ratios, stop, key),
            SamplingScheme.Resampling => ImportanceSampler.Resample(candidates, proposal, ratios, stop.Wanted, _options.Factor, key),
            var scheme => RejectionSampler.Draw(candidates, proposal, ratios, _options.Bound.LogBound(candidates, proposal, target, ratios), stop, key, scheme),
        };
    }

    private Target TargetOf(CandidateList candidates) => _options.Target == TargetKind.Graded ? Target.Graded(candidates, _options.Smoothing) : Target.SoftmaxOfGrades(candidates, _options.TargetTemperature);

    // The probability that the scores give to each label: relevant above grade 0, or not.
    private IEnumerable<double> Labels(CandidateList candidates) => candidates.Scores.Select((score, at) =>
    {
        var relevant = 1 / (1 + Math.Exp(-score / _options.Proposal.Temperature));
        return candidates.Grades[at] > 0 ? relevant : 1 - relevant;
    });

    private IEnumerable<double> Agreement(CandidateList candidates, int epoch)
    {
        var noise = NoiseTransition.Symmetric(2, _options.NoiseRate);
        return Labels(candidates).Select(label => _options.Agreement.Acceptance(noise.Clean([label, 1 - label], 0), epoch));
    }
}
