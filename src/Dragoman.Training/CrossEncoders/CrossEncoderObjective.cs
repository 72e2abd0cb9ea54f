using System.Text.Json.Nodes;
using Dragoman.Models;
using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Retrieval.Reranking;
using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.Fitting;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.CrossEncoders;

/// <summary>Fits a cross-encoder to rank the positive of a group first: scores the group's pairs and compares them by a loss over the list.</summary>
/// <param name="model">The model.</param>
/// <param name="groups">Gives the groups of an epoch, by epoch from 1.</param>
/// <param name="pairs">Turns a query and a passage into ids.</param>
/// <param name="loss">What is minimised.</param>
/// <param name="options">Sizes, seed and precision.</param>
internal sealed class CrossEncoderObjective(SequenceClassifier model, Func<int, IReadOnlyList<TrainingGroup>> groups, PairTokenizer pairs, IRankingLoss loss, CrossEncoderObjectiveOptions options) : IObjective
{
    private IReadOnlyList<TrainingGroup> _groups = [];
    private EncodedText[][] _encoded = [];

    public Module Model => model;

    public int Count => options.Groups;

    public void Begin(int epoch, CancellationToken cancellationToken)
    {
        _groups = groups(epoch);
        _encoded = [.. _groups.Select(group => group.Candidates.Select(candidate => pairs.Encode(group.Query.Text, candidate.Passage.FullText)).ToArray())];
    }

    public IReadOnlyList<int[]> Batches(int epoch, int batchSize) => BucketedBatches.Cut([.. _encoded.Select(Longest)], batchSize, unchecked(options.Seed * 31 + epoch));

    public BatchOutcome Backward(IReadOnlyList<int> items, double weight)
    {
        var (sum, first) = (0.0, 0);
        foreach (var part in Parts(items))
        {
            var (partLoss, right) = BackwardPart(part, weight * part.Count / items.Count);
            sum += partLoss * part.Count;
            first += right;
        }
        return new BatchOutcome(sum / items.Count, [("accuracy", (double)first / items.Count)]);
    }

    public void AfterStep()
    {
    }

    public string Describe(IReadOnlyList<int> items) => GroupNames.ForPeople([.. items.Select(item => _groups[item])]);

    public JsonArray Ids(IReadOnlyList<int> items) => GroupNames.ForPrograms(items.Select(item => _groups[item]));

    private (double Loss, int First) BackwardPart(IReadOnlyList<int> items, double weight)
    {
        using var scope = TensorScope.Begin();
        var device = model.Parameters[0].Value.Device;
        var lists = items.Select(item => _groups[item]).ToList();
        using var batch = TokenBatch.Pad([.. items.SelectMany(item => _encoded[item]).Select(pair => new TokenSequence(pair.Ids, pair.TypeIds))], model.Encoder.Config.PadTokenId, device);
        Tensor scores;
        using (PrecisionChoice.Begin(options.Precision, device.Kind)) scores = model.Forward(batch);                                             // [N]
        var compared = loss.Forward(GroupLists.Of(scores, lists)).Mean();
        (compared * weight).Backward();
        return (compared.Item(), GroupLists.PositivesFirst(scores.Detach().ToArray<float>(), lists));
    }

    /// <summary>Cuts a batch so that no part is padded to more tokens than allowed; a list is never cut.</summary>
    private List<IReadOnlyList<int>> Parts(IReadOnlyList<int> items)
    {
        if (options.MaxBatchTokens == 0) return [items];
        var parts = new List<IReadOnlyList<int>>();
        var (part, longest) = (new List<int>(), 0);
        foreach (var item in items.OrderBy(item => Longest(_encoded[item])).ThenBy(item => item))
        {
            longest = Longest(_encoded[item]);
            if (part.Count > 0 && (part.Count + 1) * _encoded[item].Length * longest > options.MaxBatchTokens)
            {
                parts.Add(part);
                part = [];
            }
            part.Add(item);
        }
        parts.Add(part);
        return parts;
    }

    private static int Longest(EncodedText[] list) => list.Max(pair => pair.Ids.Length);
}

/// <summary>How a <see cref="CrossEncoderObjective"/> cuts and computes its batches.</summary>
internal sealed record CrossEncoderObjectiveOptions
{
    /// <summary>Groups in every epoch.</summary>
    internal required int Groups { get; init; }

    /// <summary>Most tokens that are computed at once, padding among them; 0 for a batch at once. Smaller parts need less memory and pad less, and give the same gradient.</summary>
    internal int MaxBatchTokens { get; init; }

    /// <summary>Type of the matrix products.</summary>
    internal Precision Precision { get; init; }

    /// <summary>Seed of the order.</summary>
    internal int Seed { get; init; }
}
