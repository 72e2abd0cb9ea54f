using System.IO.MemoryMappedFiles;
using Dragoman.Tensors.Errors;

namespace Dragoman.Tensors.Weights;

/// <summary>A safetensors file, mapped into memory: opening reads only the header, and bytes are paged in as they are used.</summary>
/// <remarks>Format: https://github.com/huggingface/safetensors (header length, JSON header, data without gaps).</remarks>
public sealed unsafe class SafetensorsFile : IWeightSource
{
    private readonly SafetensorsHeader _header;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _data;

    /// <summary>Opens a file and checks its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file is missing, truncated, or its header is malformed, overlaps or leaves its bounds.</exception>
    public SafetensorsFile(string path)
    {
        Path = path;
        if (!File.Exists(path)) throw new CheckpointException(path, "", "the weight file does not exist.");
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read)) _header = SafetensorsHeader.Read(stream, path);
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _data);
        _data += _view.PointerOffset;
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Names => _header.Names;

    /// <summary>Free text that the writer left, by key; often <c>format</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <inheritdoc/>
    public bool Contains(string name) => _header.Entries.ContainsKey(name);

    /// <inheritdoc/>
    public WeightInfo Info(string name) => Find(name).Info;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(string name)
    {
        ObjectDisposedException.ThrowIf(_data is null, this);
        var (info, begin) = Find(name);
        if (info.Bytes > int.MaxValue) throw new CheckpointException(Path, name, $"the tensor has {info.Bytes} bytes; at most {int.MaxValue} can be read at once.");
        return new ReadOnlySpan<byte>(_data + _header.DataStart + begin, (int)info.Bytes);
    }

    /// <summary>Unmaps the file; spans handed out must no longer be used.</summary>
    public void Dispose()
    {
        if (_data is null) return;
        _data = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private (WeightInfo Info, long Begin) Find(string name) =>
        _header.Entries.TryGetValue(name, out var entry) ? entry : throw new CheckpointException(Path, name, "there is no such tensor in the file.");
}
