using System.Security.Cryptography;
using Dragoman.Collections.Errors;

namespace Dragoman.Retrieval.Indexing;

/// <summary>Size and checksum of a file.</summary>
/// <param name="Name">Name of the file, relative to its folder.</param>
/// <param name="Bytes">Size in bytes.</param>
/// <param name="Sha256">SHA-256 of the content, hexadecimal, lower case.</param>
public sealed record FileFingerprint(string Name, long Bytes, string Sha256)
{
    /// <summary>Measures a file.</summary>
    /// <param name="path">The file.</param>
    public static FileFingerprint Of(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        return new FileFingerprint(Path.GetFileName(path), stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    /// <summary>Checks a file against this record.</summary>
    /// <param name="folder">The folder it lies in.</param>
    /// <param name="hashedBytes">Files up to this size are read and hashed; of larger ones only the size is checked.</param>
    /// <exception cref="DataFormatException">The file is missing, has another size, or other content.</exception>
    internal void Verify(string folder, long hashedBytes)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path)) throw new DataFormatException(path, 0, $"the file is missing; rebuild the index with '{IndexFiles.Command}'.");
        var bytes = new FileInfo(path).Length;
        if (bytes != Bytes)
            throw new DataFormatException(path, 0, $"the index file has {bytes} bytes, the manifest says {Bytes}; it was cut short or changed, rebuild the index with '{IndexFiles.Command}'.");
        if (bytes <= hashedBytes && Of(path).Sha256 != Sha256)
            throw new DataFormatException(path, 0, $"the index file's content does not match its SHA-256 in the manifest; it was changed, rebuild the index with '{IndexFiles.Command}'.");
    }
}
