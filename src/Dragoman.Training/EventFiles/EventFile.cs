using System.Buffers.Binary;
using Dragoman.Collections.Storage;

namespace Dragoman.Training.EventFiles;

/// <summary>
/// A file of TensorBoard: records, each framed as TensorFlow's <c>TFRecord</c> (length, its masked CRC-32C, bytes, their masked CRC-32C; all little-endian). A record is written in one call and
/// at once, so that a reader of the growing file sees it and a kill leaves whole records.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const int Header = 12, Footer = 4;
    private const uint MaskDelta = 0xa282ead8;
    private readonly FileStream _file;

    /// <summary>Makes a file; one that is there is an error.</summary>
    /// <param name="path">The file.</param>
    internal EventFile(string path) => _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>Writes a record.</summary>
    /// <param name="data">Its bytes.</param>
    internal void Append(ReadOnlySpan<byte> data)
    {
        var record = new byte[Header + data.Length + Footer];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Masked(record.AsSpan(0, 8)));
        data.CopyTo(record.AsSpan(Header));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(Header + data.Length), Masked(data));
        _file.Write(record);
    }

    /// <summary>The whole records of a file, up to the first that is torn or damaged, each with where it ends.</summary>
    /// <param name="path">The file.</param>
    internal static IEnumerable<(byte[] Data, long End)> Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[Header];
        while (file.ReadAtLeast(header, Header, throwOnEndOfStream: false) == Header)
        {
            var length = BinaryPrimitives.ReadUInt64LittleEndian(header);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(8)) != Masked(header.AsSpan(0, 8)) || length > (ulong)(file.Length - file.Position)) yield break;
            var data = new byte[(int)length + Footer];
            if (file.ReadAtLeast(data, data.Length, throwOnEndOfStream: false) < data.Length) yield break;
            if (BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan((int)length)) != Masked(data.AsSpan(0, (int)length))) yield break;
            yield return (data[..(int)length], file.Position);
        }
    }

    public void Dispose() => _file.Dispose();

    private static uint Masked(ReadOnlySpan<byte> bytes) => uint.RotateRight(Crc32C.Of(bytes), 15) + MaskDelta;
}
