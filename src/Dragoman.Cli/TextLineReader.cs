using System.Text;

namespace Dragoman.Cli;

/// <summary>Reads UTF-8 lines that end in LF or CR LF, and only there, so that lines stay aligned with tools that count LF. What is not valid UTF-8 becomes U+FFFD.</summary>
internal sealed class TextLineReader(Stream stream) : IDisposable
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start, _end;
    private bool _ended;

    /// <summary>Number of the line read last, from 1.</summary>
    internal long LineNumber { get; private set; }

    /// <summary>Reads the next line; null at the end.</summary>
    internal string? ReadLine()
    {
        for (var searched = 0; ;)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0) return Take(searched + found, 1);
            searched = _end - _start;
            if (_ended) return searched > 0 ? Take(searched, 0) : null;
            Fill();
        }
    }

    public void Dispose() => stream.Dispose();

    private string Take(int length, int lineEnd)
    {
        LineNumber++;
        var line = _buffer.AsSpan(_start, length);
        _start += length + lineEnd;
        if (lineEnd > 0 && line.EndsWith("\r"u8)) line = line[..^1];
        return Encoding.UTF8.GetString(line);
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, 2 * _buffer.Length);
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _ended = read == 0;
    }
}
