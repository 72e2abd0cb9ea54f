using System.Formats.Tar;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Archives;

/// <summary>Tar archives, plain or gzip-compressed, read from front to back without unpacking.</summary>
internal static class TarArchive
{
    private const int MagicAt = 257, BlockBytes = 512;
    private static readonly string[] Extensions = [".tar", ".tar.gz", ".tgz"];

    /// <summary>Whether a file is a tar archive: by its name, and then by its content.</summary>
    internal static bool IsArchive(string path)
    {
        if (!Extensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase)) || !File.Exists(path)) return false;
        var block = new byte[BlockBytes];
        try
        {
            using var content = Utf8LineReader.Open(path);
            return content.ReadAtLeast(block, BlockBytes, throwOnEndOfStream: false) == BlockBytes && block.AsSpan(MagicAt).StartsWith("ustar"u8);
        }
        catch (InvalidDataException)
        {
            return false;                                            // damaged gzip: whoever reads it as text says where
        }
    }

    /// <summary>The files whose name (without folders) is wanted; each is read before the next is asked for.</summary>
    internal static IEnumerable<Utf8LineReader> Files(string path, Func<string, bool> wanted)
    {
        using var content = Utf8LineReader.Open(path);
        using var archive = new TarReader(content);
        while (Next(path, archive) is { } entry)
        {
            if (entry.DataStream is { } data && wanted(entry.Name[(entry.Name.LastIndexOf('/') + 1)..]))
                yield return Open($"{path}/{entry.Name}", data);
        }
    }

    private static Utf8LineReader Open(string path, Stream data)
    {
        // The archive itself disposes the data; doing so here would stop it from moving on.
        var content = new PrefixedStream([], data, leaveOpen: true);
        try
        {
            return new Utf8LineReader(path, content);
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    private static TarEntry? Next(string path, TarReader archive)
    {
        try
        {
            return archive.GetNextEntry();
        }
        catch (Exception damaged) when (damaged is IOException or InvalidDataException or FormatException or ArgumentException or ArithmeticException or InvalidOperationException or NotSupportedException)
        {
            throw new DataFormatException(path, 0, $"the tar archive is damaged or ends early ({damaged.Message.TrimEnd('.')}); get it again.", damaged);
        }
    }
}
