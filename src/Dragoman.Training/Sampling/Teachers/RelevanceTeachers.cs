using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Training.Configuration;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>Opens the teacher that a configuration names.</summary>
internal static class RelevanceTeachers
{
    /// <summary>Notes as problems what cannot be opened.</summary>
    /// <param name="settings">The section <c>sampling.teacher</c> as it was read.</param>
    /// <param name="section">The section.</param>
    internal static void Check(TeacherSettings settings, ConfigurationSection section)
    {
        if (settings.Kind is TeacherKind.Folds or TeacherKind.Average) section.Problem("from", "is a teacher that this version cannot make; name a model folder or a run, or use self.");
        if (settings.Calibrates) section.Problem("calibrate", "is true, which this version cannot do; set it to false.");
    }

    /// <summary>Opens it.</summary>
    /// <param name="settings">Which.</param>
    /// <param name="sources">What it is made from.</param>
    /// <exception cref="DragomanException">It cannot be read.</exception>
    internal static IRelevanceTeacher Open(TeacherSettings settings, TeacherSources sources) => settings.Kind switch
    {
        TeacherKind.Self => new LogisticTeacher(sources.Trained, keeps: false),
        TeacherKind.Path when !Directory.Exists(settings.Path) => new RunRelevance(RunFile.Read(settings.Path!), settings.Path!),
        TeacherKind.Path => new RememberedTeacher(OfFolder(settings.Path!, sources)),
        _ => throw new ConfigurationException("sampling.teacher", [$"'{settings.Kind}' is a teacher that this version cannot make."]),
    };

    private static LogisticTeacher OfFolder(string folder, TeacherSources sources)
    {
        var scorer = PairScorers.Load(folder, sources.MaxLength, sources.Precision, sources.Context.Device);
        return new LogisticTeacher(() => scorer, keeps: true);
    }
}
