using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Dragoman.Tensors.Errors;

namespace Dragoman.Tensors.Weights;

/// <summary>
/// A PyTorch checkpoint in the format before 1.6, as the first published multilingual models have: five pickles (magic number, version, system, objects,
/// storage keys), then each storage as its element count and its bytes.
/// </summary>
internal sealed class TorchLegacyFile : TorchCheckpoint
{
    private const int MaxPickleBytes = 64 << 20;
    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356", CultureInfo.InvariantCulture);

    private readonly FileStream _stream;
    private readonly Dictionary<string, (long Start, long Bytes)> _storages = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    internal TorchLegacyFile(string path) : base(path)
    {
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            var head = new byte[Math.Min(_stream.Length, MaxPickleBytes)];
            _stream.ReadExactly(head);
            var pickles = new PickleReader(head, 0, path);
            if (pickles.Read() is not BigInteger magic || magic != Magic || pickles.Read() is not 1001L)
                throw new CheckpointException(path, "", "the file is neither safetensors nor a PyTorch checkpoint.");
            pickles.Read();
            var root = pickles.Read();
            var widths = Widths(root);
            Collect(root);
            var keys = pickles.Read() as List<object?> ?? throw new CheckpointException(path, "", "the list of storages is missing.");
            Locate([.. keys.Cast<string>()], widths, pickles.Position);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    public override void Dispose() => _stream.Dispose();

    protected override ReadOnlyMemory<byte> ReadStorage(string key, string name)
    {
        if (!_storages.TryGetValue(key, out var storage)) throw new CheckpointException(Path, name, $"its data ('{key}') are missing from the file.");
        var bytes = new byte[storage.Bytes];
        lock (_lock)
        {
            _stream.Position = storage.Start;
            _stream.ReadExactly(bytes);
        }
        return bytes;
    }

    private static Dictionary<string, int> Widths(object? root)
    {
        var widths = new Dictionary<string, int>(StringComparer.Ordinal);
        if (root is not Dictionary<object, object?> entries) return widths;
        foreach (var value in entries.Values)
        {
            if (value is PickledTensor tensor) widths[tensor.Storage] = tensor.Type.Bytes();
            if (value is not Dictionary<object, object?> nested) continue;
            foreach (var (key, width) in Widths(nested)) widths[key] = width;
        }
        return widths;
    }

    private void Locate(string[] keys, Dictionary<string, int> widths, long position)
    {
        Span<byte> count = stackalloc byte[8];
        foreach (var key in keys)
        {
            _stream.Position = position;
            if (_stream.ReadAtLeast(count, 8, throwOnEndOfStream: false) < 8) throw new CheckpointException(Path, "", "the file ends before its last storage; is it truncated?");
            var elements = BinaryPrimitives.ReadInt64LittleEndian(count);
            if (!widths.TryGetValue(key, out var width)) throw new CheckpointException(Path, "", $"storage '{key}' belongs to no tensor; its length cannot be known.");
            if (elements < 0 || elements > (_stream.Length - position - 8) / width)
                throw new CheckpointException(Path, "", $"storage '{key}' would hold {elements} elements, more than the file; is it truncated?");
            _storages[key] = (position + 8, elements * width);
            position += 8 + elements * width;
        }
    }
}
