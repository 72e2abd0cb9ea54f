using Dragoman.Training.Sampling.Rejection;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>The losses of pairs of query and positive by the model in training: −log softmax(s/τ) of the positive against easy negatives.</summary>
internal static class PairLosses
{
    /// <summary>The loss of each pair.</summary>
    /// <param name="work">The epoch.</param>
    /// <param name="pairs">Groups' places, their numbers within the query, and passages.</param>
    /// <param name="easyNegatives">How many easy negatives, drawn from the pool for each pair.</param>
    /// <returns>0 or more; exp of its negative is the probability that the model gives the positive.</returns>
    internal static double[] Of(EpochWork work, IReadOnlyList<(int Source, int Place, string PassageId)> pairs, int easyNegatives)
    {
        var lists = pairs.Select(pair => new PairList(work.Groups[pair.Source].Query, [pair.PassageId, .. Easy(work, pair, easyNegatives)])).ToList();
        var temperature = work.Settings.Proposal.Temperature;
        return Array.ConvertAll(work.Scorer.Score(lists, work.Cancellation), scores =>
        {
            var scaled = Array.ConvertAll(scores, score => score / temperature);
            return Math.Max(0, LogSpace.LogSumExp(scaled) - scaled[0]);
        });
    }

    /// <summary>Ids of the easy negatives of a pair, the same whenever they are asked for in an epoch.</summary>
    /// <param name="work">The epoch.</param>
    /// <param name="pair">The pair.</param>
    /// <param name="count">How many.</param>
    internal static IEnumerable<string> Easy(EpochWork work, (int Source, int Place, string PassageId) pair, int count) =>
        work.Sources.Sampler.Easy(pair.Source, count, work.Key(SamplingPart.Pool, pair.Place).Stream(work.Groups[pair.Source].Query.Id, DrawPurpose.Pool), new HashSet<string>(StringComparer.Ordinal) { pair.PassageId }).Select(passage => passage.Id);
}
