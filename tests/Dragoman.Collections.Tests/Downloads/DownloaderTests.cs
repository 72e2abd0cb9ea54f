using System.Security.Cryptography;
using Dragoman.Collections.Downloads;
using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Tests.Downloads;

public sealed class DownloaderTests
{
    private static readonly byte[] Content = DownloadBench.Content;

    [Fact]
    public async Task Fetch_GoodServer_PlacesTheFile()
    {
        await using var bench = new DownloadBench((asked, answer) => answer.FileAsync(asked, Content, "\"one\""));
        DownloadProgress last = default;
        bench.OnProgress = progress => last = progress;

        var file = await bench.FetchAsync();

        (await File.ReadAllBytesAsync(bench.Target, TestContext.Current.CancellationToken)).ShouldBe(Content);
        file.Bytes.ShouldBe(Content.Length);
        file.Sha256.Hex.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Content)));
        file.ETag.ShouldBe("\"one\"");
        last.ShouldBe(new DownloadProgress("file.bin", Content.Length, Content.Length, 0));
        Directory.GetFiles(bench.Folder).ShouldBe([bench.Target]);
        bench.Server.Requests.Single().Headers["User-Agent"].ShouldStartWith("dragoman/");
    }

    [Fact]
    public async Task Fetch_EmptyFile_IsAFile()
    {
        await using var bench = new DownloadBench((asked, answer) => answer.FileAsync(asked, []));

        (await bench.FetchAsync()).Bytes.ShouldBe(0);

        File.Exists(bench.Target).ShouldBeTrue();
    }

    [Fact]
    public async Task Fetch_ExistingFile_IsReplacedOnlyByAWholeOne()
    {
        var good = false;
        await using var bench = new DownloadBench((asked, answer) => answer.FileAsync(asked, good ? Content : DownloadBench.Bytes(9, seed: 2)));
        await File.WriteAllTextAsync(bench.Target, "before", TestContext.Current.CancellationToken);

        await Should.ThrowAsync<DownloadException>(bench.FetchAsync(bench.Request() with { Checksum = DownloadBench.Md5Of(Content) }));
        File.ReadAllText(bench.Target).ShouldBe("before");
        good = true;
        await bench.FetchAsync(bench.Request() with { Checksum = DownloadBench.Md5Of(Content) });

        File.ReadAllBytes(bench.Target).ShouldBe(Content);
    }

    [Fact]
    public async Task Fetch_Redirect_IsFollowed()
    {
        await using var bench = new DownloadBench((asked, answer) =>
            asked.Target == "/file.bin" ? answer.StatusAsync(302, "Location: /elsewhere") : answer.FileAsync(asked, Content));

        await bench.FetchAsync();

        File.ReadAllBytes(bench.Target).ShouldBe(Content);
        bench.Server.Requests.Select(asked => asked.Target).ShouldBe(["/file.bin", "/elsewhere"]);
    }

    [Fact]
    public async Task Fetch_RedirectsInACircle_FailsWithASentence()
    {
        await using var bench = new DownloadBench((asked, answer) => answer.StatusAsync(302, $"Location: /{(asked.Target == "/a" ? "b" : "a")}"));

        var failure = await Should.ThrowAsync<DownloadException>(bench.FetchAsync());

        failure.Message.ShouldContain("redirects in a circle");
        failure.Message.ShouldStartWith(bench.Server.Url("file.bin").AbsoluteUri);
        bench.Server.Requests.Count.ShouldBe(11);
    }

    [Fact]
    public async Task Fetch_ChunkedWithoutLength_IsTaken()
    {
        await using var bench = new DownloadBench(async (_, answer) =>
        {
            await answer.HeadAsync(200, "Transfer-Encoding: chunked");
            await answer.SendAsync("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"u8.ToArray());
        });

        await bench.FetchAsync();

        File.ReadAllText(bench.Target).ShouldBe("hello world");
    }

    [Theory]
    [InlineData(401, "wants a log-in")]
    [InlineData(403, "wants a log-in")]
    [InlineData(404, "moved or removed")]
    [InlineData(410, "moved or removed")]
    [InlineData(418, "try again later")]
    public async Task Fetch_FinalStatus_FailsAtOnceAndSaysWhereToPutTheFile(int status, string words)
    {
        await using var bench = new DownloadBench((_, answer) => answer.StatusAsync(status));

        var failure = await Should.ThrowAsync<DownloadException>(bench.FetchAsync());

        failure.Message.ShouldContain($"answered {status} (");
        failure.Message.ShouldContain(words);
        failure.Message.ShouldContain(bench.Target);
        bench.Server.Requests.Count.ShouldBe(1);
        Directory.GetFiles(bench.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Fetch_NobodyListens_SaysSoAfterThreeAttempts()
    {
        await using var bench = new DownloadBench((_, _) => Task.CompletedTask);
        var request = bench.Request();
        await bench.Server.DisposeAsync();

        var failure = await Should.ThrowAsync<DownloadException>(bench.FetchAsync(request));

        failure.Message.ShouldStartWith($"{request.Url} cannot be reached: ");
        failure.Message.ShouldEndWith($"(3 attempts); try again later, or fetch it on another machine and put it at {bench.Target}.");
    }

    [Fact]
    public async Task Fetch_FolderIsAFile_SaysWhatCannotBeWritten()
    {
        await using var bench = new DownloadBench((asked, answer) => answer.FileAsync(asked, Content));
        await File.WriteAllTextAsync(bench.Target, "in the way", TestContext.Current.CancellationToken);

        var failure = await Should.ThrowAsync<DragomanException>(bench.FetchAsync(bench.Request() with { Target = Path.Combine(bench.Target, "inside.bin") }));

        failure.Message.ShouldContain("inside.bin cannot be written (");
        failure.Message.ShouldContain("--cache or --output");
    }

    [Fact]
    public async Task Fetch_LogInPageForGzip_IsNotKept()
    {
        await using var bench = new DownloadBench((asked, answer) => answer.FileAsync(asked, "<html>Please sign in</html>"u8.ToArray()));

        var failure = await Should.ThrowAsync<DownloadException>(bench.FetchAsync(bench.Request() with { Target = Path.Combine(bench.Folder, "docs.jsonl.gz") }));

        failure.Message.ShouldContain("not gzip data");
        Directory.GetFiles(bench.Folder).ShouldBeEmpty();
    }
}
