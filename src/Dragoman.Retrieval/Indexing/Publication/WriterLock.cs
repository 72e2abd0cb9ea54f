using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Retrieval.Indexing.Publication;

/// <summary>Keeps a second writer out of an index. The system lets go of the lock when a process ends, however it ends.</summary>
internal sealed class WriterLock : IDisposable
{
    private readonly FileStream _file;

    /// <summary>Takes the lock.</summary>
    /// <param name="folder">The index folder.</param>
    /// <exception cref="DragomanException">Another writer has it, or the folder cannot be written.</exception>
    internal WriterLock(string folder)
    {
        try
        {
            _file = new FileStream(Path.Combine(folder, IndexFolder.WriterLock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException inUse) when (FileInUse.Is(inUse))
        {
            throw new DragomanException($"Index {folder} is being changed by another program; try again when that has ended.", inUse);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new DragomanException($"Index {folder} cannot be changed: this user may not write there.", refused);
        }
        catch (IOException failure)
        {
            throw new DragomanException($"Index {folder} cannot be changed ({Reason(failure)}); it can be searched.", failure);
        }
    }

    // .NET ends the system's reason with the path.
    private static string Reason(IOException failure) => failure.Message.Split(" : '", 2)[0].TrimEnd('.');

    public void Dispose() => _file.Dispose();
}
