using Dragoman.Models;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;

namespace Dragoman.Training.Fitting;

/// <summary>A model as it is run in training: sequences to a row, or a number, each.</summary>
/// <param name="Encoder">Its encoder.</param>
/// <param name="Forward">Runs it, with what the layers get in the place of the embeddings' output when that is given.</param>
/// <param name="Precision">Type of the matrix products.</param>
internal sealed record SequenceModel(TransformerEncoder Encoder, Func<TokenBatch, Tensor?, Tensor> Forward, Precision Precision);

/// <summary>One run of a batch's sequences through the model.</summary>
/// <param name="Added">What is added to the embeddings' output of each part, shape [B, T, H]; null for nothing.</param>
/// <param name="IsFresh">Whether dropout draws anew; else it draws what it drew for the run before, once <see cref="SequencePasses.Mark"/> was called.</param>
internal sealed record SequenceRun(IReadOnlyList<Tensor>? Added = null, bool IsFresh = false);

/// <summary>The sequences of a batch, which may be run through a model, forth and back, any number of times.</summary>
/// <remarks>
/// A batch that does not fit into memory at once is run in parts by gradient caching (Gao, Zhang, Han and Callan, RepL4NLP 2021): all outputs without a graph, the loss and its gradient by the outputs,
/// then each part again with a graph, into which its share of that gradient goes. Random numbers are put back before a part is run again, so that the gradient is that of the whole batch; the price is a second forward pass.
/// Its tensors belong to the scope in which it was made.
/// </remarks>
internal sealed class SequencePasses
{
    private readonly SequenceModel _model;
    private readonly IOutputExchange? _workers;
    private readonly int[][] _parts;
    private readonly TokenBatch[] _batches;
    private readonly Device _device;
    private Tensor? _start;

    /// <summary>Pads the parts.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sequences">The sequences.</param>
    /// <param name="parts">Places of the sequences that are run together; every place once.</param>
    /// <param name="workers">Brings in what others made of the rest of the batch; null when this is all of it.</param>
    internal SequencePasses(SequenceModel model, IReadOnlyList<TokenSequence> sequences, IReadOnlyList<int[]> parts, IOutputExchange? workers = null)
    {
        _workers = workers;
        (_model, _parts, _device) = (model, [.. parts], model.Encoder.Parameters[0].Value.Device);
        _batches = [.. _parts.Select(part => TokenBatch.Pad([.. part.Select(place => sequences[place])], model.Encoder.Config.PadTokenId, _device))];
    }

    /// <summary>1 for tokens, 0 for padding, by part, shape [B, T].</summary>
    internal IReadOnlyList<Tensor> Masks => [.. _batches.Select(batch => batch.Mask)];

    /// <summary>H, width of the embeddings' output.</summary>
    internal int Width => _model.Encoder.Config.HiddenSize;

    /// <summary>From now on every run that is not fresh draws the same random numbers, from here.</summary>
    internal void Mark() => _start = Torch.GeneratorState(_device);

    /// <summary>Mean length of the tokens' vectors as the layers get them, for each sequence by part, shape [B].</summary>
    internal IReadOnlyList<Tensor> TokenLengths()
    {
        using var off = NoGrad.Begin();
        var state = Torch.GeneratorState(_device);
        var lengths = Array.ConvertAll(_batches, batch =>
        {
            using var scope = TensorScope.Begin();
            return scope.Keep((_model.Encoder.Embed(batch).Norm(2) * batch.Mask).Sum(1) / batch.Mask.Sum(1).ClampMin(1));
        });
        Torch.SetGeneratorState(_device, state);
        return lengths;
    }

    /// <summary>The outputs without a graph, in the order of the sequences.</summary>
    /// <param name="run">The run.</param>
    internal Tensor Outputs(SequenceRun run)
    {
        using var off = NoGrad.Begin();
        var own = _parts.Length == 0 ? null : Run(run, null);
        return _workers is null ? own! : _workers.Gather(own);
    }

    /// <summary>Runs the batch, and the gradient of the loss, times a weight, back to everything that records gradients.</summary>
    /// <param name="runs">The runs that the loss looks at.</param>
    /// <param name="loss">Makes one number of the runs' outputs.</param>
    /// <param name="weight">The weight.</param>
    /// <returns>The loss without the weight, and the first run's outputs without a graph.</returns>
    internal (double Loss, Tensor Outputs) Backward(IReadOnlyList<SequenceRun> runs, Func<IReadOnlyList<Tensor>, Tensor> loss, double weight)
    {
        if (_parts.Length > 1 || _workers is not null) return InParts(runs, loss, weight);
        var outputs = runs.Select(run => Run(run, null)).ToList();
        var value = loss(outputs);
        (value * weight).Backward();
        return (value.Item(), outputs[0].Detach());
    }

    private (double Loss, Tensor Outputs) InParts(IReadOnlyList<SequenceRun> runs, Func<IReadOnlyList<Tensor>, Tensor> loss, double weight)
    {
        var states = runs.Select(_ => new List<Tensor>()).ToList();
        var keepsGraph = _parts.Length == 1;
        List<Tensor?> own;
        using (keepsGraph ? null : NoGrad.Begin()) own = [.. runs.Select((run, at) => _parts.Length == 0 ? null : Run(run, states[at]))];
        List<Tensor> outputs = [.. own.Select(output => (_workers is null ? output!.Detach() : _workers.Gather(output?.Detach())).WithGrad())];
        var value = loss(outputs);
        (value * weight).Backward();
        for (var run = 0; run < runs.Count; run++)
        {
            using var all = outputs[run].Grad;
            if (all is null) continue;
            var gradient = _workers is null ? all : _workers.OwnRows(all);
            if (keepsGraph) (own[run]! * gradient).Sum().Backward();
            for (var part = 0; part < _parts.Length && !keepsGraph; part++)
            {
                using var scope = TensorScope.Begin();
                Torch.SetGeneratorState(_device, states[run][part]);
                var share = gradient.IndexSelect(0, Tensor.From(Array.ConvertAll(_parts[part], place => (long)place), _parts[part].Length).To(_device));
                (Forward(part, runs[run]) * share).Sum().Backward();
            }
        }
        return (value.Item(), outputs[0].Detach());
    }

    /// <summary>All parts, in the order of the sequences; notes the random numbers' state before each part.</summary>
    private Tensor Run(SequenceRun run, List<Tensor>? states)
    {
        if (!run.IsFresh && _start is { } start) Torch.SetGeneratorState(_device, start);
        var rows = new Tensor[_parts.Length];
        for (var part = 0; part < rows.Length; part++)
        {
            states?.Add(Torch.GeneratorState(_device));
            rows[part] = Forward(part, run);
        }
        var all = rows.Length == 1 ? rows[0] : Tensor.Cat(rows, 0);
        int[] order = [.. _parts.SelectMany(part => part)];
        if (order.Index().All(entry => entry.Index == entry.Item)) return all;
        var places = new long[order.Length];
        for (var row = 0; row < order.Length; row++) places[order[row]] = row;
        return all.IndexSelect(0, Tensor.From(places, places.Length).To(_device));
    }

    private Tensor Forward(int part, SequenceRun run)
    {
        using var scope = TensorScope.Begin();
        using var autocast = PrecisionChoice.Begin(_model.Precision, _device.Kind);
        var batch = _batches[part];
        return scope.Keep(_model.Forward(batch, run.Added is { } added ? _model.Encoder.Embed(batch) + added[part] : null));
    }
}
