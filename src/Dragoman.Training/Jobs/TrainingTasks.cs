using System.Globalization;
using Dragoman.Collections.Errors;
using Dragoman.Training.Configuration;
using Dragoman.Training.LanguageIdentifiers;
using Dragoman.Training.StaticEncoders;
using Dragoman.Training.TranslationTables;

namespace Dragoman.Training.Jobs;

/// <summary>Every kind of training run, and the way from a configuration file to one.</summary>
public static class TrainingTasks
{
    /// <summary>Every task that <c>dragoman train</c> knows. Register a new one here.</summary>
    public static IReadOnlyList<TrainingTask> All { get; } =
    [
        new("bi-encoder", BiEncoders.BiEncoderConfiguration.Read),
        new("cross-encoder", CrossEncoders.CrossEncoderConfiguration.Read),
        new("language-identifier", LanguageIdentifierConfiguration.Read),
        new("static-encoder", StaticEncoderConfiguration.Read),
        new("translation-table", TranslationTableConfiguration.Read),
    ];

    /// <summary>Reads a configuration file into a job.</summary>
    /// <param name="path">The YAML file.</param>
    /// <returns>The job and the folder the file wants the model in, absolute; null when it names none.</returns>
    /// <exception cref="ConfigurationException">The file has problems; all are told.</exception>
    public static (ITrainingJob Job, string? OutputPath) Open(string path) => Open(ConfigurationFile.Read(path), All);

    internal static (ITrainingJob Job, string? OutputPath) Open(ConfigurationFile file, IReadOnlyList<TrainingTask> tasks)
    {
        file = Presets.Apply(file);
        var names = tasks.Select(task => task.Name);
        if (!file.Root.Has("task")) file.Root.Problem("task", $"is missing; use {string.Join(" or ", names)}.");
        var chosen = file.Root.Has("task") ? file.Root.Choice<TrainingTask?>("task", "", [.. tasks.Select(task => (task.Name, task))]) : null;
        file.ThrowIfProblemsSoFar();
        if (file.Root.Has("seeds")) return (Seeds(file, chosen!), Output(file));
        var output = Output(file);
        var job = chosen!.Read(file);
        file.ThrowIfProblems();
        return (job, output);
    }

    /// <summary>One job for several seeds; the rest of the file is read once for each.</summary>
    private static SeedsJob Seeds(ConfigurationFile file, TrainingTask task)
    {
        var seeds = file.Root.WholeNumbers("seeds", least: 0);
        if (file.Root.Has("seed")) file.Root.Problem("seed", "is given beside seeds; leave it out.");
        if (seeds.Distinct().Count() != seeds.Count) file.Root.Problem("seeds", "holds a number twice.");
        if (seeds.Count == 0) file.Root.Problem("seeds", "is an empty list; name at least one seed.");
        file.ThrowIfProblemsSoFar();
        return new SeedsJob([.. seeds.Select(seed =>
        {
            var one = file.Replacing("seeds", "seed", seed.ToString(CultureInfo.InvariantCulture));
            one.Root.Text("task");
            one.Root.OptionalText(Presets.Key);
            Output(one);
            var job = task.Read(one);
            one.ThrowIfProblems();
            return (seed, job, one.Root.Effective);
        })]);
    }

    private static string? Output(ConfigurationFile file) => file.Root.OptionalFilePath("output", mustExist: false);
}
