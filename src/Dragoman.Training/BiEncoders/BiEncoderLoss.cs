using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Training.Fitting;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.BiEncoders;

/// <summary>The vectors of a batch and whose they are.</summary>
/// <param name="Queries">L2-normalised, shape [B, H].</param>
/// <param name="Passages">L2-normalised, all candidates group after group, shape [N, H].</param>
/// <param name="Groups">The B groups.</param>
internal sealed record BiEncoderBatch(Tensor Queries, Tensor Passages, IReadOnlyList<TrainingGroup> Groups);

/// <summary>What a bi-encoder minimises.</summary>
internal interface IBiEncoderLoss
{
    /// <summary>What is learned beside the encoder; null when nothing is.</summary>
    Module? Learned { get; }

    /// <summary>The mean loss of a batch, shape []; the caller owns it.</summary>
    /// <param name="batch">The batch.</param>
    Tensor Forward(BiEncoderBatch batch);

    /// <summary>Called after every step of the optimiser.</summary>
    void AfterStep();
}

/// <summary>
/// Bidirectional InfoNCE over the batch: the other queries' passages are negatives, beside a group's own. Passages that are known to answer a query, and those that are its own again, are masked.
/// </summary>
/// <param name="temperature">Divides the cosines, when it is not learned.</param>
/// <param name="learned">The learned temperature; null for a fixed one.</param>
/// <param name="margin">Taken from the cosine of each pair.</param>
/// <param name="isRelevant">Whether a passage is known to answer a query, by their ids.</param>
internal sealed class InBatchLoss(double temperature, LearnableTemperature? learned, double margin, Func<string, string, bool> isRelevant) : IBiEncoderLoss
{
    public Module? Learned => learned;

    public Tensor Forward(BiEncoderBatch batch)
    {
        using var scope = TensorScope.Begin();
        var (positives, negatives) = Places(batch.Groups);
        var device = batch.Queries.Device;
        Tensor Rows(long[] places) => batch.Passages.IndexSelect(0, Tensor.From(places, places.Length).To(device));
        var passageIds = batch.Groups.Select(group => group.Positive.Id).Concat(batch.Groups.SelectMany(group => group.Negatives).Select(passage => passage.Id)).ToList();
        var excluded = InBatchMask.OfIds([.. batch.Groups.Select(group => group.Query.Id)], passageIds, isRelevant).To(device);                      // [B, B + M]
        var count = batch.Groups.Count;
        var pairs = new ContrastiveBatch(batch.Queries, Rows(positives))
        {
            // Neither may be the other's negative: a passage that answers a query is none of its negatives in either direction.
            Excluded = excluded.Narrow(1, 0, count),
            HardNegatives = negatives.Length == 0 ? null : Rows(negatives),
            ExcludedHard = negatives.Length == 0 ? null : excluded.Narrow(1, count, negatives.Length),
        };
        var outcome = learned is null ? BidirectionalInfoNce.Compute(pairs, temperature, margin) : BidirectionalInfoNce.Compute(pairs, learned, margin);
        return scope.Keep(outcome.Mean());
    }

    public void AfterStep() => learned?.Limit();

    private static (long[] Positives, long[] Negatives) Places(IReadOnlyList<TrainingGroup> groups)
    {
        var (positives, negatives, next) = (new List<long>(), new List<long>(), 0L);
        foreach (var group in groups)
        {
            positives.Add(next);
            for (var candidate = 1; candidate < group.Candidates.Count; candidate++) negatives.Add(next + candidate);
            next += group.Candidates.Count;
        }
        return ([.. positives], [.. negatives]);
    }
}

/// <summary>A ranking loss over the cosines of a query's own candidates alone, as the project's source trains its dual encoder. Nothing of it keeps vectors apart that no group compares.</summary>
/// <param name="loss">The loss.</param>
/// <param name="temperature">Divides the cosines; 1 in the source.</param>
internal sealed class OwnCandidatesLoss(IRankingLoss loss, double temperature) : IBiEncoderLoss
{
    public Module? Learned => null;

    public Tensor Forward(BiEncoderBatch batch)
    {
        using var scope = TensorScope.Begin();
        var owners = batch.Groups.SelectMany((group, row) => Enumerable.Repeat((long)row, group.Candidates.Count)).ToArray();
        var queries = batch.Queries.IndexSelect(0, Tensor.From(owners, owners.Length).To(batch.Queries.Device));                                     // [N, H]
        var cosines = LossPrecision.Wide((queries * batch.Passages).Sum(1)) / temperature;                                                           // [N]
        return scope.Keep(loss.Forward(GroupLists.Of(cosines, batch.Groups)).Mean());
    }

    public void AfterStep()
    {
    }
}
