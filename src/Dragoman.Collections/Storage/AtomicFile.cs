using System.IO.Compression;
using System.Text;
using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Storage;

/// <summary>
/// Writes a file under a temporary name beside its target and renames it when all is written, so that a failure leaves nothing half-written. A device
/// (<c>/dev/stdout</c>) is written straight, and a link stays a link.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a text file, UTF-8 without byte-order mark, lines ending in LF; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">Target; an existing file is replaced at the end.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="DragomanException">The target cannot be written.</exception>
    public static void WriteText(string path, Action<TextWriter> write) =>
        Write(path, stream =>
        {
            using var gzip = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true) : null;
            using var writer = new StreamWriter(gzip ?? stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
            write(writer);
        });

    /// <summary>Writes a binary file.</summary>
    /// <param name="path">Target; an existing file is replaced at the end.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="DragomanException">The target cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        OutputPath.RequireFile(path);
        var named = Path.GetFullPath(path);
        var target = OutputPath.IsStream(named) ? named : OutputPath.ThroughLinks(named);
        if (OutputPath.IsStream(target)) WriteInto(path, target, write);
        else Replace(path, target, write);
    }

    private static void Replace(string path, string target, Action<Stream> write)
    {
        var temporary = $"{target}.{Environment.ProcessId}.tmp";
        UnfinishedOutputs.Begin(temporary, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        try
        {
            WriteInto(path, temporary, write, FileMode.Create);
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        finally
        {
            UnfinishedOutputs.End(temporary);
        }
    }

    private static void WriteInto(string path, string file, Action<Stream> write, FileMode mode = FileMode.Open)
    {
        try
        {
            using var stream = new FileStream(file, mode, FileAccess.Write, FileShare.Read, 1 << 16);
            write(stream);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException && failure.Message.Contains(file, StringComparison.Ordinal))
        {
            // The failure names the file that was being written, so it is not one of reading what goes into it.
            throw OutputPath.Unwritable(path, failure);
        }
    }
}
