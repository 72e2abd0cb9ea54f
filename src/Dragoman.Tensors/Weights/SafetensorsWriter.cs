using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Dragoman.Collections.Storage;

namespace Dragoman.Tensors.Weights;

/// <summary>A tensor to be written to a weight file.</summary>
/// <param name="Info">Name, type and shape.</param>
/// <param name="Write">Writes exactly <see cref="WeightInfo.Bytes"/> bytes, little-endian, row-major.</param>
public sealed record WeightEntry(WeightInfo Info, Action<Stream> Write)
{
    /// <summary>A tensor from an array.</summary>
    /// <typeparam name="T">float, double, long, int, short, sbyte, byte, bool or Half.</typeparam>
    /// <param name="name">The checkpoint key.</param>
    /// <param name="elements">The elements, row-major; read when the file is written.</param>
    /// <param name="shape">The shape.</param>
    public static WeightEntry From<T>(string name, T[] elements, params long[] shape) where T : unmanaged =>
        new(new WeightInfo(name, ElementTypes.Of<T>(), shape), stream => stream.Write(MemoryMarshal.AsBytes(elements.AsSpan())));

    /// <summary>A tensor of libtorch, copied from its device when the file is written.</summary>
    /// <param name="name">The checkpoint key.</param>
    /// <param name="tensor">The tensor; it must live until then.</param>
    public static WeightEntry From(string name, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new(new WeightInfo(name, tensor.Type, tensor.Shape), stream => stream.Write(tensor.ToBytes()));
    }
}

/// <summary>Writes safetensors files.</summary>
public static class SafetensorsWriter
{
    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">Target; an existing file is replaced at the end.</param>
    /// <param name="entries">The tensors. They are laid out by element length, longest first, then by name, so that each is aligned.</param>
    /// <param name="metadata">Free text by key; null for none.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or an entry wrote another number of bytes than its type and shape take.</exception>
    public static void Write(string path, IReadOnlyCollection<WeightEntry> entries, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var ordered = entries.OrderByDescending(entry => entry.Info.Type.Bytes()).ThenBy(entry => entry.Info.Name, StringComparer.Ordinal).ToList();
        if (ordered.CountBy(entry => entry.Info.Name).FirstOrDefault(name => name.Value > 1) is { Key: { } twice })
            throw new ArgumentException($"Two tensors are called '{twice}'.", nameof(entries));
        AtomicFile.Write(path, stream =>
        {
            var header = Header(ordered, metadata);
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var entry in ordered)
            {
                var begin = stream.Position;
                entry.Write(stream);
                if (stream.Position - begin != entry.Info.Bytes)
                    throw new ArgumentException($"Tensor '{entry.Info.Name}' wrote {stream.Position - begin} bytes; its type and shape take {entry.Info.Bytes}.", nameof(entries));
            }
        });
    }

    private static byte[] Header(List<WeightEntry> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject("__metadata__");
                foreach (var (key, value) in metadata.OrderBy(item => item.Key, StringComparer.Ordinal)) json.WriteString(key, value);
                json.WriteEndObject();
            }
            long begin = 0;
            foreach (var (info, _) in entries)
            {
                json.WriteStartObject(info.Name);
                json.WriteString("dtype", SafetensorsHeader.NameOf(info.Type));
                json.WriteStartArray("shape");
                foreach (var size in info.Shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(begin);
                json.WriteNumberValue(begin += info.Bytes);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }
}
