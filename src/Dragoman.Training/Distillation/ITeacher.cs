using Dragoman.Training.Sampling;

namespace Dragoman.Training.Distillation;

/// <summary>Scores the candidates of an epoch.</summary>
internal interface ITeacher : IDisposable
{
    /// <summary>The groups with the teacher's scores; NaN where it gave none. The same groups get the same scores, whatever was scored before.</summary>
    /// <param name="groups">The groups, with texts.</param>
    /// <param name="tell">Told of what it took and of what is missing.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="Dragoman.Collections.Errors.DragomanException">Scores are missing that may not be.</exception>
    IReadOnlyList<TrainingGroup> Score(IReadOnlyList<TrainingGroup> groups, Action<string> tell, CancellationToken cancellationToken);
}
