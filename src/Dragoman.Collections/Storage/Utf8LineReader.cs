using System.Buffers;
using System.IO.Compression;
using System.Text.Unicode;
using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Storage;

/// <summary>
/// Reads a text file line by line as UTF-8 bytes, without making a string of each line. Gzip is recognised by its first two bytes, whatever
/// the name; lines end in LF or CRLF; a byte-order mark at the start is skipped. Memory is bounded by the longest line. Not thread-safe.
/// </summary>
public sealed class Utf8LineReader : IDisposable
{
    private const int GzipMagic0 = 0x1f, GzipMagic1 = 0x8b;
    private readonly Stream _stream;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
    private int _start, _end;
    private int _lastConsumed;
    private bool _finished;

    // .NET takes truncated gzip data for the end of the file unless this is set before the first decompression of the process.
    static Utf8LineReader() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <exception cref="DragomanException">There is no such file, or it is a folder.</exception>
    public Utf8LineReader(string path)
    {
        Path = path;
        _stream = Open(path);
    }

    /// <summary>Reads content that is open already, such as a file inside an archive; gzip in it is recognised too.</summary>
    /// <param name="path">What to call it in messages.</param>
    /// <param name="content">The content; disposed with the reader.</param>
    internal Utf8LineReader(string path, Stream content)
    {
        Path = path;
        _stream = content;
        if (!StartsWithGzip()) return;
        var head = _buffer.AsSpan(0, _end).ToArray();
        _end = 0;
        _stream = new GZipStream(new PrefixedStream(head, content), CompressionMode.Decompress);
    }

    /// <summary>The file as the user named it.</summary>
    public string Path { get; }

    /// <summary>Number of the line read last, from 1; 0 before the first.</summary>
    public int LineNumber { get; private set; }

    /// <summary>Opens a file for reading, through gzip when it starts with gzip's two bytes.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <returns>The uncompressed content; the caller disposes it.</returns>
    /// <exception cref="DragomanException">There is no such file, or it is a folder.</exception>
    public static Stream Open(string path)
    {
        if (Directory.Exists(path)) throw new DragomanException($"{path} is a folder; a file was expected.");
        if (!File.Exists(path)) throw new DragomanException($"{path} does not exist; check the name and the current folder.");
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        if (!file.CanSeek) return file;
        var gzip = file.ReadByte() == GzipMagic0 && file.ReadByte() == GzipMagic1;
        file.Position = 0;
        return gzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Reads the next line.</summary>
    /// <param name="line">The line without its end, valid UTF-8; valid until the next call.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="DataFormatException">The line is not UTF-8, or the compressed data are damaged.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                line = Take(searched + at, searched + at + 1);
                return true;
            }
            searched = _end - _start;
            if (!_finished && Fill()) continue;
            if (_end == _start)
            {
                line = default;
                return false;
            }
            line = Take(searched, searched);
            return true;
        }
    }

    /// <summary>Looks at the next line that is not blank, without taking it: the next <see cref="TryRead"/> gives it. Blank lines before it are passed over.</summary>
    /// <param name="line">The line; valid until the next call.</param>
    /// <returns>False when only blank lines are left.</returns>
    /// <exception cref="DataFormatException">The line is not UTF-8, or the compressed data are damaged.</exception>
    internal bool TryPeek(out ReadOnlySpan<byte> line)
    {
        while (TryRead(out line))
        {
            if (line.Trim(" \t"u8).IsEmpty) continue;
            _start -= _lastConsumed;
            LineNumber--;
            return true;
        }
        return false;
    }

    /// <summary>A failure at the line read last.</summary>
    /// <param name="problem">What was found, what was expected, and what to do.</param>
    /// <param name="innerException">What went wrong underneath, if anything.</param>
    public DataFormatException Failure(string problem, Exception? innerException = null) => new(Path, LineNumber, problem, innerException);

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _start = _end = 0;
        _finished = true;
    }

    private ReadOnlySpan<byte> Take(int length, int consumed)
    {
        var line = _buffer.AsSpan(_start, length);
        _start += consumed;
        _lastConsumed = consumed;
        LineNumber++;
        if (line.Length > 0 && line[^1] == '\r') line = line[..^1];
        if (LineNumber == 1 && line.StartsWith("\uFEFF"u8)) line = line[3..];
        if (!Utf8.IsValid(line))
            throw Failure($"byte {ValidPrefix(line) + 1} of the line is not UTF-8; convert the file to UTF-8 (for example with iconv).");
        return line;
    }

    private static int ValidPrefix(ReadOnlySpan<byte> line)
    {
        var position = 0;
        while (position < line.Length && System.Text.Rune.DecodeFromUtf8(line[position..], out _, out var consumed) == OperationStatus.Done) position += consumed;
        return position;
    }

    private bool StartsWithGzip()
    {
        while (_end < 2 && Fill())
        {
        }
        return _end >= 2 && _buffer[0] == GzipMagic0 && _buffer[1] == GzipMagic1;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length) Grow();
        var read = ReadMore();
        _end += read;
        _finished = read == 0;
        return !_finished;
    }

    private int ReadMore()
    {
        try
        {
            return _stream.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (EndOfStreamException cut)
        {
            throw new DataFormatException(Path, LineNumber + 1, "the archive ends within this file; get it again.", cut);
        }
        catch (InvalidDataException damaged)
        {
            throw new DataFormatException(Path, LineNumber + 1, $"the gzip data end or break here ({damaged.Message.TrimEnd('.')}); get the file again.", damaged);
        }
    }

    private void Grow()
    {
        if (_buffer.Length >= 1 << 30) throw new DataFormatException(Path, LineNumber + 1, "the line is longer than 1 GiB; is this a text file?");
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Buffer.BlockCopy(_buffer, 0, larger, 0, _end);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
