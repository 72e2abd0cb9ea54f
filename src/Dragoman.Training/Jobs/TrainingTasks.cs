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
    private const string OutputKey = "output";

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
        if (file.Root.Has("task")) file.Root.Choice("task", "", [.. names.Select(name => (name, name))]);
        else file.Root.Problem("task", $"is missing; use {string.Join(" or ", names)}.");
        var seeds = file.Root.Has("seeds") ? Seeds(file.Root) : null;
        var chosen = tasks.FirstOrDefault(task => task.Name == (string?)file.Root.Effective["task"]);
        if (chosen is null) file.ThrowIfProblemsSoFar();                                   // what else may be there depends on the task
        var output = Output(file);
        if (seeds is not null) return (Job(file, chosen!, seeds), output);
        var job = chosen!.Read(file);
        file.ThrowIfProblems();
        return (job, output);
    }

    private static IReadOnlyList<int> Seeds(ConfigurationSection root)
    {
        var seeds = root.WholeNumbers("seeds", least: 0);
        if (root.Has("seed")) root.Problem("seed", "is given beside seeds; leave it out.");
        if (seeds.Distinct().Count() != seeds.Count) root.Problem("seeds", "holds a number twice.");
        return seeds;
    }

    /// <summary>One job for several seeds; the rest of the file is read once for each, or once where the seeds are wrong, for what else is.</summary>
    private static SeedsJob Job(ConfigurationFile file, TrainingTask task, IReadOnlyList<int> seeds) => new([.. seeds.DefaultIfEmpty(0).Select(seed =>
    {
        var one = file.Replacing("seeds", "seed", seed.ToString(CultureInfo.InvariantCulture));
        one.Root.Text("task");
        one.Root.OptionalText(Presets.Key);
        one.Root.OptionalText(OutputKey);
        var job = task.Read(one);
        one.ThrowIfProblems(beside: file);
        return (seed, job, one.Root.Effective);
    })]);

    private static string? Output(ConfigurationFile file) => file.Root.OptionalFilePath(OutputKey, mustExist: false);
}
