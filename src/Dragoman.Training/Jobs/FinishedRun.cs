using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Training.Jobs;

/// <summary>Finds out whether the output of a run that is to be resumed is there already, so that nothing is trained again.</summary>
internal static class FinishedRun
{
    private const char Refusal = '!';

    /// <summary>The manifest of a finished run with the same configuration and data, after telling that it is finished.</summary>
    /// <param name="context">The run; the answer is worker 0's.</param>
    /// <param name="configuration">The effective configuration.</param>
    /// <param name="inputsName">What the manifest calls the fingerprints of what was read.</param>
    /// <param name="inputs">Finds these fingerprints; called only where there is something to compare them with.</param>
    /// <param name="configurationName">The file of the configuration.</param>
    /// <returns>Null when there is something to train: not resumed, no finished output, or a checkpoint beside it that a later run left.</returns>
    /// <exception cref="DragomanException">The finished output is of another configuration or other data.</exception>
    internal static JsonObject? Manifest(TrainingContext context, JsonObject configuration, string inputsName, Func<JsonNode> inputs, string configurationName = "training.json")
    {
        if (!context.Resume) return null;
        var found = context.Workers.Decide(() => Find(context, configuration, inputsName, inputs, configurationName));
        if (found.Length == 0) return null;
        if (found[0] == Refusal) throw new DragomanException(found[1..]);
        context.Log.Print($"{context.OutputPath} is finished: this configuration was trained on these data to its end, so there is nothing to resume; without --resume it is trained anew.");
        return JsonNode.Parse(found)!.AsObject();
    }

    /// <summary>What a neural ranker reached, as it told when it had finished.</summary>
    /// <inheritdoc cref="Manifest"/>
    internal static JsonObject? Reached(TrainingContext context, JsonObject configuration, Func<JsonNode> inputs)
    {
        if (Manifest(context, configuration, "inputs", inputs)?["reached"] is not JsonObject recorded) return null;
        var reached = recorded.DeepClone().AsObject();
        reached.Insert(0, "model", context.OutputPath);
        return reached;
    }

    /// <summary>The manifest as text, a refusal, or nothing.</summary>
    private static string Find(TrainingContext context, JsonObject configuration, string inputsName, Func<JsonNode> inputs, string configurationName)
    {
        var output = context.OutputPath;
        if (!StageFolder.IsComplete(output) || RunCheckpoints.HasOne(context.CheckpointPath)) return "";
        if (Read(Path.Combine(output, "manifest.json")) is { } manifest && IsOf(output, configuration, configurationName) && manifest[inputsName]?.ToJsonString() == inputs().ToJsonString()) return manifest.ToJsonString();
        return $"{Refusal}{output} is the finished output of another configuration or other data; train without --resume to begin anew.";
    }

    /// <summary>Whether a finished output was made with a configuration.</summary>
    /// <param name="output">The folder.</param>
    /// <param name="configuration">The effective configuration.</param>
    /// <param name="configurationName">The file of the configuration.</param>
    internal static bool IsOf(string output, JsonObject configuration, string configurationName = "training.json") =>
        StageFolder.IsComplete(output) && Read(Path.Combine(output, configurationName))?.ToJsonString() == configuration.ToJsonString();

    private static JsonObject? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) as JsonObject : null;
        }
        catch (JsonException)
        {
            // Not what a run wrote: another's.
            return null;
        }
    }
}
