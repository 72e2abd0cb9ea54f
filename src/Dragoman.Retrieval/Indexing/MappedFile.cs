using System.IO.MemoryMappedFiles;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing.Publication;

namespace Dragoman.Retrieval.Indexing;

/// <summary>A file read through a memory map: the system loads pages on demand and shares them between processes. Thread-safe until disposed.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte* _start;
    private bool _disposed;

    /// <summary>Maps a file for reading.</summary>
    /// <exception cref="DataFormatException">The file is missing.</exception>
    internal MappedFile(string path)
    {
        FilePath = path;
        if (!File.Exists(path)) throw new DataFormatException(path, 0, $"the file is missing; rebuild the index with '{IndexFolder.Command}'.");
        Length = new FileInfo(path).Length;
        if (Length == 0) return;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
    }

    internal string FilePath { get; }

    /// <summary>Size in bytes.</summary>
    internal long Length { get; }

    /// <summary>Bytes from an offset. The span must not outlive this object.</summary>
    /// <exception cref="DataFormatException">The file ends before.</exception>
    internal ReadOnlySpan<byte> Slice(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (offset < 0 || length < 0 || offset > Length - length) throw Damaged($"bytes {offset} to {offset + length} are wanted, the file has {Length}");
        return new ReadOnlySpan<byte>(_start + offset, length);
    }

    /// <summary>The failure for content that cannot be what the index builder wrote.</summary>
    internal DataFormatException Damaged(string problem) =>
        new(FilePath, 0, $"the index file is damaged ({problem}); rebuild it with '{IndexFolder.Command}'.");

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _view?.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _file?.Dispose();
    }
}
