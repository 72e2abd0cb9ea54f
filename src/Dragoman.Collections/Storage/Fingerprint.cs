using System.Security.Cryptography;
using System.Text;
using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Storage;

/// <summary>
/// Short names for content, as manifests record them: the first 16 hexadecimal digits (64 bits) of a SHA-256. Two different inputs of one
/// project will not meet by accident; it is no defence against forgery.
/// </summary>
public static class Fingerprint
{
    private const int HexDigits = 16;

    /// <summary>Fingerprint of a file's bytes as they lie on disk (compressed when the file is).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DragomanException">There is no such file.</exception>
    public static string OfFile(string path)
    {
        if (!File.Exists(path)) throw new DragomanException($"{path} does not exist; check the name and the current folder.");
        using var stream = File.OpenRead(path);
        return Short(SHA256.HashData(stream));
    }

    /// <summary>Fingerprint of a folder: of every file's relative path and bytes, in ordinal order of path. Files whose path starts with a dot, such as <c>.complete</c>, count too.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="DragomanException">There is no such folder.</exception>
    public static string OfFolder(string path)
    {
        if (!Directory.Exists(path)) throw new DragomanException($"{path} does not exist or is not a folder.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(path, file).Replace('\\', '/'), file))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal);
        foreach (var (name, file) in files)
        {
            using var stream = File.OpenRead(file);
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\0"));
            hash.AppendData(SHA256.HashData(stream));
        }
        return Short(hash.GetHashAndReset());
    }

    /// <summary>Fingerprint of a file or a folder, whichever the path names.</summary>
    /// <param name="path">File or folder.</param>
    /// <exception cref="DragomanException">There is neither.</exception>
    public static string Of(string path) => Directory.Exists(path) ? OfFolder(path) : OfFile(path);

    /// <summary>Fingerprint of a text's UTF-8 bytes.</summary>
    /// <param name="text">The text.</param>
    public static string OfText(string text) => Short(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Short(byte[] hash) => Convert.ToHexStringLower(hash)[..HexDigits];
}
