using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>A model as its training starts. A run fits one to all its queries, an out-of-fold teacher a fresh one to the queries outside each fold, by the same method.</summary>
internal interface ITrainee : IDisposable
{
    /// <summary>Scores pairs with the weights as they are, between steps; lives as long as the trainee.</summary>
    IPairScorer Scorer { get; }

    /// <summary>Fits the model.</summary>
    /// <param name="fit">To what, and how.</param>
    /// <param name="context">Log, clock, workers, and whether to go on from a checkpoint.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    FitProgress Fit(TraineeFit fit, TrainingContext context, CancellationToken cancellationToken);

    /// <summary>Writes the model beside the tokenizer, in the folder that the trainee was started in.</summary>
    void Save();
}

/// <summary>What a <see cref="ITrainee"/> is fitted to, and how.</summary>
internal sealed record TraineeFit
{
    /// <summary>Groups in every epoch.</summary>
    internal required int Count { get; init; }

    /// <summary>The groups of an epoch, by epoch from 1, with texts.</summary>
    internal required Func<int, IReadOnlyList<TrainingGroup>> Groups { get; init; }

    /// <summary>Steps, rates and limits.</summary>
    internal required FitSettings Settings { get; init; }

    /// <summary>What epochs are compared by; null keeps the last.</summary>
    internal IDevMeasure? Dev { get; init; }

    /// <summary>Where the run is kept.</summary>
    internal required FitCheckpoint Checkpoint { get; init; }

    /// <summary>Told how the weights stand.</summary>
    internal TrainingWeights Weights { get; init; } = new();
}
