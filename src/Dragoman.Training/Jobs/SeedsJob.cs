using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Collections.Storage;
using Dragoman.Models;

namespace Dragoman.Training.Jobs;

/// <summary>
/// The same run with several seeds: a folder <c>seed-N</c> each in the output folder, and <c>seeds.json</c> with what each reached, the mean and the standard deviation. Resumed, seeds that are
/// complete are left as they are.
/// </summary>
/// <param name="runs">Seeds with their jobs and effective configurations.</param>
internal sealed class SeedsJob(IReadOnlyList<(int Seed, ITrainingJob Job, JsonObject Configuration)> runs) : ITrainingJob
{
    private const string SummaryName = "seeds.json", ReachedName = "reached.json";

    public bool CanBeShared => runs.All(run => run.Job.CanBeShared);

    public DeviceChoice? Device => runs[0].Job.Device;

    public JsonObject Run(TrainingContext context, CancellationToken cancellationToken)
    {
        Dragoman.Collections.Storage.OutputPath.RequireFolder(context.OutputPath);
        Directory.CreateDirectory(context.OutputPath);
        var reached = new JsonArray();
        foreach (var (seed, job, configuration) in runs)
        {
            var folder = Path.Combine(context.OutputPath, "seed-" + seed.ToString(CultureInfo.InvariantCulture));
            var finished = context.Resume && context.Workers.IsFirst ? Finished(folder, configuration) : null;
            if (context.Workers.Decide(() => finished is null ? "train" : "finished") == "finished") reached.Add(finished);
            else reached.Add(Train(seed, job, configuration, folder, context, cancellationToken));
        }
        if (!context.Workers.IsFirst)
        {
            Directory.Delete(context.OutputPath, recursive: true);
            return [];
        }
        var summary = new JsonObject { ["seeds"] = new JsonArray([.. runs.Select(run => (JsonNode)run.Seed)]), ["measures"] = Summary(reached), ["runs"] = reached };
        AtomicFile.WriteText(Path.Combine(context.OutputPath, SummaryName), writer => writer.WriteLine(summary.ToJsonString(StageFolder.Indented)));
        return summary.DeepClone().AsObject();
    }

    private static JsonObject Train(int seed, ITrainingJob job, JsonObject configuration, string folder, TrainingContext context, CancellationToken cancellationToken)
    {
        context.Log.Message($"Seed {seed}:");
        if (!context.Workers.IsFirst) return job.Run(context with { OutputPath = folder }, cancellationToken);
        using var log = context.Log.Part(folder + ".log.jsonl");
        var reached = job.Run(context with { OutputPath = folder, Log = log }, cancellationToken);
        log.Event("end", new JsonObject());
        var record = new JsonObject { ["seed"] = seed, ["configuration"] = Fingerprint.OfText(configuration.ToJsonString()), ["reached"] = reached };
        AtomicFile.WriteText(Path.Combine(folder, ReachedName), writer => writer.WriteLine(record.ToJsonString(StageFolder.Indented)));
        return record;
    }

    /// <summary>What a seed reached in an earlier call with the same configuration; null when it did not come to its end.</summary>
    private static JsonObject? Finished(string folder, JsonObject configuration)
    {
        var path = Path.Combine(folder, ReachedName);
        if (!File.Exists(path)) return null;
        var record = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        return (string?)record["configuration"] == Fingerprint.OfText(configuration.ToJsonString()) ? record : null;
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
