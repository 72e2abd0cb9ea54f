using Dragoman.Collections.Errors;
using Dragoman.Models;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Retrieval.Reranking;
using Dragoman.Tensors;
using Dragoman.Tensors.Optimisation;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.CrossEncoders;
using Dragoman.Training.Losses;

namespace Dragoman.Training.Tests.CrossEncoders;

public sealed class CrossEncoderStepTests : RequiresTorch
{
    private static readonly string[] Queries = ["red cat", "green dog", "blue bird", "white fish"];

    private static List<EncodedText[]> Groups()
    {
        var pairs = new PairTokenizer(TokenizerLoader.FromFolder(TestPaths.Fixture("bert-tiny")), 32, 12);
        return [.. Queries.Select((query, at) => new[] { query, Queries[(at + 1) % 4], Queries[(at + 2) % 4] }.Select(passage => pairs.Encode(query, $"this is a {passage}")).ToArray())];
    }

    public static TheoryData<string> Losses => ["softmax-hinge", "cross-entropy"];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Take_SameBatchAgain_IsOverfitted(string name)
    {
        IRankingLoss loss = name == "softmax-hinge" ? new SoftmaxHingeLoss() : new ListwiseCrossEntropyLoss();
        using var model = EncoderFolder.LoadClassifier(TestPaths.Fixture("bert-tiny"), allowNewHead: false, out _);
        model.Train();
        using var optimiser = new AdamW(ParameterGroup.WithoutDecayOnBiases(model.Parameters, 1e-3, 0.01));
        var step = new CrossEncoderStep(model, optimiser, loss, 1, Precision.Float32);
        var groups = Groups();
        var first = step.Take(groups, 1);
        var last = first;
        for (var i = 0; i < 60; i++) last = step.Take(groups, 1);
        first.Loss.ShouldBeGreaterThan(0.3);
        last.Loss.ShouldBeLessThan(0.02);
        last.Accuracy.ShouldBe(1);
        optimiser.Steps.ShouldBe(61);
    }

    [Fact]
    public void Take_FirstStep_EveryParameterHasAGradient()
    {
        using var model = EncoderFolder.LoadClassifier(TestPaths.Fixture("bert-tiny"), allowNewHead: false, out _);
        using var optimiser = new AdamW(ParameterGroup.WithoutDecayOnBiases(model.Parameters, 0, 0));
        new CrossEncoderStep(model, optimiser, new SoftmaxHingeLoss(), 1, Precision.Float32).Take(Groups(), 1);
        using var scope = TensorScope.Begin();
        model.Parameters.Where(parameter => parameter.Value.Grad is null).ShouldBeEmpty();
        // The output's bias moves both scores of a pair alike, so its gradient is 0 up to rounding; keys' biases cancel in softmax.
        model.Parameters.Where(parameter => parameter.Name != "classifier.bias" && !parameter.Name.EndsWith("key.bias", StringComparison.Ordinal))
            .ShouldAllBe(parameter => parameter.Value.Grad!.Norm().Item() > 1e-6);
    }

    [Fact]
    public void Take_DamagedWeights_StopsWithWhatToDoAndMovesNothing()
    {
        using var model = EncoderFolder.LoadClassifier(TestPaths.Fixture("bert-tiny"), allowNewHead: false, out _);
        var damaged = model.Parameters.Single(parameter => parameter.Name == "classifier.weight");
        using (NoGrad.Begin()) damaged.Value.FillInPlace(double.NaN);
        using var optimiser = new AdamW(ParameterGroup.WithoutDecayOnBiases(model.Parameters, 1e-3, 0));
        var step = new CrossEncoderStep(model, optimiser, new SoftmaxHingeLoss(), 1, Precision.Float32);
        Should.Throw<DragomanException>(() => step.Take(Groups(), 1)).Message
            .ShouldBe("The loss is NaN and its gradient's length NaN at step 1; lower training.learning_rate, or use training.precision float32.");
        optimiser.Steps.ShouldBe(0);
    }
}
