using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dragoman.Cli.Workers;
using Dragoman.Collections.Errors;
using Dragoman.Models;
using Dragoman.Tensors;
using Dragoman.Tensors.Errors;
using Dragoman.Training.Jobs;
using Dragoman.Training.Workers;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman train</c>: a training run described by a YAML file, into a model folder; by one process or by several.</summary>
internal static class TrainCommand
{
    private const int UsualTimeoutSeconds = 300, MostTimeoutSeconds = 1_000_000;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Command Create()
    {
        var configuration = new Argument<string>("CONFIG.yaml") { Description = "What to train, on what, how; its key 'task' says which kind of run." };
        var output = new Option<string?>("--output") { Description = "The model folder to make; overrides the file's 'output'.", HelpName = "DIR" };
        var (device, threads) = (ModelOptions.Device("the file's training.device, or auto"), ModelOptions.Threads());
        var resume = new Option<bool>("--resume") { Description = "Go on from the newest checkpoint beside the output, if there is one." };
        var workers = new Option<int?>("--workers") { Description = "Train with this many processes on this machine, each with its part of the threads, or a CUDA device of its own. To start them by yourself, set RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT instead.", HelpName = "N" };
        WholeNumber.RequirePositive(workers);
        var timeout = new Option<int>("--worker-timeout") { Description = "Seconds after which workers give up one that does not answer.", HelpName = "N", DefaultValueFactory = _ => UsualTimeoutSeconds };
        WholeNumber.Require(timeout, 1, MostTimeoutSeconds, $"must be from 1 to {MostTimeoutSeconds}");
        var command = new Command("train", "Trains a model as a YAML file describes; prints what was reached as JSON.") { configuration, output, device, threads, resume, workers, timeout };
        command.SetAction((parsed, token) =>
        {
            var asked = new Asked(parsed.GetRequiredValue(configuration), parsed.GetValue(output), parsed.GetValue(device), parsed.GetValue(threads), parsed.GetValue(resume), parsed.GetValue(timeout), parsed.GetValue(CommandRunner.Verbose));
            return parsed.GetValue(workers) is { } count and > 1 ? StartWorkersAsync(asked, count, token) : Task.FromResult(Train(asked, token));
        });
        return command;
    }

    private static int Train(Asked asked, CancellationToken token)
    {
        StartedWorker.Watch();
        var (job, folder) = Open(asked);
        var environment = WorkerEnvironment.Read(Environment.GetEnvironmentVariable);
        if (environment is not null) RequireShared(job, asked);
        var device = DeviceOf(job, asked).Resolve(environment?.LocalRank ?? 0);
        WorkerLeftovers.Remove(folder, environment?.Rank ?? 0, environment?.Count ?? 1);
        using var workers = environment is null ? WorkerGroup.Alone : WorkerGroup.Join(environment, device, TimeSpan.FromSeconds(asked.TimeoutSeconds));
        if (!workers.IsFirst) Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Worker {workers.Rank} of {workers.Count} has joined (process {Environment.ProcessId}, {device}); worker 0 tells how it goes."));
        using var log = workers.IsFirst ? new TrainingLog(Console.Error, Path.TrimEndingDirectorySeparator(folder) + ".log.jsonl", TimeProvider.System) : new TrainingLog(TextWriter.Null, null, TimeProvider.System);
        if (!workers.IsFirst) folder = string.Create(CultureInfo.InvariantCulture, $"{Path.TrimEndingDirectorySeparator(folder)}.worker-{workers.Rank}");
        var context = new TrainingContext(folder, asked.Threads, asked.Resume, log, TimeProvider.System) { Workers = workers, Device = device };
        if (workers is { IsAlone: false, IsFirst: true }) log.Message(string.Create(CultureInfo.InvariantCulture, $"{workers.Count} workers have joined; each takes its share of every batch."));
        return Run(job, context, token);
    }

    private static int Run(ITrainingJob job, TrainingContext context, CancellationToken token)
    {
        try
        {
            var reached = job.Run(context, token);
            context.Log.End();
            if (context.Workers.IsFirst) Console.Out.WriteLine(reached.ToJsonString(Indented));
            return 0;
        }
        catch (OperationCanceledException stopped) when (job.Standing(context.OutputPath) is { } standing)
        {
            throw new DragomanException(standing, stopped);
        }
        catch (ProcessGroupException lost)
        {
            if (token.IsCancellationRequested) throw new OperationCanceledException("The workers were stopped.", lost, token);
            var kept = !context.Workers.IsFirst ? "Worker 0 has the last checkpoint, if one was made"
                : RunCheckpoints.HasOne(context.CheckpointPath) ? $"The last checkpoint in {context.CheckpointPath} is whole" : "There is no checkpoint yet";
            throw new DragomanException($"{lost.Message} {kept}; start all workers again with --resume, or another number of them.", lost);
        }
    }

    /// <summary>What can be said before anything starts is said here, once.</summary>
    private static async Task<int> StartWorkersAsync(Asked asked, int count, CancellationToken token)
    {
        var (job, folder) = Open(asked);
        RequireShared(job, asked);
        var device = DeviceOf(job, asked);
        if (device.Index is not null) throw new ConfigurationException("dragoman train", [$"{device} is one device, but --workers asks for {count} processes; use cuda, and each takes a device of its own."]);
        WorkerGroup.RequireBuilt(device.Resolve(count - 1));
        var threads = Math.Max(1, (asked.Threads ?? Environment.ProcessorCount) / count);
        List<string> arguments = ["train", asked.Configuration, "--output", folder, "--threads", threads.ToString(CultureInfo.InvariantCulture), "--worker-timeout", asked.TimeoutSeconds.ToString(CultureInfo.InvariantCulture)];
        if (asked.Device is { } named) arguments.AddRange(["--device", named]);
        if (asked.Resume) arguments.Add("--resume");
        if (asked.Verbose) arguments.Add("--verbose");
        try
        {
            return await LocalWorkers.RunAsync("dragoman train", count, _ => arguments, token).ConfigureAwait(false);
        }
        catch (OperationCanceledException stopped) when (job.Standing(folder) is { } standing)
        {
            throw new DragomanException(standing, stopped);
        }
    }

    private static (ITrainingJob Job, string Folder) Open(Asked asked)
    {
        var (job, named) = TrainingTasks.Open(asked.Configuration);
        return (job, asked.Output ?? named ?? throw new ConfigurationException(asked.Configuration, ["names no output folder; add 'output: DIR' or give --output DIR."]));
    }

    private static void RequireShared(ITrainingJob job, Asked asked)
    {
        if (!job.CanBeShared) throw new ConfigurationException(asked.Configuration, ["this task is trained by one process; leave --workers out, and unset RANK and WORLD_SIZE."]);
    }

    private static DeviceChoice DeviceOf(ITrainingJob job, Asked asked)
    {
        var named = ModelOptions.DeviceOf(asked.Device);
        if (job.Device is { } configured) return named ?? configured;
        if (named?.Kind == DeviceKind.Cuda) throw new ConfigurationException(asked.Configuration, [$"this task is trained on the CPU; leave --device {named} out."]);
        return DeviceChoice.Cpu;
    }

    private sealed record Asked(string Configuration, string? Output, string? Device, int? Threads, bool Resume, int TimeoutSeconds, bool Verbose);
}
