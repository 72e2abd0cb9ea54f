using System.Collections.Concurrent;

namespace Dragoman.Collections.Storage;

/// <summary>
/// The temporary files and folders that this process is writing, so that a program that is stopped in the middle can remove them. What fails removes its own. Thread-safe.
/// </summary>
public static class UnfinishedOutputs
{
    private const int Attempts = 20;
    private static readonly ConcurrentDictionary<string, bool> Paths = new(StringComparer.Ordinal);

    /// <summary>Removes them; for a program that is about to end and whose other threads may still be writing.</summary>
    public static void RemoveAll()
    {
        // A folder into which another thread puts a file meanwhile is not empty when it should go.
        for (var attempt = 0; attempt < Attempts && !Paths.Keys.All(IsRemoved); attempt++) Thread.Yield();
    }

    internal static void Begin(string path) => Paths[path] = true;

    internal static void End(string path) => Paths.TryRemove(path, out _);

    private static bool IsRemoved(string path)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            else File.Delete(path);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
