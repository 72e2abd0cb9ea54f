using System.IO.Compression;
using System.Text;

namespace Dragoman.Collections.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dragoman-");

    internal string Path => _folder.FullName;

    internal string File(string name, string content) => File(name, Encoding.UTF8.GetBytes(content));

    internal string File(string name, byte[] content)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    internal string this[string name] => System.IO.Path.Combine(Path, name);

    internal static byte[] Gzip(string content)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(content));
        return buffer.ToArray();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
