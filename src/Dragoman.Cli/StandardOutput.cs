using System.Text;
using Dragoman.Collections.Errors;

namespace Dragoman.Cli;

/// <summary>Standard output that says so when it cannot be written: a full disk behind <c>&gt;</c>, or a stream that was closed. A reader that went away (<c>| head</c>) is no failure.</summary>
internal sealed class StandardOutput : Stream
{
    private readonly Stream _console = Console.OpenStandardOutput();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Puts it in the place of <see cref="Console.Out"/>.</summary>
    internal static void Use() => Console.SetOut(new StreamWriter(new StandardOutput(), new UTF8Encoding(false), 256) { AutoFlush = true });

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _console.Write(buffer);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DragomanException($"Standard output cannot be written ({failure.Message.TrimEnd('.')}); make room, or send it elsewhere.", failure);
        }
    }

    public override void Flush() => _console.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
