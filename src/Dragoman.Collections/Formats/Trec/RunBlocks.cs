using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Trec;

/// <summary>Cuts a run's file into blocks that end where a query ends. Thread-safe.</summary>
internal sealed class RunBlocks(string path) : IDisposable
{
    private const int BlockBytes = 1 << 19;
    private readonly Lock _lock = new();
    private readonly Stream _stream = Utf8LineReader.Open(path);
    private byte[] _rest = [];
    private bool _started, _ended;
    private int _number;

    /// <summary>Reads the next block.</summary>
    /// <param name="buffer">Receives the bytes; made longer where a query needs it.</param>
    /// <param name="length">How many bytes it holds.</param>
    /// <param name="number">Its place in the file, from 1.</param>
    /// <returns>False at the end.</returns>
    internal bool TryRead(ref byte[] buffer, out int length, out int number)
    {
        lock (_lock)
        {
            (length, number) = (0, ++_number);
            if (_ended) return false;
            if (buffer.Length < Math.Max(BlockBytes, _rest.Length * 2)) buffer = new byte[Math.Max(BlockBytes, _rest.Length * 2)];
            _rest.CopyTo(buffer, 0);
            length = _rest.Length;
            while (true)
            {
                length += Fill(buffer, length);
                if (_ended) return length > 0;
                var cut = LastQuery(buffer.AsSpan(0, length));
                if (cut > 0)
                {
                    _rest = buffer[cut..length];
                    length = cut;
                    return true;
                }
                Array.Resize(ref buffer, checked(buffer.Length * 2));
            }
        }
    }

    public void Dispose() => _stream.Dispose();

    private int Fill(byte[] buffer, int from)
    {
        var read = _stream.ReadAtLeast(buffer.AsSpan(from), buffer.Length - from, throwOnEndOfStream: false);
        _ended = read < buffer.Length - from;
        if (_started || read < 3) return read;
        _started = true;
        if (!buffer.AsSpan(0, 3).SequenceEqual("\uFEFF"u8)) return read;
        buffer.AsSpan(3, read - 3).CopyTo(buffer);
        return read - 3;
    }

    // Where the lines of the block's last query begin; 0 when there is no earlier query.
    private static int LastQuery(ReadOnlySpan<byte> block)
    {
        var end = block.LastIndexOf((byte)'\n') + 1;                 // what follows is part of a line
        if (end == 0) return 0;
        ReadOnlySpan<byte> query = default;
        while (end > 0)
        {
            var start = block[..(end - 1)].LastIndexOf((byte)'\n') + 1;
            var own = new TrecFields(block[start..end]).Next();
            if (query.IsEmpty) query = own;
            else if (!own.SequenceEqual(query)) return end;
            end = start;
        }
        return 0;
    }
}
