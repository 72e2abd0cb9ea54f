using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Storage;

/// <summary>Keeps two processes from filling one folder: an open <c>.lock</c> file in it, which the system releases when a process ends in any way.</summary>
public sealed class FolderLock : IDisposable
{
    private const string Name = ".lock";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly FileStream _file;
    private readonly IReadOnlyList<string> _made;

    private FolderLock(FileStream file, IReadOnlyList<string> made) => (_file, _made) = (file, made);

    /// <summary>Waits until the folder is free and takes it.</summary>
    /// <param name="folder">The folder; made when missing.</param>
    /// <param name="time">Clock of the waiting.</param>
    /// <param name="onWait">Called once when another process has it.</param>
    /// <param name="problem">Puts a failure to write a file into a sentence.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="DragomanException">The folder cannot be made or written.</exception>
    public static async Task<FolderLock> TakeAsync(string folder, TimeProvider time, Action onWait, Func<string, Exception, DragomanException> problem, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, Name);
        for (var waited = false; ;)
        {
            var made = Make(folder, problem);
            try
            {
                var taken = new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), made);
                if (File.Exists(path)) return taken;
                taken._file.Dispose(); // its holder removed it when it was open here already
            }
            catch (IOException failure) when (FileInUse.Is(failure))
            {
                if (!waited) onWait();
                waited = true;
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
            catch (DirectoryNotFoundException) when (made.Count == 0 && !Directory.Exists(folder))
            {
                // Its holder made the folder, put nothing there and removed it.
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw problem(path, failure);
            }
        }
    }

    /// <summary>Frees the folder; folders that were made for this and got nothing go again.</summary>
    public void Dispose()
    {
        if (_made.Count > 0) RemoveEmpty();
        _file.Dispose();
    }

    private void RemoveEmpty()
    {
        try
        {
            if (Directory.EnumerateFileSystemEntries(_made[0]).Any(entry => Path.GetFileName(entry) != Name)) return;
            File.Delete(_file.Name);
            foreach (var folder in _made) Directory.Delete(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Somebody else put something there.
        }
    }

    // The folders that had to be made, the innermost first.
    private static List<string> Make(string folder, Func<string, Exception, DragomanException> problem)
    {
        var made = new List<string>();
        for (var missing = folder; missing is not null && !Directory.Exists(missing); missing = Path.GetDirectoryName(missing)) made.Add(missing);
        try
        {
            Directory.CreateDirectory(folder);
            return made;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw problem(folder, failure);
        }
    }
}
