using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dragoman.Collections.Downloads;

namespace Dragoman.Collections.Tests.Downloads;

/// <summary>A server with a script, a folder to download into, and a downloader that waits for nothing.</summary>
internal sealed class DownloadBench : IAsyncDisposable, IDownloadReport
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = Downloader.CreateClient();
    private readonly ConcurrentQueue<string> _said = new();

    internal DownloadBench(Func<Asked, ScriptedServer.Answer, Task> script)
    {
        Server = new ScriptedServer(script);
        Options = new DownloadOptions { StallTime = TimeSpan.FromSeconds(77) };
        Time = new QuickTime(Options.StallTime);
    }

    internal ScriptedServer Server { get; }

    internal DownloadOptions Options { get; init; }

    internal QuickTime Time { get; }

    /// <summary>Called with every progress, before it is lost.</summary>
    internal Action<DownloadProgress>? OnProgress { get; set; }

    /// <summary>What was said, in order.</summary>
    internal IReadOnlyList<string> Said => [.. _said];

    internal string Folder => _folder.Path;

    internal string Target => _folder["file.bin"];

    internal string Part => Target + ".part";

    /// <summary>The test's file: 300,000 bytes that never repeat soon.</summary>
    internal static byte[] Content { get; } = Bytes(300_000, seed: 1);

    internal static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    internal static Checksum Md5Of(byte[] bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(bytes);
        return new Checksum(ChecksumKind.Md5, Convert.ToHexString(hash.GetHashAndReset()));
    }

    internal Downloader NewDownloader() => new(_client, Options, Time, this);

    internal DownloadRequest Request(string path = "file.bin") => new(Server.Url(path), Target);

    internal Task<DownloadedFile> FetchAsync(DownloadRequest request) => NewDownloader().FetchAsync(request, TestContext.Current.CancellationToken);

    internal Task<DownloadedFile> FetchAsync() => FetchAsync(Request());

    public void Say(string line) => _said.Enqueue(line);

    public void Advance(DownloadProgress progress) => OnProgress?.Invoke(progress);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
