using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dragoman.Collections.Errors;
using Dragoman.Training.Jobs;

namespace Dragoman.Cli.Commands;

/// <summary><c>dragoman train</c>: a training run described by a YAML file, into a model folder.</summary>
internal static class TrainCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Command Create()
    {
        var configuration = new Argument<string>("CONFIG.yaml") { Description = "What to train, on what, how; its key 'task' says which kind of run." };
        var output = new Option<string?>("--output") { Description = "The model folder to make; overrides the file's 'output'.", HelpName = "DIR" };
        var threads = ModelOptions.Threads();
        var resume = new Option<bool>("--resume") { Description = "Go on from the newest checkpoint beside the output, if there is one." };
        var command = new Command("train", "Trains a model as a YAML file describes; prints what was reached as JSON.") { configuration, output, threads, resume };
        command.SetAction((parsed, token) => Task.FromResult(
            Train(parsed.GetRequiredValue(configuration), parsed.GetValue(output), parsed.GetValue(threads), parsed.GetValue(resume), token)));
        return command;
    }

    private static int Train(string configuration, string? output, int? threads, bool resume, CancellationToken token)
    {
        var (job, named) = TrainingTasks.Open(configuration);
        var folder = output ?? named ?? throw new ConfigurationException(configuration, ["names no output folder; add 'output: DIR' or give --output DIR."]);
        using var log = new TrainingLog(Console.Error, Path.TrimEndingDirectorySeparator(folder) + ".log.jsonl", TimeProvider.System);
        var context = new TrainingContext(folder, threads, resume, log, TimeProvider.System);
        try
        {
            var reached = job.Run(context, token);
            log.Event("end", []);
            Console.Out.WriteLine(reached.ToJsonString(Indented));
            return 0;
        }
        catch (OperationCanceledException stopped) when (Directory.Exists(context.CheckpointPath))
        {
            throw new DragomanException($"Stopped; what the run had saved is in {context.CheckpointPath}, and --resume goes on from there.", stopped);
        }
    }
}
