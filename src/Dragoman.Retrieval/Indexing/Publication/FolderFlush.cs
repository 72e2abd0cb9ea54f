using System.Runtime.InteropServices;

namespace Dragoman.Retrieval.Indexing.Publication;

/// <summary>Puts the names of a folder's files onto the disk, so that a flushed file is found after a power cut too. .NET flushes files alone.</summary>
internal static partial class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a folder, where the system has a call for it; elsewhere, and where the file system refuses, the names follow in their time.</summary>
    internal static void Run(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0) return;
        _ = Synchronise(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronise(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
