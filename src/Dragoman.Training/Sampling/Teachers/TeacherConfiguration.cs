using System.Text.Json.Nodes;
using Dragoman.Collections.Storage;
using Dragoman.Training.Configuration;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>Reads the section <c>sampling.teacher</c>.</summary>
internal static class TeacherConfiguration
{
    private const string From = "from";

    /// <summary>Reads the section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="average">Share of the running mean of the weights that a step keeps; 0 for no mean.</param>
    internal static TeacherSettings Read(ConfigurationSection section, double average)
    {
        var kind = Kind(section);
        var path = kind == TeacherKind.Path && section.Has(From) ? section.OptionalModelOrRun(From) : null;
        if (!section.Has(From)) section.Problem(From, "is missing; name a model folder or a run, or use folds, ema or self.");
        if (kind != TeacherKind.Folds)
        {
            foreach (var key in new[] { "folds", "epochs", "keep" })
            {
                if (section.Has(key)) section.Problem(key, "belongs to sampling.teacher.from folds; leave it out.");
                section.OptionalText(key);
            }
        }
        var (calibrates, offsets) = section.Choice("calibrate", "true", ("true", (true, false)), ("false", (false, false)), ("offset", (true, true)));
        var settings = new TeacherSettings
        {
            Kind = kind,
            Path = path,
            Folds = kind == TeacherKind.Folds ? section.WholeNumber("folds", 5, least: 2, most: 100) : 5,
            Epochs = kind == TeacherKind.Folds ? section.WholeNumber("epochs", 1, least: 1) : 1,
            Keep = kind == TeacherKind.Folds ? section.OptionalFilePath("keep", mustExist: false) : null,
            Calibrates = calibrates,
            Offsets = offsets,
        };
        RelevanceTeachers.Check(settings, section, average);
        return settings;
    }

    /// <summary>Fingerprints of what the section names.</summary>
    /// <param name="settings">The section; null for none.</param>
    /// <param name="inputs">Receives them.</param>
    internal static void AddInputs(TeacherSettings? settings, JsonObject inputs)
    {
        if (settings?.Path is { } path) inputs["sampling_teacher"] = Directory.Exists(path) ? Fingerprint.OfFolder(path) : Fingerprint.OfFile(path);
    }

    private static TeacherKind Kind(ConfigurationSection section) => section.OptionalText(From) switch
    {
        "folds" => TeacherKind.Folds,
        "ema" => TeacherKind.Average,
        "self" => TeacherKind.Self,
        _ => TeacherKind.Path,
    };
}
