using System.IO.Compression;
using System.Text;

namespace Dragoman.Collections.Storage;

/// <summary>Writes a file under a temporary name beside its target and renames it when all is written, so that a failure leaves nothing half-written.</summary>
public static class AtomicFile
{
    /// <summary>Writes a text file, UTF-8 without byte-order mark, lines ending in LF; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">Target; an existing file is replaced at the end.</param>
    /// <param name="write">Writes the content.</param>
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
    public static void Write(string path, Action<Stream> write)
    {
        var target = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = $"{target}.{Environment.ProcessId}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
