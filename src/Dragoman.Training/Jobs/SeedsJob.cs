using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Collections.Storage;
using Dragoman.Models;

namespace Dragoman.Training.Jobs;

/// <summary>
/// The same run with several seeds: a folder <c>seed-N</c> each in the output folder, and <c>seeds.json</c> with what each reached, the mean and the standard deviation. Resumed, seeds that are
/// finished are left as they are.
/// </summary>
/// <param name="runs">Seeds with their jobs and effective configurations.</param>
internal sealed class SeedsJob(IReadOnlyList<(int Seed, ITrainingJob Job, JsonObject Configuration)> runs) : ITrainingJob
{
    private const string SummaryName = "seeds.json";

    public bool CanBeShared => runs.All(run => run.Job.CanBeShared);

    public DeviceChoice? Device => runs[0].Job.Device;

    public JsonObject Run(TrainingContext context, CancellationToken cancellationToken)
    {
        Dragoman.Collections.Storage.OutputPath.RequireFolder(context.OutputPath);
        Directory.CreateDirectory(context.OutputPath);
        var reached = new JsonArray();
        foreach (var (seed, job, configuration) in runs) reached.Add(Train(seed, job, configuration, Folder(context.OutputPath, seed), context, cancellationToken));
        if (!context.Workers.IsFirst)
        {
            Directory.Delete(context.OutputPath, recursive: true);
            return [];
        }
        var summary = new JsonObject { ["seeds"] = new JsonArray([.. runs.Select(run => (JsonNode)run.Seed)]), ["measures"] = Summary(reached), ["runs"] = reached };
        AtomicFile.WriteText(Path.Combine(context.OutputPath, SummaryName), writer => writer.WriteLine(summary.ToJsonString(StageFolder.Indented)));
        return summary.DeepClone().AsObject();
    }

    public string? Standing(string outputPath)
    {
        var begun = runs.Where(run => RunCheckpoints.HasOne(TrainingContext.CheckpointOf(Folder(outputPath, run.Seed)))).Select(run => run.Seed).ToList();
        var done = runs.Where(run => !begun.Contains(run.Seed) && FinishedRun.IsOf(Folder(outputPath, run.Seed), run.Configuration)).Select(run => run.Seed).ToList();
        var parts = new List<string> { done.Count == 0 ? $"no seed of {runs.Count} is done yet" : $"{Listed(done)} of {runs.Count} {(done.Count == 1 ? "is" : "are")} done" };
        if (begun.Count > 0) parts.Add($"{Listed(begun)} {(begun.Count == 1 ? "has a checkpoint" : "have checkpoints")} in {outputPath}");
        return done.Count + begun.Count == 0 ? $"Stopped; {parts[0]}, and there is no checkpoint, so that training begins anew next time." : $"Stopped; {string.Join(", ", parts)}; --resume goes on from there.";
    }

    private static string Folder(string outputPath, int seed) => Path.Combine(outputPath, "seed-" + seed.ToString(CultureInfo.InvariantCulture));

    private static string Listed(List<int> seeds) => $"{(seeds.Count == 1 ? "seed" : "seeds")} {string.Join(", ", seeds.SkipLast(1))}{(seeds.Count > 1 ? " and " : "")}{seeds[^1]}";

    private static JsonObject Train(int seed, ITrainingJob job, JsonObject configuration, string folder, TrainingContext context, CancellationToken cancellationToken)
    {
        context.Log.Message($"Seed {seed}:");
        if (!context.Workers.IsFirst) return job.Run(context with { OutputPath = folder }, cancellationToken);
        using var log = context.Log.Part(folder + ".log.jsonl");
        var reached = job.Run(context with { OutputPath = folder, Log = log }, cancellationToken);
        log.End();
        return new JsonObject { ["seed"] = seed, ["configuration"] = Fingerprint.OfText(configuration.ToJsonString()), ["reached"] = reached };
    }

    /// <summary>Mean and standard deviation (n − 1) over the seeds of every measure they all reached on dev.</summary>
    private static JsonObject Summary(JsonArray reached)
    {
        var measures = reached.Select(record => record!["reached"]!["dev_after"] as JsonObject).ToList();
        var summary = new JsonObject();
        if (measures.Any(dev => dev is null)) return summary;
        foreach (var name in measures[0]!.Select(measure => measure.Key))
        {
            var values = measures.Select(dev => dev![name]!.GetValue<double>()).ToArray();
            var mean = values.Average();
            var deviation = values.Length < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
            summary[name] = new JsonObject { ["mean"] = Math.Round(mean, 4), ["sd"] = Math.Round(deviation, 4) };
        }
        return summary;
    }
}
