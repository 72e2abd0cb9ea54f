using Dragoman.Models;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.Fitting;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.BiEncoders;

/// <summary>How a <see cref="BiEncoderObjective"/> reads texts and computes its batches.</summary>
internal sealed record BiEncoderObjectiveOptions
{
    /// <summary>Groups in every epoch.</summary>
    internal required int Groups { get; init; }

    /// <summary>How a text becomes one vector; <see cref="SentenceModel.MaxLength"/> is that of passages.</summary>
    internal required SentenceModel Sentence { get; init; }

    /// <summary>Most tokens of a query, special tokens included.</summary>
    internal int QueryLength { get; init; } = 32;

    /// <summary>Most tokens that are encoded at once, padding among them; 0 for a batch at once. Below the batch's tokens, gradients are cached.</summary>
    internal int MaxBatchTokens { get; init; }

    /// <summary>Type of the matrix products.</summary>
    internal Precision Precision { get; init; }

    /// <summary>Seed of the order.</summary>
    internal int Seed { get; init; }
}

/// <summary>Fits a bi-encoder: encodes the queries and candidates of a batch and compares their cosines.</summary>
/// <remarks>
/// A batch that does not fit into memory at once is encoded in parts by gradient caching (Gao, Zhang, Han and Callan, RepL4NLP 2021): all vectors without a graph, the loss and its gradient by the vectors,
/// then each part again with a graph, into which its share of that gradient goes. Random numbers are put back before a part is encoded again, so that the gradient is that of the whole batch; the price is a second forward pass.
/// </remarks>
/// <param name="model">The encoder and what the loss learns.</param>
/// <param name="groups">Gives the groups of an epoch, by epoch from 1.</param>
/// <param name="tokenizer">The encoder's tokenizer.</param>
/// <param name="loss">What is minimised.</param>
/// <param name="options">Lengths, sizes, seed and precision.</param>
internal sealed class BiEncoderObjective(BiEncoderModule model, Func<int, IReadOnlyList<TrainingGroup>> groups, ITokenizer tokenizer, IBiEncoderLoss loss, BiEncoderObjectiveOptions options) : IObjective
{
    private readonly int _passageLength = Math.Min(options.Sentence.MaxLength ?? int.MaxValue, model.Encoder.Config.MaxTokens);
    private IReadOnlyList<TrainingGroup> _groups = [];

    public Module Model => model;

    public int Count => options.Groups;

    public void Begin(int epoch, CancellationToken cancellationToken) => _groups = groups(epoch);

    public IReadOnlyList<int[]> Batches(int epoch, int batchSize)
    {
        var order = Enumerable.Range(0, _groups.Count).ToArray();
        new Random(unchecked(options.Seed * 31 + epoch)).Shuffle(order);
        return [.. order.Chunk(batchSize)];
    }

    public BatchOutcome Backward(IReadOnlyList<int> items, double weight)
    {
        using var scope = TensorScope.Begin();
        var batch = items.Select(item => _groups[item]).ToList();
        var texts = Texts(batch);
        var parts = options.MaxBatchTokens == 0 ? [[.. Enumerable.Range(0, texts.Count)]] : LengthBatches.Cut(texts, options.MaxBatchTokens).ToList();
        var (value, vectors) = parts.Count == 1 ? AtOnce(texts, parts[0], batch, weight) : InParts(texts, parts, batch, weight);
        return new BatchOutcome(value, Numbers(vectors, batch));
    }

    public void AfterStep() => loss.AfterStep();

    public string Describe(IReadOnlyList<int> items)
    {
        var ids = items.Take(5).Select(item => _groups[item].Query.Id).ToList();
        return $"{(items.Count == 1 ? "query" : "queries")} {string.Join(", ", ids)}{(items.Count > ids.Count ? $" and {items.Count - ids.Count} more" : "")}";
    }

    private (double Loss, Tensor Vectors) AtOnce(List<TokenSequence> texts, int[] order, List<TrainingGroup> batch, double weight)
    {
        var vectors = InOrder(Encode(texts, order), order);
        var mean = Loss(vectors, batch);
        (mean * weight).Backward();
        return (mean.Item(), vectors.Detach());
    }

    private (double Loss, Tensor Vectors) InParts(List<TokenSequence> texts, List<int[]> parts, List<TrainingGroup> batch, double weight)
    {
        var device = model.Encoder.Parameters[0].Value.Device;
        var (states, encoded) = (new List<Tensor>(), new List<Tensor>());
        using (NoGrad.Begin())
        {
            foreach (var part in parts)
            {
                states.Add(Torch.GeneratorState(device));
                encoded.Add(Encode(texts, part));
            }
        }
        int[] order = [.. parts.SelectMany(part => part)];
        var vectors = InOrder(Tensor.Cat([.. encoded], 0), order).Detach().WithGrad();                                                                 // [B + N, H]
        var mean = Loss(vectors, batch);
        (mean * weight).Backward();
        var gradient = vectors.Grad!;
        for (var part = 0; part < parts.Count; part++)
        {
            using var inner = TensorScope.Begin();
            Torch.SetGeneratorState(device, states[part]);
            var again = Encode(texts, parts[part]);
            var share = gradient.IndexSelect(0, Tensor.From(Array.ConvertAll(parts[part], place => (long)place), parts[part].Length).To(device));
            (again * share).Sum().Backward();
        }
        return (mean.Item(), vectors.Detach());
    }

    private Tensor Loss(Tensor vectors, List<TrainingGroup> batch) =>
        loss.Forward(new BiEncoderBatch(vectors.Narrow(0, 0, batch.Count), vectors.Narrow(0, batch.Count, vectors.Size(0) - batch.Count), batch));

    private Tensor Encode(List<TokenSequence> texts, int[] part)
    {
        using var scope = TensorScope.Begin();
        var device = model.Encoder.Parameters[0].Value.Device;
        using var tokens = TokenBatch.Pad([.. part.Select(place => texts[place])], model.Encoder.Config.PadTokenId, device);
        using var autocast = PrecisionChoice.Begin(options.Precision, device.Kind);
        return scope.Keep(PoolingLayer.Forward(model.Encoder, model.Encoder.Forward(tokens), tokens.Mask, options.Sentence.Pooling, normalise: true));
    }

    /// <summary>Rows that were encoded in some order, back in the order of the texts.</summary>
    private static Tensor InOrder(Tensor rows, int[] order)
    {
        var places = new long[order.Length];
        for (var row = 0; row < order.Length; row++) places[order[row]] = row;
        return rows.IndexSelect(0, Tensor.From(places, places.Length).To(rows.Device));
    }

    /// <summary>The queries, then all candidates group after group.</summary>
    private List<TokenSequence> Texts(List<TrainingGroup> batch)
    {
        var sentence = options.Sentence;
        TokenSequence Text(string text, int length)
        {
            var encoded = tokenizer.Encode(text, length);
            return new TokenSequence(encoded.Ids, encoded.TypeIds);
        }
        return
        [
            .. batch.Select(group => Text(sentence.QueryPrompt + group.Query.Text, Math.Min(options.QueryLength, model.Encoder.Config.MaxTokens))),
            .. batch.SelectMany(group => group.Candidates).Select(candidate => Text(sentence.PassagePrompt + candidate.Passage.FullText, _passageLength)),
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
