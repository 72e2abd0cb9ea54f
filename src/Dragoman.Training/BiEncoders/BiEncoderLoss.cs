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

    /// <summary>The loss of each of the batch's queries; the caller owns the tensors.</summary>
    /// <param name="batch">The batch.</param>
    LossOutcome Compare(BiEncoderBatch batch);

    /// <summary>The passages that a query is compared with, one list a query, by cosines over the temperature.</summary>
    /// <param name="batch">The batch.</param>
    CandidateLists Lists(BiEncoderBatch batch);

    /// <summary>Called after every step of the optimiser.</summary>
    void AfterStep();
}

/// <summary>
/// Bidirectional InfoNCE over the batch: the other queries' passages are negatives, beside a group's own. Passages that are known to answer a query, those that are its own again, and those that a guide scores above its
/// own are masked.
/// </summary>
/// <param name="temperature">Divides the cosines, when it is not learned.</param>
/// <param name="learned">The learned temperature; null for a fixed one.</param>
/// <param name="margin">Taken from the cosine of each pair.</param>
/// <param name="isRelevant">Whether a passage is known to answer a query, by their ids.</param>
/// <param name="guide">The guide; null for none.</param>
internal sealed class InBatchLoss(double temperature, LearnableTemperature? learned, double margin, Func<string, string, bool> isRelevant, GuideModel? guide = null) : IBiEncoderLoss
{
    public Module? Learned => learned;

    public LossOutcome Compare(BiEncoderBatch batch)
    {
        using var scope = TensorScope.Begin();
        var (positives, negatives) = Rows(batch);
        var (count, others) = (batch.Groups.Count, batch.Passages.Size(0) - batch.Groups.Count);
        var excluded = Excluded(batch);                                                                    // [B, B + M]
        var pairs = new ContrastiveBatch(batch.Queries, positives)
        {
            // Neither may be the other's negative: a passage that answers a query is none of its negatives in either direction.
            Excluded = excluded.Narrow(1, 0, count),
            HardNegatives = others == 0 ? null : negatives,
            ExcludedHard = others == 0 ? null : excluded.Narrow(1, count, others),
            Weights = GroupLists.Weights(batch.Groups, batch.Queries.Device),
        };
        var outcome = learned is null ? BidirectionalInfoNce.Compute(pairs, temperature, margin) : BidirectionalInfoNce.Compute(pairs, learned, margin);
        return new LossOutcome(scope.Keep(outcome.PerList), scope.Keep(outcome.HasSignal), scope.Keep(outcome.Weights));
    }

    public CandidateLists Lists(BiEncoderBatch batch)
    {
        using var scope = TensorScope.Begin();
        var (positives, negatives) = Rows(batch);
        var cosines = LossPrecision.Wide(batch.Queries.MatMul(Tensor.Cat([positives, negatives], 0).Transpose(0, 1)));                               // [B, B + M]
        return new CandidateLists(scope.Keep(learned is null ? cosines / temperature : cosines * learned.Scale())) { Mask = scope.Keep(Excluded(batch).Not()) };
    }

    public void AfterStep() => learned?.Limit();

    /// <summary>The groups' positives, and all their other candidates.</summary>
    private static (Tensor Positives, Tensor Negatives) Rows(BiEncoderBatch batch)
    {
        var (positives, negatives, next) = (new List<long>(), new List<long>(), 0L);
        foreach (var group in batch.Groups)
        {
            positives.Add(next);
            for (var candidate = 1; candidate < group.Candidates.Count; candidate++) negatives.Add(next + candidate);
            next += group.Candidates.Count;
        }
        Tensor Of(List<long> places) => batch.Passages.IndexSelect(0, Tensor.From(places.ToArray(), places.Count).To(batch.Passages.Device));
        return (Of(positives), Of(negatives));
    }

    private Tensor Excluded(BiEncoderBatch batch)
    {
        var device = batch.Queries.Device;
        var passageIds = batch.Groups.Select(group => group.Positive.Id).Concat(batch.Groups.SelectMany(group => group.Negatives).Select(passage => passage.Id)).ToList();
        var known = InBatchMask.OfIds([.. batch.Groups.Select(group => group.Query.Id)], passageIds, isRelevant).To(device);                         // [B, B + M]
        return guide is null ? known : known.Or(guide.Excluded(batch.Groups, device));
    }
}

/// <summary>A ranking loss over the cosines of a query's own candidates alone, as the project's source trains its dual encoder. Nothing of it keeps vectors apart that no group compares.</summary>
/// <param name="loss">The loss.</param>
/// <param name="temperature">Divides the cosines; 1 in the source.</param>
internal sealed class OwnCandidatesLoss(IRankingLoss loss, double temperature) : IBiEncoderLoss
{
    public Module? Learned => null;

    public LossOutcome Compare(BiEncoderBatch batch) => loss.Forward(Lists(batch));

    public CandidateLists Lists(BiEncoderBatch batch)
    {
        var owners = batch.Groups.SelectMany((group, row) => Enumerable.Repeat((long)row, group.Candidates.Count)).ToArray();
        var queries = batch.Queries.IndexSelect(0, Tensor.From(owners, owners.Length).To(batch.Queries.Device));                                     // [N, H]
        return GroupLists.Of(LossPrecision.Wide((queries * batch.Passages).Sum(1)) / temperature, batch.Groups);
    }

    public void AfterStep()
    {
    }
}

/// <summary>A loss mixed with one that learns from a teacher's scores of a query's own candidates.</summary>
/// <param name="loss">The loss.</param>
/// <param name="distillation">The other.</param>
/// <param name="share">Share of the other, within [0, 1].</param>
internal sealed class DistilledBiEncoderLoss(IBiEncoderLoss loss, OwnCandidatesLoss distillation, double share) : IBiEncoderLoss
{
    public Module? Learned => loss.Learned;

    public LossOutcome Compare(BiEncoderBatch batch) => LossOutcome.Mix(loss.Compare(batch), distillation.Compare(batch), share);

    public CandidateLists Lists(BiEncoderBatch batch) => loss.Lists(batch);

    public void AfterStep() => loss.AfterStep();
}
