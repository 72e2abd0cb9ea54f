using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;
using Dragoman.Tensors.Optimisation;

namespace Dragoman.Models.Tests.Encoders.Transformer;

/// <summary>Against transformers 2.7.0 on PyTorch 1.13: float32 activations within 1e-4, losses within 1e-5, gradient norms within 1e-3 relative.</summary>
public sealed class TransformerGoldenTests : RequiresTorch, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Fixtures => new()
    {
        { "bert-tiny", "model.safetensors" },
        { "bert-tiny", "pytorch_model.bin" },
        { "xlmr-tiny", "model.safetensors" },
        { "xlmr-tiny", "pytorch_model.bin" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Forward_Encoder_MatchesActivationsAndPooling(string fixture, string weights)
    {
        using var golden = new Golden(fixture);
        using var encoder = EncoderFolder.LoadEncoder(FolderWith(golden, weights));
        using var scope = TensorScope.Begin();
        using var off = NoGrad.Begin();
        var batch = golden.Batch();
        var hidden = encoder.Forward(batch);
        Close((hidden * batch.Mask.Unsqueeze(-1)).ToArray<float>(), golden.Array("last_hidden_state"), 1e-4);
        Close(encoder.Pool(hidden).ToArray<float>(), golden.Array("pooler_output"), 1e-4);
        Close(PoolingLayer.Forward(encoder, hidden, batch.Mask, Pooling.Mean, normalise: true).ToArray<float>(), golden.Array("mean_pooled_l2"), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Backward_Classifier_MatchesLogitsLossesAndGradients(string fixture, string weights)
    {
        using var golden = new Golden(fixture);
        using var model = EncoderFolder.LoadClassifier(FolderWith(golden, weights), allowNewHead: false, out var drawn);
        drawn.ShouldBeEmpty();
        using var scope = TensorScope.Begin();
        var logits = model.Forward(golden.Batch());
        Close(logits.ToArray<float>(), golden.Array("logits"), 1e-4);
        var pairs = logits.View(-1, 2);
        (1.0 - (pairs.Select(1, 0) - pairs.Select(1, 1))).ClampMin(0).Mean().Item().ShouldBe(golden.Number("pairwise_hinge_margin1"), 1e-5);
        var loss = PairLoss(logits);
        loss.Item().ShouldBe(golden.Number("pairwise_softmax_loss"), 1e-5);
        loss.Backward();
        var norms = golden.Map("grad_l2");
        model.Parameters.Select(parameter => parameter.Name).ShouldBe(norms.Keys, ignoreOrder: true);
        foreach (var parameter in model.Parameters)
        {
            var expected = norms[parameter.Name];
            // Biases of keys cancel in the softmax, and that of the last layer in the pair: their gradients are rounding noise around zero.
            Math.Abs(parameter.Value.Grad!.Norm().Item() - expected).ShouldBeLessThan(Math.Max(1e-3 * expected, 1e-6), parameter.Name);
        }
    }

    [Theory]
    [InlineData("bert-tiny")]
    [InlineData("xlmr-tiny")]
    public void Step_AdamWFiveTimes_MatchesLossesAndParameterNorms(string fixture)
    {
        using var golden = new Golden(fixture);
        using var model = EncoderFolder.LoadClassifier(golden.Folder, allowNewHead: false, out _);
        model.Train();
        using var optimiser = new AdamW(ParameterGroup.WithoutDecayOnBiases(model.Parameters, 1e-3, 0.01));
        foreach (var expected in golden.Root.GetProperty("adamw_lr1e-3_wd0.01_losses").EnumerateArray())
        {
            using var scope = TensorScope.Begin();
            optimiser.ZeroGrad();
            var loss = PairLoss(model.Forward(golden.Batch()));
            loss.Item().ShouldBe(expected.GetDouble(), 1e-4);
            loss.Backward();
            optimiser.Step();
        }
        var norms = golden.Map("after5_param_l2");
        var gradients = golden.Map("grad_l2");
        foreach (var parameter in model.Parameters)
        {
            using var norm = parameter.Value.Detach().Norm();
            // Adam turns noise of any size into steps of full length, so where the true gradient is zero the norm is noise too.
            if (gradients[parameter.Name] < 1e-6) continue;
            Math.Abs(norm.Item() - norms[parameter.Name]).ShouldBeLessThan(1e-3 * Math.Max(norms[parameter.Name], 1), parameter.Name);
        }
    }

    internal static Tensor PairLoss(Tensor logits) => (1.0 - logits.View(-1, 2).Softmax(1).Select(1, 0)).Mean();

    internal static void Close(float[] actual, float[] expected, double tolerance)
    {
        actual.Length.ShouldBe(expected.Length);
        actual.Zip(expected).Max(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThan((float)tolerance);
    }

    private string FolderWith(Golden golden, string weights)
    {
        File.Copy(Path.Combine(golden.Folder, "config.json"), _folder["config.json"], overwrite: true);
        File.Copy(Path.Combine(golden.Folder, weights), _folder[weights], overwrite: true);
        return _folder.Path;
    }
}
