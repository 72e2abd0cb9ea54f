using Dragoman.Tensors;
using Dragoman.Training.Distillation;
using Dragoman.Training.Fitting;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.BiEncoders;

/// <summary>The texts of a batch whose vectors a teacher knows.</summary>
/// <param name="Added">Texts that join the batch: sources of parallel text, then their translations; none where the batch's own texts are learned.</param>
/// <param name="Vectors">The teacher's vectors, of the sources or of all texts of the batch, shape [N, H].</param>
/// <param name="Weight">Share of the squared distance in the loss.</param>
internal sealed record TaughtTexts(IReadOnlyList<string> Added, Tensor Vectors, double Weight)
{
    /// <summary>What a teacher says of a batch. Tensors belong to the scope under way.</summary>
    /// <param name="teacher">The teacher.</param>
    /// <param name="items">The batch's items.</param>
    /// <param name="groups">Their groups.</param>
    /// <param name="device">Where the vectors go.</param>
    internal static TaughtTexts Of(EmbeddingTeacher teacher, IReadOnlyList<int> items, IReadOnlyList<TrainingGroup> groups, Device device)
    {
        if (teacher.Pairs == 0)
            return new TaughtTexts([], teacher.Vectors([.. groups.Select(group => group.Query.Text)], [.. groups.SelectMany(group => group.Candidates).Select(candidate => candidate.Passage.FullText)], device), teacher.Weight);
        var pairs = items.Select(teacher.PairOf).ToList();
        var sources = pairs.Select(pair => pair.Source).ToList();
        return new TaughtTexts([.. sources, .. pairs.Select(pair => pair.Target)], teacher.Vectors([], sources, device), teacher.Weight);
    }
}

/// <summary>What is made of the vectors of a batch: queries, then all candidates, then a teacher's texts.</summary>
/// <param name="loss">The loss of the queries.</param>
/// <param name="groups">The groups.</param>
/// <param name="taught">The teacher's texts; null without one.</param>
internal sealed class BiEncoderBatchLoss(IBiEncoderLoss loss, IReadOnlyList<TrainingGroup> groups, TaughtTexts? taught) : IBatchLoss
{
    private readonly int _own = groups.Count + groups.Sum(group => group.Candidates.Count);

    public LossOutcome Compare(Tensor outputs) => loss.Compare(Batch(outputs));

    public CandidateLists Lists(Tensor outputs) => loss.Lists(Batch(outputs));

    /// <summary>The mean over the queries, mixed with the squared distance to the teacher's vectors: the mean over the values that <see cref="EmbeddingDistillation"/> gives, times their number.</summary>
    public Tensor Total(LossOutcome compared, Tensor outputs)
    {
        if (taught is null) return compared.Mean();
        var pairs = taught.Added.Count / 2;
        var distance = pairs == 0
            ? EmbeddingDistillation.Compute(outputs, null, taught.Vectors)
            : EmbeddingDistillation.Compute(outputs.Narrow(0, _own, pairs), outputs.Narrow(0, _own + pairs, pairs), taught.Vectors);
        return compared.Mean() * (1 - taught.Weight) + distance * (outputs.Size(1) * taught.Weight);
    }

    private BiEncoderBatch Batch(Tensor outputs) => new(outputs.Narrow(0, 0, groups.Count), outputs.Narrow(0, groups.Count, _own - groups.Count), groups);
}
