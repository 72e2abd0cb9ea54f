using System.IO.Compression;
using Dragoman.Tensors.Errors;

namespace Dragoman.Tensors.Weights;

/// <summary>A PyTorch checkpoint as a zip archive (PyTorch 1.6 and later): <c>NAME/data.pkl</c> and <c>NAME/data/KEY</c>.</summary>
internal sealed class TorchZipFile : TorchCheckpoint
{
    private const int MaxPickleBytes = 256 << 20;

    private readonly ZipArchive _archive;
    private readonly string _prefix;
    private readonly Lock _lock = new();

    internal TorchZipFile(string path) : base(path)
    {
        try
        {
            _archive = ZipFile.OpenRead(path);
        }
        catch (InvalidDataException failure)
        {
            throw new CheckpointException(path, "", "the zip archive cannot be read; is the file truncated?", failure);
        }
        try
        {
            var pickle = _archive.Entries.FirstOrDefault(entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal))
                ?? throw new CheckpointException(path, "", "the zip archive holds no data.pkl; it is no PyTorch checkpoint.");
            _prefix = pickle.FullName[..^"data.pkl".Length];
            CheckByteOrder();
            Collect(new PickleReader(ReadEntry(pickle, "", MaxPickleBytes), 0, path).Read());
        }
        catch
        {
            _archive.Dispose();
            throw;
        }
    }

    public override void Dispose() => _archive.Dispose();

    protected override ReadOnlyMemory<byte> ReadStorage(string key, string name)
    {
        lock (_lock)
        {
            var entry = _archive.GetEntry($"{_prefix}data/{key}") ?? throw new CheckpointException(Path, name, $"its data ('{key}') are missing from the archive.");
            return ReadEntry(entry, name, Array.MaxLength);
        }
    }

    private void CheckByteOrder()
    {
        if (_archive.GetEntry($"{_prefix}byteorder") is not { } entry) return;
        var order = System.Text.Encoding.ASCII.GetString(ReadEntry(entry, "", 64));
        if (order != "little") throw new CheckpointException(Path, "", $"the checkpoint was saved with '{order}' byte order; only little can be read.");
    }

    private byte[] ReadEntry(ZipArchiveEntry entry, string name, long maximum)
    {
        if (entry.Length > maximum) throw new CheckpointException(Path, name, $"'{entry.FullName}' has {entry.Length} bytes; at most {maximum} can be read.");
        try
        {
            var bytes = new byte[entry.Length];
            using var stream = entry.Open();
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException)
        {
            throw new CheckpointException(Path, name, $"'{entry.FullName}' in the archive is damaged or cut short.", failure);
        }
    }
}
