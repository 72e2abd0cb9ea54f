using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Storage;

/// <summary>
/// The folder a stage writes: data, <c>config.json</c>, <c>manifest.json</c> (inputs' fingerprints, versions, seed, counts), then <c>.complete</c>, last.
/// Everything is written under a temporary name beside the target; <see cref="Complete"/> puts it in place, and disposing before that removes it.
/// </summary>
public sealed class StageFolder : IDisposable
{
    private const string Marker = ".complete", Suffix = ".tmp";
    /// <summary>How a stage writes JSON for people: indented, letters of all scripts as they are.</summary>
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly string _target;
    private bool _completed;

    private StageFolder(string target, string working)
    {
        _target = target;
        WorkingPath = working;
    }

    /// <summary>Where to write the data until <see cref="Complete"/> is called.</summary>
    public string WorkingPath { get; }

    /// <summary>Whether a stage has finished a folder.</summary>
    /// <param name="path">The folder, there or not.</param>
    public static bool IsComplete(string path) => File.Exists(Path.Combine(path, Marker));

    /// <summary>Begins a stage's output, and removes what processes that were killed while they made the same left.</summary>
    /// <param name="path">The folder to make. An existing complete stage there is replaced at the end; anything else that is not empty is refused.</param>
    /// <exception cref="DragomanException">The folder holds something that no stage wrote, or cannot be made.</exception>
    public static StageFolder Begin(string path)
    {
        OutputPath.RequireFolder(path);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any() && !IsComplete(target))
            throw new DragomanException($"{path} is not empty and was not written by Dragoman; name another folder or empty it first.");
        var working = $"{target}.{Environment.ProcessId}{Suffix}";
        if (Directory.Exists(working)) Directory.Delete(working, recursive: true);
        RemoveLeftovers(target);
        UnfinishedOutputs.Begin(working, Path.TrimEndingDirectorySeparator(path));
        Directory.CreateDirectory(working);
        return new StageFolder(target, working);
    }

    /// <summary>Checks that a stage's folder is there and finished.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="command">The command that makes such a folder, for the message: <c>dragoman index</c>.</param>
    /// <exception cref="DragomanException">The folder is missing or was not finished.</exception>
    public static void RequireComplete(string path, string command)
    {
        if (!Directory.Exists(path)) throw new DragomanException($"{path} does not exist; make it with '{command}'.");
        if (!IsComplete(path))
            throw new DragomanException($"{path} is not a finished output of '{command}' (no {Marker} file); run '{command}' again.");
    }

    /// <summary>Writes the configuration and the manifest, then the marker, then puts the folder in place.</summary>
    /// <param name="config">The effective configuration.</param>
    /// <param name="manifest">Inputs' fingerprints, versions, seed, counts.</param>
    /// <param name="configName">The configuration's file name; model folders use <c>training.json</c>, as their <c>config.json</c> is the model's own (Hugging Face layout).</param>
    public void Complete(JsonObject config, JsonObject manifest, string configName = "config.json")
    {
        AtomicFile.WriteText(Path.Combine(WorkingPath, configName), writer => writer.WriteLine(config.ToJsonString(Indented)));
        AtomicFile.WriteText(Path.Combine(WorkingPath, "manifest.json"), writer => writer.WriteLine(manifest.ToJsonString(Indented)));
        AtomicFile.WriteText(Path.Combine(WorkingPath, Marker), _ => { });
        if (Directory.Exists(_target)) Directory.Delete(_target, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(_target)!);
        Directory.Move(WorkingPath, _target);
        UnfinishedOutputs.End(WorkingPath);
        _completed = true;
    }

    /// <summary>Removes what was written when <see cref="Complete"/> was not reached.</summary>
    public void Dispose()
    {
        if (_completed) return;
        if (Directory.Exists(WorkingPath)) Directory.Delete(WorkingPath, recursive: true);
        UnfinishedOutputs.End(WorkingPath);
    }

    /// <summary>Folders beside the target that carry the number of a process that is no more.</summary>
    private static void RemoveLeftovers(string target)
    {
        var (around, start) = (Path.GetDirectoryName(target)!, Path.GetFileName(target) + ".");
        if (!Directory.Exists(around)) return;
        foreach (var folder in Directory.EnumerateDirectories(around, "*" + Suffix).ToList())
        {
            var name = Path.GetFileName(folder);
            if (!name.StartsWith(start, StringComparison.Ordinal) || name.Length <= start.Length + Suffix.Length) continue;
            if (!int.TryParse(name.AsSpan(start.Length..^Suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var process) || IsRunning(process)) continue;
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Another user's, or another process removes it: it is in nobody's way.
            }
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
