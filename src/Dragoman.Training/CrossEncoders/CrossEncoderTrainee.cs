using Dragoman.Models;
using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Retrieval.Reranking;
using Dragoman.Tensors;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.Encoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.CrossEncoders;

/// <summary>A cross-encoder as its training starts.</summary>
internal sealed class CrossEncoderTrainee : ITrainee
{
    private readonly CrossEncoderSettings _settings;
    private readonly string _folder;

    private CrossEncoderTrainee(CrossEncoderSettings settings, string folder, Device device)
    {
        (_settings, _folder) = (settings, folder);
        Torch.ManualSeed(settings.Fit.Seed);
        Tokenizer = StartingModel.Tokenizer(settings.Encoder, folder);
        var model = StartingModel.Classifier(settings.Encoder, Tokenizer, folder, out var drawn);
        model.To(device);
        Drawn = drawn;
        Model = new CrossEncoder(model, new CrossEncoderOptions { Precision = settings.Fit.Precision });
        Scorer = new RerankerPairScorer(new Reranker(Model, Tokenizer, new RerankOptions { MaxLength = settings.Encoder.MaxLength }));
    }

    /// <summary>The model.</summary>
    internal CrossEncoder Model { get; }

    /// <summary>Its tokenizer.</summary>
    internal ITokenizer Tokenizer { get; }

    /// <summary>Keys of parameters drawn at random.</summary>
    internal IReadOnlyList<string> Drawn { get; }

    public IPairScorer Scorer { get; }

    /// <summary>Loads or draws the model; the same each time, whatever was drawn before.</summary>
    /// <param name="settings">What it starts from, and how it is trained.</param>
    /// <param name="folder">Where its tokenizer's files go, and later its own.</param>
    /// <param name="device">Where it is computed.</param>
    /// <exception cref="Dragoman.Collections.Errors.DragomanException">The model cannot be read, or does not fit the settings.</exception>
    internal static CrossEncoderTrainee Start(CrossEncoderSettings settings, string folder, Device device) => new(settings, folder, device);

    public FitProgress Fit(TraineeFit fit, TrainingContext context, CancellationToken cancellationToken)
    {
        var maxLength = _settings.Encoder.MaxLength;
        var objective = new CrossEncoderObjective(Model.Model, fit.Groups, new PairTokenizer(Tokenizer, maxLength, PairTokenizer.DefaultQueryLength(maxLength)), _settings.Loss, new CrossEncoderObjectiveOptions
        {
            Groups = fit.Count,
            MaxBatchTokens = _settings.MaxBatchTokens,
            Passes = _settings.Passes,
            Precision = _settings.Fit.Precision,
            Seed = _settings.Fit.Seed,
        });
        return new ModelFitter(objective, fit.Dev, fit.Settings, fit.Checkpoint, context) { Weights = fit.Weights }.Run(cancellationToken);
    }

    public void Save() => EncoderFolder.Save(Model.Model, _folder);

    public void Dispose() => Model.Dispose();
}
