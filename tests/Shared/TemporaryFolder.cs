using System.Text;

namespace Dragoman.Testing;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dragoman-");

    internal string Path => _folder.FullName;

    /// <summary>The path of a file or folder inside, whether it exists or not.</summary>
    internal string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file of UTF-8 text, and the folders it lies in.</summary>
    /// <returns>The file's path.</returns>
    internal string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Writes a file, and the folders it lies in.</summary>
    /// <returns>The file's path.</returns>
    internal string Write(string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    /// <summary>Writes a file of UTF-8 text.</summary>
    /// <returns>This folder.</returns>
    internal TemporaryFolder With(string name, string content) => With(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Writes a file.</summary>
    /// <returns>This folder.</returns>
    internal TemporaryFolder With(string name, byte[] content)
    {
        Write(name, content);
        return this;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
