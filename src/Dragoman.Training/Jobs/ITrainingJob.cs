using System.Text.Json.Nodes;
using Dragoman.Models;

namespace Dragoman.Training.Jobs;

/// <summary>One training run, configured and ready to start.</summary>
public interface ITrainingJob
{
    /// <summary>Whether several workers can train it together.</summary>
    /// <value>False by default.</value>
    bool CanBeShared => false;

    /// <summary>The device that the configuration names; null for a run that knows only the CPU.</summary>
    DeviceChoice? Device => null;

    /// <summary>What a run that was stopped has left, and how to go on, in one sentence.</summary>
    /// <param name="outputPath">The model folder that it was to make.</param>
    /// <returns>Null when nothing is left.</returns>
    string? Standing(string outputPath) => RunCheckpoints.Standing(TrainingContext.CheckpointOf(outputPath));

    /// <summary>Trains and writes the model folder <see cref="TrainingContext.OutputPath"/>.</summary>
    /// <param name="context">Where to write, how many threads, where to log.</param>
    /// <param name="cancellationToken">Stops between steps; what checkpoints were written stay.</param>
    /// <returns>What to tell on stdout: the measures reached and the counts, by name.</returns>
    JsonObject Run(TrainingContext context, CancellationToken cancellationToken);
}
