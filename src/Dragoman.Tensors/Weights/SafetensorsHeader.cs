using System.Buffers.Binary;
using System.Text.Json;
using Dragoman.Tensors.Errors;

namespace Dragoman.Tensors.Weights;

/// <summary>The header of a safetensors file, checked: every tensor inside the file, none overlapping, no gaps, lengths as type and shape say.</summary>
internal sealed class SafetensorsHeader
{
    private const long MaxBytes = 100_000_000;

    private SafetensorsHeader(long dataStart) => DataStart = dataStart;

    internal long DataStart { get; }

    internal List<string> Names { get; } = [];

    internal Dictionary<string, (WeightInfo Info, long Begin)> Entries { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    internal static SafetensorsHeader Read(Stream stream, string path)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
            throw new CheckpointException(path, "", $"the file has {stream.Length} bytes, too few for a weight file; is it truncated?");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxBytes || length > (ulong)(stream.Length - 8))
            throw new CheckpointException(path, "", $"the header would be {length} bytes long and the file has {stream.Length}; it is truncated or no safetensors file.");
        var json = new byte[length];
        stream.ReadExactly(json);
        var header = new SafetensorsHeader(8 + (long)length);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            header.ReadEntries(document.RootElement, path);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            throw new CheckpointException(path, "", "the header is not the JSON object of a safetensors file; is the file damaged?", failure);
        }
        header.CheckLayout(stream.Length, path);
        return header;
    }

    internal static string NameOf(DType type) => type switch
    {
        DType.Float64 => "F64",
        DType.Float32 => "F32",
        DType.Float16 => "F16",
        DType.BFloat16 => "BF16",
        DType.Int64 => "I64",
        DType.Int32 => "I32",
        DType.Int16 => "I16",
        DType.Int8 => "I8",
        DType.UInt8 => "U8",
        _ => "BOOL",
    };

    private void ReadEntries(JsonElement root, string path)
    {
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == "__metadata__")
            {
                foreach (var item in property.Value.EnumerateObject()) Metadata[item.Name] = item.Value.GetString() ?? "";
                continue;
            }
            if (!property.Value.TryGetProperty("dtype", out var type) || !property.Value.TryGetProperty("shape", out var shape) ||
                !property.Value.TryGetProperty("data_offsets", out var offsets) || offsets.GetArrayLength() != 2)
                throw new CheckpointException(path, property.Name, "the header does not give dtype, shape and two data_offsets.");
            var info = new WeightInfo(property.Name, TypeOf(type.GetString(), property.Name, path), [.. shape.EnumerateArray().Select(size => size.GetInt64())]);
            CheckLength(info, offsets[0].GetInt64(), offsets[1].GetInt64(), path);
            Names.Add(property.Name);
            Entries.Add(property.Name, (info, offsets[0].GetInt64()));
        }
    }

    private static void CheckLength(WeightInfo info, long begin, long end, string path)
    {
        long needed;
        try
        {
            needed = info.Shape.Any(size => size < 0) ? -1 : info.Bytes;
        }
        catch (OverflowException)
        {
            needed = -1;
        }
        if (needed < 0) throw new CheckpointException(path, info.Name, $"shape [{string.Join(", ", info.Shape)}] is impossible.");
        if (begin < 0 || end < begin || end - begin != needed)
            throw new CheckpointException(path, info.Name, $"{info.Type.TorchName()}[{string.Join(", ", info.Shape)}] takes {needed} bytes, but data_offsets are [{begin}, {end}].");
    }

    private void CheckLayout(long fileLength, string path)
    {
        long end = 0;
        var before = "the header";
        foreach (var (info, begin) in Entries.Values.OrderBy(entry => entry.Begin).ThenBy(entry => entry.Info.Bytes))
        {
            if (begin < end) throw new CheckpointException(path, info.Name, $"its data overlap those of {before}.");
            if (begin > end) throw new CheckpointException(path, info.Name, $"there is a gap of {begin - end} bytes between {before} and it.");
            end = begin + info.Bytes;
            before = $"'{info.Name}'";
        }
        if (DataStart + end != fileLength)
            throw new CheckpointException(path, "", $"the header describes {DataStart + end} bytes, the file has {fileLength}; is it truncated?");
    }

    private static DType TypeOf(string? name, string key, string path) => name switch
    {
        "F64" => DType.Float64,
        "F32" => DType.Float32,
        "F16" => DType.Float16,
        "BF16" => DType.BFloat16,
        "I64" => DType.Int64,
        "I32" => DType.Int32,
        "I16" => DType.Int16,
        "I8" => DType.Int8,
        "U8" => DType.UInt8,
        "BOOL" => DType.Bool,
        _ => throw new CheckpointException(path, key, $"element type '{name}' is not supported (F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL are)."),
    };
}
