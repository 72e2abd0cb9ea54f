using Dragoman.Models;

namespace Dragoman.Training.Fitting;

/// <summary>How the learning rate goes on after its warm-up.</summary>
public enum RateSchedule
{
    /// <summary>In a straight line to 0 at the end.</summary>
    Linear,

    /// <summary>Along half a cosine to 0 at the end.</summary>
    Cosine,

    /// <summary>It stays.</summary>
    Constant,
}

/// <summary>How a model is fitted to its objective, whatever that is: steps, rates, limits, and when to stop.</summary>
public sealed record FitSettings
{
    /// <summary>Passes over the training items.</summary>
    public int Epochs { get; init; } = 15;

    /// <summary>Items of a batch.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Batches whose mean gradient makes a step.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Highest learning rate of the encoder.</summary>
    public double LearningRate { get; init; } = 1e-5;

    /// <summary>Highest learning rate of what is put on the encoder; null for the encoder's.</summary>
    public double? HeadLearningRate { get; init; }

    /// <summary>What each layer's learning rate is multiplied by for the layer below it, within (0, 1]; the embeddings are below the first layer.</summary>
    public double LayerDecay { get; init; } = 1;

    /// <summary>How many layers, from the first, keep their weights, the embeddings with them when there is one.</summary>
    public int FrozenLayers { get; init; }

    /// <summary>Decoupled decay of matrices.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>How the rate goes on after the warm-up.</summary>
    public RateSchedule Schedule { get; init; } = RateSchedule.Linear;

    /// <summary>Share of all steps over which the rate rises from 0, within [0, 1].</summary>
    public double Warmup { get; init; } = 0.1;

    /// <summary>Epochs over which the rate rises from 0, in the place of <see cref="Warmup"/>; null for that.</summary>
    public double? WarmupEpochs { get; init; }

    /// <summary>Longest gradient; longer ones are scaled down. 0 leaves them as they are.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>Share of the running mean of the weights that a step keeps, within [0, 1); 0 takes the weights as they are. The mean is what is measured and saved.</summary>
    public double Average { get; init; }

    /// <summary>Measurements on dev without a better one after which training stops.</summary>
    public int Patience { get; init; } = 3;

    /// <summary>Steps between checkpoints within an epoch; 0 keeps one at the end of each epoch only.</summary>
    public int CheckpointSteps { get; init; }

    /// <summary>Checkpoints kept, the newest ones.</summary>
    public int KeepCheckpoints { get; init; } = 1;

    /// <summary>Type of the matrix products.</summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>Where it is computed.</summary>
    public DeviceChoice Device { get; init; } = DeviceChoice.Auto;

    /// <summary>Seed of everything drawn during training.</summary>
    public int Seed { get; init; } = 42;
}
