using Dragoman.Collections.Storage;

namespace Dragoman.Cli.Vectors;

/// <summary>Joins the parts of a file of vectors.</summary>
internal static class VectorMerge
{
    /// <summary>Writes the file that one worker alone would have written.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="token">Stops the work.</param>
    internal static void Write(VectorParts parts, CancellationToken token)
    {
        AtomicFile.WriteText(parts.Output, writer =>
        {
            foreach (var (path, _) in parts.Files.Where(part => part.Manifest.Vectors > 0))
            {
                using var lines = new StreamReader(Utf8LineReader.Open(path));
                while (lines.ReadLine() is { } line)
                {
                    token.ThrowIfCancellationRequested();
                    writer.WriteLine(line);
                }
            }
        });
        VectorManifest.Write(parts.Output, fingerprint => parts.Manifest with { Fingerprint = fingerprint });
    }

    /// <summary>Removes the parts, of which the whole file is there.</summary>
    internal static void Remove(VectorParts parts)
    {
        foreach (var (path, _) in parts.Files)
        {
            File.Delete(path);
            File.Delete(VectorManifest.PathOf(path));
        }
    }
}
