using System.IO.Compression;
using System.Text;

namespace Dragoman.Collections.Tests;

/// <summary>Text as a gzip file holds it.</summary>
internal static class Gzipped
{
    internal static byte[] Bytes(string content)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(content));
        return buffer.ToArray();
    }
}
