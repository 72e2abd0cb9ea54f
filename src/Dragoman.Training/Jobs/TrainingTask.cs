using Dragoman.Training.Configuration;

namespace Dragoman.Training.Jobs;

/// <summary>A kind of training run, named by the configuration's top-level key <c>task</c>.</summary>
/// <param name="Name">The name: <c>cross-encoder</c>.</param>
/// <param name="Read">
/// Reads the rest of the configuration into a job. It asks for every key it uses and never throws for a bad value: <see cref="TrainingTasks.Open(string)"/> throws for all
/// problems together before the job is used.
/// </param>
public sealed record TrainingTask(string Name, Func<ConfigurationFile, ITrainingJob> Read);
