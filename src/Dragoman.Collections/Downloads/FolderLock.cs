using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Downloads;

/// <summary>Keeps two processes from fetching into one folder: an open <c>.lock</c> file in it, which the system releases when a process ends in any way.</summary>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Waits until the folder is free and takes it.</summary>
    /// <param name="folder">The folder; made when missing.</param>
    /// <param name="time">Clock of the waiting.</param>
    /// <param name="onWait">Called once when another process has it.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="DragomanException">The folder cannot be made or written.</exception>
    internal static async Task<FolderLock> TakeAsync(string folder, TimeProvider time, Action onWait, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, ".lock");
        Make(folder);
        for (var waited = false; ; waited = true)
        {
            try
            {
                return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException failure) when (IsHeld(failure))
            {
                if (!waited) onWait();
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw DownloadProblem.OfDisk(path, failure);
            }
        }
    }

    /// <summary>Frees the folder.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Whether another process has the file open: a sharing violation on Windows, EWOULDBLOCK of flock on Linux and macOS.</summary>
    private static bool IsHeld(IOException failure) => OperatingSystem.IsWindows() ? failure.HResult == unchecked((int)0x80070020) : failure.HResult is 11 or 35;

    private static void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw DownloadProblem.OfDisk(folder, failure);
        }
    }
}
