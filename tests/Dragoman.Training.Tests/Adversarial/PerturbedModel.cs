using Dragoman.Models;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;
using Dragoman.Tensors.Modules;
using Dragoman.Training.Fitting;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Tests.Adversarial;

/// <summary>A small classifier and a batch of four pairs of unlike lengths, the first of each pair being the positive.</summary>
internal sealed class PerturbedModel : IDisposable, IBatchLoss
{
    private static readonly int[] Lengths = [3, 9, 5, 7, 4, 6, 9, 2];

    internal PerturbedModel(double dropout = 0)
    {
        Torch.ManualSeed(11);
        var config = new EncoderConfig
        {
            VocabularySize = 50, HiddenSize = 16, Layers = 2, Heads = 2, IntermediateSize = 24, MaxPositions = 16, HiddenDropout = dropout, AttentionDropout = dropout, InitializerRange = 0.3,
        };
        Model = new SequenceClassifier(config);
        EncoderInitialiser.Initialise(Model, config);
        Model.Train();
    }

    internal SequenceClassifier Model { get; }

    internal static IReadOnlyList<int> TokensOf => Lengths;

    /// <summary>The batch in parts of so many sequences; its tensors belong to the scope under way.</summary>
    internal SequencePasses Passes(int part = 8)
    {
        var random = new Random(3);
        var sequences = Lengths.Select(length => new TokenSequence([.. Enumerable.Range(0, length).Select(_ => random.Next(1, 50))])).ToList();
        return new SequencePasses(new SequenceModel(Model.Encoder, Model.Forward, Precision.Float32), sequences, [.. Enumerable.Range(0, 8).Chunk(part)]);
    }

    public LossOutcome Compare(Tensor outputs) => new ListwiseCrossEntropyLoss().Forward(Lists(outputs));

    public CandidateLists Lists(Tensor outputs) => new(outputs.View(4, 2));

    internal Tensor Loss(IReadOnlyList<Tensor> outputs) => Compare(outputs[0]).Mean();

    /// <summary>The parameters' gradients after something was done with none, at the same random numbers.</summary>
    internal Dictionary<string, float[]> Gradients(Action act)
    {
        Model.ZeroGrad();
        Torch.ManualSeed(5);
        act();
        return Gradients(Model);
    }

    internal static Dictionary<string, float[]> Gradients(Module model)
    {
        using var scope = TensorScope.Begin();
        return model.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value.Grad?.ToArray<float>() ?? [], StringComparer.Ordinal);
    }

    public void Dispose() => Model.Dispose();
}
