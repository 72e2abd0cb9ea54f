using Dragoman.Models;
using Dragoman.Tensors;

namespace Dragoman.Training.Distillation;

/// <summary>Opens the teacher whose scores are learned.</summary>
internal static class Teachers
{
    /// <summary>Opens it: a folder is a model, a file a run.</summary>
    /// <param name="settings">Which.</param>
    /// <param name="precision">Type of a model's matrix products.</param>
    /// <param name="device">Where a model computes: where the one in training does.</param>
    /// <returns>The teacher; null when there is none.</returns>
    /// <exception cref="Dragoman.Collections.Errors.DragomanException">It cannot be read.</exception>
    internal static ITeacher? Open(DistillationSettings settings, Precision precision, Device device) => settings.Teacher switch
    {
        null => null,
        { } folder when Directory.Exists(folder) => ModelTeacher.Load(folder, settings.MaxLength, precision, device),
        { } run => RunTeacher.Read(run, settings.RefusesMissing),
    };
}
