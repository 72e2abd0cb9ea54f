using System.Text.Json.Nodes;
using Dragoman.Models;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.Distillation;
using Dragoman.Training.Fitting;
using Dragoman.Training.Sampling;
using Dragoman.Training.Workers;

namespace Dragoman.Training.BiEncoders;

/// <summary>How a <see cref="BiEncoderObjective"/> reads texts and computes its batches.</summary>
internal sealed record BiEncoderObjectiveOptions
{
    /// <summary>Groups in an epoch, at most.</summary>
    internal required int Groups { get; init; }

    /// <summary>How a text becomes one vector; <see cref="SentenceModel.MaxLength"/> is that of passages, <see cref="SentenceModel.QueryMaxLength"/> that of queries.</summary>
    internal required SentenceModel Sentence { get; init; }

    /// <summary>Most tokens that are encoded at once, padding among them; 0 for a batch at once. Below the batch's tokens, gradients are cached.</summary>
    internal int MaxBatchTokens { get; init; }

    /// <summary>How often a batch is passed through the model.</summary>
    internal PassSettings Passes { get; init; } = new();

    /// <summary>Whose vectors are learned; null for nobody's.</summary>
    internal EmbeddingTeacher? Embeddings { get; init; }

    /// <summary>Type of the matrix products.</summary>
    internal Precision Precision { get; init; }

    /// <summary>Seed of the order.</summary>
    internal int Seed { get; init; }
}

/// <summary>Fits a bi-encoder: encodes the queries and candidates of a batch, in parts with cached gradients where they are too many, and compares their cosines.</summary>
/// <remarks>Several workers compute the loss of the whole batch: each encodes its share, the vectors are gathered, and each takes the gradient by its own vectors back.</remarks>
/// <param name="model">The encoder and what the loss learns.</param>
/// <param name="groups">Gives the groups of an epoch, by epoch from 1.</param>
/// <param name="tokenizer">The encoder's tokenizer.</param>
/// <param name="loss">What is minimised.</param>
/// <param name="options">Lengths, sizes, seed and precision.</param>
internal sealed class BiEncoderObjective(BiEncoderModule model, Func<int, IReadOnlyList<TrainingGroup>> groups, ITokenizer tokenizer, IBiEncoderLoss loss, BiEncoderObjectiveOptions options) : IJointObjective
{
    private readonly int _passageLength = Math.Min(options.Sentence.MaxLength ?? int.MaxValue, model.Encoder.Config.MaxTokens);
    private readonly BatchGradient _gradient = new(options.Passes, model);
    private readonly SequenceModel _sequences = new(model.Encoder, (batch, embedded) =>
        PoolingLayer.Forward(model.Encoder, model.Encoder.Forward(batch, embedded), batch.Mask, options.Sentence.Pooling, normalise: true), options.Precision);
    private IReadOnlyList<TrainingGroup> _groups = [];

    public Module Model => model;

    public int Count => options.Groups;

    public void Begin(int epoch, CancellationToken cancellationToken)
    {
        _groups = groups(epoch);
        options.Embeddings?.Begin(epoch, Count);
    }

    public IReadOnlyList<int[]> Batches(int epoch, int batchSize)
    {
        var order = Enumerable.Range(0, _groups.Count).ToArray();
        new Random(unchecked(options.Seed * 31 + epoch)).Shuffle(order);
        return [.. order.Chunk(batchSize)];
    }

    public double Weight(IReadOnlyList<int> items) => items.Sum(item => _groups[item].Weight);

    public BatchOutcome Backward(IReadOnlyList<int> items, double weight) => Backward(items, weight, WorkerGroup.Alone);

