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
    private readonly SequenceModel _sequences = new(model.Encoder, model.Forward, options.Precision);
    private readonly BatchGradient _gradient = new(options.Passes, model);
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

    public double Weight(IReadOnlyList<int> items) => items.Sum(item => _groups[item].Weight);

    public BatchOutcome Backward(IReadOnlyList<int> items, double weight)
    {
        var numbers = new List<(string Name, double Value)>();
        var sum = 0.0;
        var total = Weight(items);
        foreach (var part in Parts(items))
        {
            var share = (double)part.Count / items.Count;
            var counted = total > 0 ? Weight(part) / total : share;
            var outcome = BackwardPart(part, weight * counted);
            sum += outcome.Loss * counted;
            numbers = [.. outcome.Numbers.Select((number, place) => (number.Name, (numbers.Count == 0 ? 0 : numbers[place].Value) + number.Value * share))];
        }
        return new BatchOutcome(sum, numbers);
    }

    public void AfterStep()
    {
    }

    public string Describe(IReadOnlyList<int> items) => GroupNames.ForPeople([.. items.Select(item => _groups[item])]);

    public JsonArray Ids(IReadOnlyList<int> items) => GroupNames.ForPrograms(items.Select(item => _groups[item]));

    private BatchOutcome BackwardPart(IReadOnlyList<int> items, double weight)
    {
        using var scope = TensorScope.Begin();
        var lists = items.Select(item => _groups[item]).ToList();
        var pairs = items.SelectMany(item => _encoded[item]).Select(pair => new TokenSequence(pair.Ids, pair.TypeIds)).ToList();
        var passed = _gradient.Backward(new SequencePasses(_sequences, pairs, [[.. Enumerable.Range(0, pairs.Count)]]), new ListLoss(loss, lists), weight);
        var first = (double)GroupLists.PositivesFirst(passed.Outputs.ToArray<float>(), lists) / lists.Count;
        return new BatchOutcome(passed.Loss, [("accuracy", first), ("skipped", (double)passed.Skipped / lists.Count), .. passed.Number is { } number ? [number] : Array.Empty<(string, double)>()]);
    }

    /// <summary>Cuts a batch so that no part is padded to more tokens than allowed; a list is never cut.</summary>
    private List<IReadOnlyList<int>> Parts(IReadOnlyList<int> items)
    {
        if (options.MaxBatchTokens == 0) return [items];
        var most = options.MaxBatchTokens / options.Passes.RunsAtOnce;
        var parts = new List<IReadOnlyList<int>>();
        var (part, longest) = (new List<int>(), 0);
        foreach (var item in items.OrderBy(item => Longest(_encoded[item])).ThenBy(item => item))
        {
            longest = Longest(_encoded[item]);
            if (part.Count > 0 && (part.Count + 1) * _encoded[item].Length * longest > most)
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

    private sealed class ListLoss(IRankingLoss loss, IReadOnlyList<TrainingGroup> groups) : IBatchLoss
    {
        public LossOutcome Compare(Tensor outputs) => loss.Forward(Lists(outputs));

        public CandidateLists Lists(Tensor outputs) => GroupLists.Of(outputs, groups);
    }
}

/// <summary>How a <see cref="CrossEncoderObjective"/> cuts and computes its batches.</summary>
internal sealed record CrossEncoderObjectiveOptions
{
    /// <summary>Groups in an epoch, at most.</summary>
    internal required int Groups { get; init; }

    /// <summary>Most tokens that are computed at once, padding among them; 0 for a batch at once. Smaller parts need less memory and pad less, and give the same gradient.</summary>
    internal int MaxBatchTokens { get; init; }

    /// <summary>How often a batch is passed through the model.</summary>
    internal PassSettings Passes { get; init; } = new();

    /// <summary>Type of the matrix products.</summary>
    internal Precision Precision { get; init; }

    /// <summary>Seed of the order.</summary>
    internal int Seed { get; init; }
}
