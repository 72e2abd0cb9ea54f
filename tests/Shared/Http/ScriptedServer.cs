using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dragoman.Testing;

/// <summary>What a client asked for.</summary>
internal sealed record Asked(string Method, string Target, Dictionary<string, string> Headers)
{
    /// <summary>The body, as text; empty without one.</summary>
    internal string Body { get; init; } = "";

    /// <summary>The first byte of a Range header; null without one.</summary>
    internal long? From => Headers.TryGetValue("Range", out var range) ? long.Parse(range.Replace("bytes=", "", StringComparison.Ordinal).TrimEnd('-'), CultureInfo.InvariantCulture) : null;
}

/// <summary>An HTTP server on this machine that says byte by byte what a test wants, right or wrong. Every connection has one request.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<Asked, Answer, Task> _script;
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentQueue<Asked> _asked = new();
    private readonly Task _loop;

    internal ScriptedServer(Func<Asked, Answer, Task> script)
    {
        _script = script;
        _listener.Start();
        _loop = AcceptAsync();
    }

    /// <summary>Every request so far, in order.</summary>
    internal IReadOnlyList<Asked> Requests => [.. _asked];

    /// <summary>Host and port: <c>127.0.0.1:12345</c>.</summary>
    internal string Authority => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>An address of this server.</summary>
    internal Uri Url(string path) => new($"http://{Authority}/{path}");

    public async ValueTask DisposeAsync()
    {
        if (_loop.IsCompleted) return;
        await _ended.CancelAsync();
        _listener.Stop();
        await _loop;
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true) open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_ended.Token)));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                if (await HeadAsync(stream) is not { } asked) return;
                _asked.Enqueue(asked);
                await _script(asked, new Answer(client, _ended.Token));
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The client has gone away, or the test is over.
            }
        }
    }

    private async Task<Asked?> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _ended.Token) == 0) return null;
            head.Append((char)one[0]);
        }
        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var request = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return new Asked(request[0], request[1], headers) { Body = await BodyAsync(stream, headers) };
    }

    private async Task<string> BodyAsync(NetworkStream stream, Dictionary<string, string> headers)
    {
        if (!headers.TryGetValue("Content-Length", out var length)) return "";
        var body = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _ended.Token);
        return Encoding.UTF8.GetString(body);
    }

    /// <summary>The words of the server.</summary>
    internal sealed class Answer(TcpClient client, CancellationToken ended)
    {
        /// <summary>Sends the status and headers; the connection closes after the answer.</summary>
        internal Task HeadAsync(int status, params string[] headers) =>
            SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} {(HttpStatusCode)status}\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n"));

        /// <summary>Sends bytes as they are.</summary>
        internal Task SendAsync(ReadOnlyMemory<byte> bytes) => client.GetStream().WriteAsync(bytes).AsTask();

        /// <summary>Says nothing more, and leaves the connection open until the test is over.</summary>
        internal Task SayNothingAsync() => Task.Delay(Timeout.Infinite, ended);

        /// <summary>Breaks the connection off at once.</summary>
        internal void Break()
        {
            client.LingerState = new LingerOption(true, 0);
            client.Close();
        }

        /// <summary>An answer with a text.</summary>
        internal async Task TextAsync(int status, string type, string text, params string[] headers)
        {
            var body = Encoding.UTF8.GetBytes(text);
            await HeadAsync(status, [$"Content-Type: {type}", $"Content-Length: {body.Length}", .. headers]);
            await SendAsync(body);
        }

        /// <summary>An answer with an empty body.</summary>
        internal Task StatusAsync(int status, params string[] headers) => HeadAsync(status, [.. headers, "Content-Length: 0"]);

        /// <summary>Answers as a good server does: whole, or from the byte asked for when the version is still the same.</summary>
        internal async Task FileAsync(Asked asked, byte[] file, string? tag = null)
        {
            var fresh = !asked.Headers.TryGetValue("If-Range", out var version) || version == tag;
            var from = asked.From is { } first && fresh ? first : 0;
            if (from >= file.Length && from > 0)
            {
                await StatusAsync(416, $"Content-Range: bytes */{file.Length}");
                return;
            }
            string[] headers = [$"Content-Length: {file.Length - from}", .. from > 0 ? [$"Content-Range: bytes {from}-{file.Length - 1}/{file.Length}"] : Array.Empty<string>(), .. tag is null ? [] : (string[])[$"ETag: {tag}"]];
            await HeadAsync(from > 0 ? 206 : 200, headers);
            await SendAsync(file.AsMemory((int)from));
        }
    }
}
