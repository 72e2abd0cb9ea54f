using Dragoman.Tensors;
using Dragoman.Training.Workers;

namespace Dragoman.Training.Jobs;

/// <summary>What surrounds a training run, as opposed to what defines it.</summary>
/// <param name="OutputPath">The model folder to make.</param>
/// <param name="Threads">Threads to compute with; null leaves the engine's own choice.</param>
/// <param name="Resume">Whether to go on from the newest checkpoint beside the output, if there is one.</param>
/// <param name="Log">Where progress goes.</param>
/// <param name="Time">The clock.</param>
public sealed record TrainingContext(string OutputPath, int? Threads, bool Resume, TrainingLog Log, TimeProvider Time)
{
    /// <summary>The processes that train together.</summary>
    /// <value>This one alone by default.</value>
    public WorkerGroup Workers { get; init; } = WorkerGroup.Alone;

    /// <summary>The device to compute on; null for the one that the configuration names.</summary>
    public Device? Device { get; init; }

    /// <summary>Where checkpoints are kept until the run is complete: beside the output.</summary>
    public string CheckpointPath => CheckpointOf(OutputPath);

    /// <summary>Where the checkpoints of a run are kept.</summary>
    /// <param name="outputPath">The model folder it makes.</param>
    public static string CheckpointOf(string outputPath) => Path.TrimEndingDirectorySeparator(outputPath) + ".checkpoint";
}