    public BatchOutcome Backward(IReadOnlyList<int> items, double weight, WorkerGroup workers)
    {
        using var scope = TensorScope.Begin();
        var batch = items.Select(item => _groups[item]).ToList();
        var device = model.Encoder.Parameters[0].Value.Device;
        var taught = options.Embeddings is { } teacher ? TaughtTexts.Of(teacher, [.. items], batch, device) : null;
        var (first, count) = WorkerShare.Of(batch.Count, workers.Rank, workers.Count);
        var texts = Texts(batch.GetRange(first, count), taught);
        var parts = options.MaxBatchTokens == 0 && texts.Count > 0 ? [[.. Enumerable.Range(0, texts.Count)]] : LengthBatches.Cut(texts, Math.Max(1, options.MaxBatchTokens / options.Passes.RunsAtOnce)).ToList();
        var gathered = workers.IsAlone ? null : new GatheredVectors(batch, model.Encoder.Config.HiddenSize, device, workers);
        var passed = _gradient.Backward(new SequencePasses(_sequences, texts, parts, gathered), new BiEncoderBatchLoss(loss, batch, taught), weight);
        if (!workers.IsFirst) loss.Learned?.ZeroGrad();                                    // worker 0's is that of the whole batch
        var vectors = passed.Outputs.Narrow(0, 0, batch.Count + batch.Sum(group => group.Candidates.Count));
        return new BatchOutcome(passed.Loss, [.. Numbers(vectors, batch), ("skipped", (double)passed.Skipped / batch.Count), .. passed.Number is { } number ? [number] : Array.Empty<(string, double)>()]);
    }

    public void AfterStep() => loss.AfterStep();

    public string Describe(IReadOnlyList<int> items) => GroupNames.ForPeople([.. items.Select(item => _groups[item])]);

    public JsonArray Ids(IReadOnlyList<int> items) => GroupNames.ForPrograms(items.Select(item => _groups[item]));

    /// <summary>The queries, then all candidates group after group, then what a teacher of vectors adds.</summary>
    private List<TokenSequence> Texts(List<TrainingGroup> batch, TaughtTexts? taught)
    {
        var sentence = options.Sentence;
        TokenSequence Text(string text, int length)
        {
            var encoded = tokenizer.Encode(text, length);
            return new TokenSequence(encoded.Ids, encoded.TypeIds);
        }
        return
        [
            .. batch.Select(group => Text(sentence.QueryPrompt + group.Query.Text, Math.Min(sentence.QueryMaxLength ?? _passageLength, _passageLength))),
            .. batch.SelectMany(group => group.Candidates).Select(candidate => Text(sentence.PassagePrompt + candidate.Passage.FullText, _passageLength)),
            .. (taught?.Added ?? []).Select(text => Text(sentence.PassagePrompt + text, _passageLength)),
        ];
    }

    /// <summary>What tells of a collapse while it happens: how far positives and negatives are apart, and the share of queries whose own passage is nearest in the batch.</summary>
    private static IReadOnlyList<(string Name, double Value)> Numbers(Tensor vectors, List<TrainingGroup> batch)
    {
        using var off = NoGrad.Begin();
        using var scope = TensorScope.Begin();
        var (rows, columns) = (batch.Count, (int)vectors.Size(0) - batch.Count);
        var cosines = vectors.Narrow(0, 0, rows).To(DType.Float32).MatMul(vectors.Narrow(0, rows, columns).To(DType.Float32).Transpose(0, 1)).ToArray<float>();
        var passages = batch.SelectMany(group => group.Candidates).Select(candidate => candidate.Passage.Id).ToList();
        var (first, positive, negative, negatives, own) = (0, 0.0, 0.0, 0L, 0);
        for (var row = 0; row < rows; row++)
        {
            var line = cosines.AsSpan(row * columns, columns);
            positive += line[own];
            var nearest = true;
            for (var column = 0; column < columns; column++)
            {
                if (passages[column] == passages[own]) continue;                             // itself, or again as another query's candidate: the same vector but for rounding
                negative += line[column];
                negatives++;
                nearest &= line[column] < line[own];
            }
            if (nearest) first++;
            own += batch[row].Candidates.Count;
        }
        return [("accuracy", (double)first / rows), ("positive_cosine", positive / rows), ("negative_cosine", negatives == 0 ? 0 : negative / negatives)];
    }
}
