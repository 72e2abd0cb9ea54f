using Dragoman.Models.Encoders.Transformer;
using Dragoman.Tensors;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.Distillation;
using Dragoman.Training.Encoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.BiEncoders;

/// <summary>A bi-encoder as its training starts, with what its loss learns beside it.</summary>
internal sealed class BiEncoderTrainee : ITrainee
{
    private readonly BiEncoderSettings _settings;
    private readonly string _folder;
    private readonly ITokenizer _tokenizer;
    private readonly IBiEncoderLoss _loss;
    private readonly BiEncoderModule _module;

    private BiEncoderTrainee(BiEncoderSettings settings, Func<IBiEncoderLoss> loss, string folder, Device device)
    {
        (_settings, _folder) = (settings, folder);
        Torch.ManualSeed(settings.Fit.Seed);
        _tokenizer = StartingModel.Tokenizer(settings.Encoder, folder);
        Model = StartingModel.Encoder(settings.Encoder, _tokenizer, folder, out var drawn);
        _loss = loss();
        _module = new BiEncoderModule(Model, _loss.Learned);
        _module.To(device);
        Drawn = drawn;
        AsEncoder = new TransformerTextEncoder(Model, _tokenizer, settings.Sentence, "in training", settings.Fit.Precision);
        Scorer = new EncoderPairScorer(AsEncoder);
    }

    /// <summary>The encoder.</summary>
    internal TransformerEncoder Model { get; }

    /// <summary>The encoder as it encodes texts.</summary>
    internal TransformerTextEncoder AsEncoder { get; }

    /// <summary>Keys of parameters drawn at random.</summary>
    internal IReadOnlyList<string> Drawn { get; }

    /// <summary>The temperature, where it is learned; null where it is not.</summary>
    internal double? LearnedTemperature => (_loss.Learned as LearnableTemperature)?.Value;

    /// <summary>Whose vectors it learns; null for nobody's. Stays the caller's.</summary>
    internal EmbeddingTeacher? Embeddings { get; set; }

    public IPairScorer Scorer { get; }

    /// <summary>Loads or draws the model; the same each time, whatever was drawn before.</summary>
    /// <param name="settings">What it starts from, and how it is trained.</param>
    /// <param name="loss">Makes the loss, with a temperature of its own where one is learned.</param>
    /// <param name="folder">Where its tokenizer's files go, and later its own.</param>
    /// <param name="device">Where it is computed.</param>
    /// <exception cref="Dragoman.Collections.Errors.DragomanException">The model cannot be read, or does not fit the settings.</exception>
    internal static BiEncoderTrainee Start(BiEncoderSettings settings, Func<IBiEncoderLoss> loss, string folder, Device device) => new(settings, loss, folder, device);

    public FitProgress Fit(TraineeFit fit, TrainingContext context, CancellationToken cancellationToken)
    {
        var objective = new BiEncoderObjective(_module, fit.Groups, _tokenizer, _loss, new BiEncoderObjectiveOptions
        {
            Groups = fit.Count,
            Sentence = _settings.Sentence,
            MaxBatchTokens = _settings.MaxBatchTokens,
            Passes = _settings.Passes,
            Embeddings = Embeddings,
            Precision = _settings.Fit.Precision,
            Seed = _settings.Fit.Seed,
        });
        return new ModelFitter(objective, fit.Dev, fit.Settings, fit.Checkpoint, context) { Weights = fit.Weights }.Run(cancellationToken);
    }

    public void Save()
    {
        EncoderFolder.Save(Model, _folder);
        SentenceModelFiles.Write(_settings.Sentence, Model.Config.HiddenSize, _folder);
    }

    public void Dispose() => _module.Dispose();
}
