using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;
using Dragoman.Tensors.Errors;
using Dragoman.Tensors.Modules;
using Dragoman.Tensors.Optimisation;
using Dragoman.Tensors.Weights;

namespace Dragoman.Models.Tests.Encoders.Transformer;

public sealed class TransformerEncoderTests : RequiresTorch, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(EncoderFamily.Bert)]
    [InlineData(EncoderFamily.XlmRoberta)]
    public void Forward_MorePadding_DoesNotChangeScores(EncoderFamily family)
    {
        using var model = Fresh(family);
        using var scope = TensorScope.Begin();
        using var off = NoGrad.Begin();
        var pad = model.Encoder.Config.PadTokenId;
        TokenSequence text = new([2, 5, 9, 7, 3]), longer = new([2, 5, 9, 7, 8, 6, 11, 13, 12, 3]);
        var alone = model.Forward(TokenBatch.Pad([text], pad)).Item();
        var beside = model.Forward(TokenBatch.Pad([longer, text], pad)).ToArray<float>()[1];
        beside.ShouldBe((float)alone, 1e-6f);
    }

    [Fact]
    public void Forward_FromItsOwnEmbeddings_IsTheSameAndFromOthersIsNot()
    {
        using var model = Fresh(EncoderFamily.Bert);
        using var scope = TensorScope.Begin();
        using var off = NoGrad.Begin();
        var batch = TokenBatch.Pad([new([2, 5, 9, 7, 3]), new([2, 6, 3])], model.Encoder.Config.PadTokenId);
        var (scores, embedded) = (model.Forward(batch), model.Encoder.Embed(batch));
        embedded.Shape.ToArray().ShouldBe([2, 5, model.Encoder.Config.HiddenSize]);
        model.Forward(batch, embedded).IsEqualTo(scores).ShouldBeTrue();
        var padding = Tensor.Zeros([2, 5, model.Encoder.Config.HiddenSize]);
        padding.Select(0, 1).Narrow(0, 3, 2).FillInPlace(7);
        model.Forward(batch, embedded + padding).IsCloseTo(scores, 1e-6).ShouldBeTrue();
        model.Forward(batch, embedded + 0.5).IsEqualTo(scores).ShouldBeFalse();
        Should.Throw<ShapeException>(() => model.Forward(batch, embedded.Narrow(1, 0, 4)));
    }

    [Theory]
    [InlineData(EncoderFamily.Bert)]
    [InlineData(EncoderFamily.XlmRoberta)]
    public void Forward_PaddingBetweenTokens_GivesTheOthersTheSameScores(EncoderFamily family)
    {
        using var model = Fresh(family);
        using var scope = TensorScope.Begin();
        using var off = NoGrad.Begin();
        var pad = model.Encoder.Config.PadTokenId;
        long[] ids = [2, 5, 9, 7, 3, 2, 6, 3, pad, pad, 2, pad, 8, 7, 3];
        float[] mask = [1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1];
        // A hole in the third sequence's mask makes all of them run padded, by one operator after another.
        var byOperators = model.Forward(TokenBatch.From(ids, new long[15], mask, 3, 5)).ToArray<float>();
        var packed = model.Forward(TokenBatch.From(ids[..10], new long[10], mask[..10], 2, 5)).ToArray<float>();
        packed[0].ShouldBe(byOperators[0], 1e-5f);
        packed[1].ShouldBe(byOperators[1], 1e-5f);
    }

    [Fact]
    public void ForwardFirst_AnyBatch_IsTheFirstTokenOfForward()
    {
        using var model = Fresh(EncoderFamily.Bert);
        using var scope = TensorScope.Begin();
        using var off = NoGrad.Begin();
        var batch = TokenBatch.Pad([new([2, 5, 9, 7, 3]), new([2, 3]), new([2, 8, 6, 11, 13, 12, 3])], 0);
        var all = model.Encoder.Forward(batch);
        var first = model.Encoder.ForwardFirst(batch).ToArray<float>();
        first.ShouldBe(all.Select(1, 0).ToArray<float>(), 1e-6);
        model.Encoder.ForwardAll(batch)[^1].ToArray<float>().ShouldBe(all.ToArray<float>());
    }

    [Theory]
    [InlineData(EncoderFamily.Bert)]
    [InlineData(EncoderFamily.XlmRoberta)]
    public void Save_ThenLoad_IsExact(EncoderFamily family)
    {
        using var model = Fresh(family);
        EncoderFolder.Save(model, _folder.Path);
        EncoderConfigFile.Load(_folder.Path).ShouldBe(model.Encoder.Config);
        using var loaded = EncoderFolder.LoadClassifier(_folder.Path, allowNewHead: false, out _);
        foreach (var (mine, theirs) in model.Parameters.Zip(loaded.Parameters))
        {
            theirs.Name.ShouldBe(mine.Name);
            theirs.Value.IsEqualTo(mine).ShouldBeTrue(mine.Name);
        }
    }

    [Fact]
    public void LoadClassifier_FromAnEncoderAlone_DrawsOnlyTheHead()
    {
        using var encoder = new TransformerEncoder(Config(EncoderFamily.XlmRoberta), withPooler: true);
        EncoderInitialiser.Initialise(encoder, encoder.Config);
        EncoderFolder.Save(encoder, _folder.Path);
        using (var source = WeightFile.OpenFolder(_folder.Path)) source.Names.ShouldContain("encoder.layer.0.output.dense.weight");
        Should.Throw<CheckpointException>(() => EncoderFolder.LoadClassifier(_folder.Path, allowNewHead: false, out _)).Key.ShouldStartWith("classifier.");
        using var classifier = EncoderFolder.LoadClassifier(_folder.Path, allowNewHead: true, out var drawn);
        drawn.ShouldBe(["classifier.dense.weight", "classifier.dense.bias", "classifier.out_proj.weight", "classifier.out_proj.bias"], ignoreOrder: true);
        classifier.Encoder.Parameters[0].Value.IsEqualTo(encoder.Parameters[0]).ShouldBeTrue();
        using var norm = classifier.Parameters.Single(parameter => parameter.Name == "classifier.dense.weight").Value.Detach().Norm();
        norm.Item().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(EncoderFamily.Bert)]
    [InlineData(EncoderFamily.XlmRoberta)]
    public void Train_OneBatch_CanBeOverfittedAndReachesEveryParameter(EncoderFamily family)
    {
        using var model = Fresh(family, dropout: 0);
        model.Train();
        using var optimiser = new AdamW(ParameterGroup.WithoutDecayOnBiases(model.Parameters, 3e-3, 0.01));
        TokenSequence[] texts = [new([2, 5, 9, 3], [0, 0, 1, 1]), new([2, 6, 8, 3], [0, 0, 1, 1]), new([2, 10, 11, 12, 3], [0, 0, 0, 1, 1]), new([2, 13, 4, 3], [0, 0, 1, 1])];
        var last = double.NaN;
        for (var step = 0; step < 60; step++)
        {
            using var scope = TensorScope.Begin();
            optimiser.ZeroGrad();
            var loss = TransformerGoldenTests.PairLoss(model.Forward(TokenBatch.Pad(texts, model.Encoder.Config.PadTokenId)));
            loss.Backward();
            if (step == 0)
            {
                loss.Item().ShouldBeGreaterThan(0.3);
                // Biases of keys and of the score cancel; everything else must feel the loss.
                foreach (var parameter in model.Parameters)
                {
                    parameter.Value.Grad.ShouldNotBeNull(parameter.Name);
                    if (parameter.Value.Dimensions > 1) parameter.Value.Grad!.Norm().Item().ShouldBeGreaterThan(1e-6, parameter.Name);
                }
            }
            GradientClipping.ByNorm(model.Parameters, 1);
            optimiser.Step();
            last = loss.Item();
        }
        last.ShouldBeLessThan(0.05);
    }

    [Fact]
    public void Train_WithDropout_IsRandomOnlyWhileTraining()
    {
        using var model = Fresh(EncoderFamily.Bert, dropout: 0.5);
        using var scope = TensorScope.Begin();
        using var off = NoGrad.Begin();
        var batch = TokenBatch.Pad([new TokenSequence([2, 5, 9, 3])], 0);
        model.Forward(batch).Item().ShouldBe(model.Forward(batch).Item());
        model.Train();
        model.Forward(batch).Item().ShouldNotBe(model.Forward(batch).Item());
        model.Train(false);
        model.Forward(batch).Item().ShouldBe(model.Forward(batch).Item());
    }

    [Fact]
    public void Forward_LongerThanPositions_SaysTheLimit()
    {
        using var model = Fresh(EncoderFamily.Bert);
        using var batch = TokenBatch.Pad([new TokenSequence(Enumerable.Repeat(5, 33).ToArray())], 0);
        Should.Throw<ShapeException>(() => model.Forward(batch)).Message.ShouldContain("up to 32");
    }

    [Theory]
    [InlineData("encoder.layer.7.output.dense.weight", "the model has no such tensor")]
    [InlineData("bert.encoder.layer.0.output.dense.weight", "it has shape [3]; the model needs [16, 32]")]
    public void LoadEncoder_TensorThatDoesNotFit_NamesTheKey(string key, string problem)
    {
        using var model = Fresh(EncoderFamily.Bert);
        EncoderFolder.Save(model, _folder.Path);
        var path = _folder["model.safetensors"];
        SafetensorsWriter.Write(path, [.. ModuleWeights.Entries(model).Where(entry => entry.Info.Name != key), WeightEntry.From(key, new float[3], 3)]);
        var failure = Should.Throw<CheckpointException>(() => EncoderFolder.LoadEncoder(_folder.Path));
        failure.Key.ShouldBe(key);
        failure.Message.ShouldContain(problem);
    }

    [Fact]
    public void LoadEncoder_MissingTensor_NamesTheKey()
    {
        using var model = Fresh(EncoderFamily.Bert);
        EncoderFolder.Save(model, _folder.Path);
        const string lost = "bert.encoder.layer.1.attention.self.key.bias";
        SafetensorsWriter.Write(_folder["model.safetensors"], [.. ModuleWeights.Entries(model).Where(entry => entry.Info.Name != lost)]);
        Should.Throw<CheckpointException>(() => EncoderFolder.LoadEncoder(_folder.Path)).Key.ShouldBe(lost);
    }

    [Theory]
    [InlineData("bert.encoder.layer.0.output.LayerNorm.gamma", "bert.encoder.layer.0.output.LayerNorm.weight")]
    [InlineData("embeddings.LayerNorm.beta", "bert.embeddings.LayerNorm.bias")]
    [InlineData("bert.embeddings.position_ids", null)]
    [InlineData("cls.predictions.transform.dense.weight", null)]
    [InlineData("classifier.weight", null)]
    public void KeyOf_PublishedSpellings_AreUnderstood(string key, string? expected) =>
        EncoderFolder.KeyOf(key, Config(EncoderFamily.Bert), withPooler: true, withHead: false).ShouldBe(expected);

    [Fact]
    public void Load_ConfigWithSeveralProblems_ListsThemAll()
    {
        File.WriteAllText(_folder["config.json"], """{"model_type":"gpt2","vocab_size":"many","hidden_size":10,"num_hidden_layers":1,"num_attention_heads":3,"max_position_embeddings":8}""");
        var failure = Should.Throw<ConfigurationException>(() => EncoderConfigFile.Load(_folder.Path));
        failure.Problems.ShouldBe(["model_type is 'gpt2'; bert, roberta and xlm-roberta are supported.", "vocab_size is \"many\"; a whole number is expected.", "intermediate_size is missing."]);
        File.WriteAllText(_folder["config.json"], "{\n  \"model_type\": ");
        Should.Throw<DataFormatException>(() => EncoderConfigFile.Load(_folder.Path)).Line.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(Pooling.Cls)]
    [InlineData(Pooling.Mean)]
    [InlineData(Pooling.Pooler)]
    public void Encode_ManyLengths_EqualsOneByOne(Pooling pooling)
    {
        using var model = Fresh(EncoderFamily.Bert);
        TokenSequence[] texts = [.. Enumerable.Range(1, 9).Select(n => new TokenSequence([2, .. Enumerable.Range(4, n * 2 % 11), 3]))];
        var options = new SequenceVectorsOptions { Pooling = pooling, Precision = Precision.Float32, MaxBatchTokens = 40 };
        var together = new float[9 * 16];
        SequenceVectors.Encode(model.Encoder, texts, together, options, TestContext.Current.CancellationToken);
        for (var i = 0; i < texts.Length; i++)
        {
            var alone = new float[16];
            SequenceVectors.Encode(model.Encoder, [texts[i]], alone, options, TestContext.Current.CancellationToken);
            TransformerGoldenTests.Close(together[(i * 16)..(i * 16 + 16)], alone, 1e-5);
            alone.Sum(value => value * value).ShouldBe(1, 1e-5f);
        }
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.BFloat16)]
    public void Encode_BatchesSideBySide_AreTheSameWhateverTheThreads(Precision precision)
    {
        using var model = Fresh(EncoderFamily.Bert);
        var before = Torch.Threads;
        TokenSequence[] texts = [.. Enumerable.Range(0, 300).Select(n => new TokenSequence([2, .. Enumerable.Range(4, n * 7 % 13), 3]))];
        float[] Encode(int? threads)
        {
            var vectors = new float[300 * 16];
            SequenceVectors.Encode(model.Encoder, texts, vectors, new SequenceVectorsOptions { Precision = precision, MaxBatchTokens = 64, BatchThreads = threads }, TestContext.Current.CancellationToken);
            return vectors;
        }
        var one = Encode(1);
        foreach (var threads in new[] { 2, 5 }) Encode(threads).ShouldBe(one);
        TransformerGoldenTests.Close(Encode(null), one, precision == Precision.Float32 ? 1e-5 : 0.02);
        Torch.Threads.ShouldBe(before);

        texts[7] = new TokenSequence([.. Enumerable.Repeat(4, 99)]);
        Should.Throw<ShapeException>(() => Encode(3));
    }

    internal static SequenceClassifier Fresh(EncoderFamily family, double dropout = 0.1)
    {
        Torch.ManualSeed(17);
        var model = new SequenceClassifier(Config(family) with { HiddenDropout = dropout, AttentionDropout = dropout });
        EncoderInitialiser.Initialise(model, model.Encoder.Config);
        return model;
    }

    private static EncoderConfig Config(EncoderFamily family) => new()
    {
        Family = family,
        VocabularySize = 20,
        HiddenSize = 16,
        Layers = 2,
        Heads = 2,
        IntermediateSize = 32,
        MaxPositions = 32,
        TypeVocabularySize = family == EncoderFamily.Bert ? 2 : 1,
        PadTokenId = family == EncoderFamily.Bert ? 0 : 1,
        InitializerRange = 0.2,
    };
}
