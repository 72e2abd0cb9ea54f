using System.Collections.Concurrent;

namespace Dragoman.Collections.Storage;

/// <summary>
/// The temporary files and folders that this process is writing, so that a program that is stopped in the middle can remove them. What fails removes its own. Thread-safe.
/// </summary>
public static class UnfinishedOutputs
{
    private const int Looks = 200, QuietLooks = 3;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(2);
    private static readonly ConcurrentDictionary<string, bool> Paths = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string> Names = new(StringComparer.Ordinal);
    private static readonly ManualResetEventSlim Never = new(false);
    private static volatile bool _isClosing;

    /// <summary>Removes them; for a program that is about to end and whose other threads may still be writing. From here on nothing new is begun: a thread that tries waits for the end of the program.</summary>
    public static void RemoveAll()
    {
        _isClosing = true;
        // What another thread was about to make when it was looked for may be there at the next look.
        for (var (look, quiet) = (0, 0); look < Looks && quiet < QuietLooks; look++)
        {
            quiet = Paths.Keys.Select(IsRemoved).ToList().TrueForAll(removed => removed) ? quiet + 1 : 0;
            Never.Wait(BetweenLooks);
        }
    }

    /// <summary>A message with the temporary names of outputs replaced by those that the user knows.</summary>
    /// <param name="message">What went wrong, with a path in it or not.</param>
    public static string InNamesOfTheUser(string message) =>
        Names.OrderByDescending(name => name.Key.Length).Aggregate(message, (text, name) => text.Replace(name.Key, name.Value, StringComparison.Ordinal));

    /// <summary>Notes an output before anything of it is made.</summary>
    /// <param name="path">Where it is made, a full path.</param>
    /// <param name="name">What the user calls it.</param>
    internal static void Begin(string path, string name)
    {
        if (_isClosing) Never.Wait();
        Paths[path] = true;
        Names[path] = name;
    }

    internal static void End(string path) => Paths.TryRemove(path, out _);

    private static bool IsRemoved(string path)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            else if (File.Exists(path)) File.Delete(path);
            else return true;
            return false; // there was something; look again
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
