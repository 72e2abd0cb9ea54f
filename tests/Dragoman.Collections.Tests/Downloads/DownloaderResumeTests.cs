using Dragoman.Collections.Downloads;

namespace Dragoman.Collections.Tests.Downloads;

public sealed class DownloaderResumeTests
{
    private const int Half = 150_000;
    private static readonly byte[] Content = DownloadBench.Content;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fetch_ConnectionEndsInTheMiddle_GoesOnFromThere(bool breaks)
    {
        await using var bench = new DownloadBench((asked, answer) => asked.From is null ? CutAsync(answer, "\"one\"", breaks) : answer.FileAsync(asked, Content, "\"one\""));

        await bench.FetchAsync(bench.Request() with { Checksum = DownloadBench.Md5Of(Content) });

        File.ReadAllBytes(bench.Target).ShouldBe(Content);
        // A connection that is broken off may lose what was under way, never what was received.
        if (!breaks) bench.Server.Requests[^1].From.ShouldBe(Half);
        if (bench.Server.Requests[^1].From is not null) bench.Server.Requests[^1].Headers["If-Range"].ShouldBe("\"one\"");
        bench.Said.ShouldContain(line => line.Contains("trying again", StringComparison.Ordinal));
        Directory.GetFiles(bench.Folder).ShouldBe([bench.Target]);
    }

    [Fact]
    public async Task Fetch_LaterRun_GoesOnFromTheEarlierOne()
    {
        var cut = true;
        await using var bench = new DownloadBench((asked, answer) => cut ? CutAsync(answer, "\"one\"") : answer.FileAsync(asked, Content, "\"one\"")) { Options = Once };

        var failure = await Should.ThrowAsync<DownloadException>(bench.FetchAsync());
        failure.Message.ShouldContain("150,000 bytes are kept, and the same command goes on from there");
        new FileInfo(bench.Part).Length.ShouldBe(Half);
        cut = false;
        await bench.FetchAsync();

        bench.Server.Requests.Select(asked => asked.From).ShouldBe([null, Half]);
        File.ReadAllBytes(bench.Target).ShouldBe(Content);
    }

    [Fact]
    public async Task Fetch_ServerIgnoresRanges_StartsAgain()
    {
        await using var bench = new DownloadBench(async (asked, answer) =>
        {
            if (asked.From is null) await CutAsync(answer, "\"one\"");
            else
            {
                await answer.HeadAsync(200, $"Content-Length: {Content.Length}");
                await answer.SendAsync(Content);
            }
        });

        await bench.FetchAsync();

        File.ReadAllBytes(bench.Target).ShouldBe(Content);
    }

    [Fact]
    public async Task Fetch_FileChangedBetweenAttempts_IsTheNewOneAlone()
    {
        var changed = DownloadBench.Bytes(200_000, seed: 5);
        await using var bench = new DownloadBench((asked, answer) => asked.From is null ? CutAsync(answer, "\"one\"") : answer.FileAsync(asked, changed, "\"two\""));

        var file = await bench.FetchAsync();

        File.ReadAllBytes(bench.Target).ShouldBe(changed);
        file.ETag.ShouldBe("\"two\"");
    }

    [Fact]
    public async Task Fetch_ServerMarksNoVersion_StartsAgain()
    {
        var asks = 0;
        await using var bench = new DownloadBench((asked, answer) => asks++ == 0 ? CutAsync(answer, null) : answer.FileAsync(asked, Content));

        await bench.FetchAsync();

        bench.Server.Requests.Select(asked => asked.From).ShouldBe([null, null]);
        File.ReadAllBytes(bench.Target).ShouldBe(Content);
    }

    [Fact]
    public async Task Fetch_PartsOfTwoVersions_AreFoundByTheChecksumAndFetchedWhole()
    {
        var old = DownloadBench.Bytes(Content.Length, seed: 6);
        var asks = 0;
        await using var bench = new DownloadBench((asked, answer) => asks++ == 0 ? CutAsync(answer, null, file: old) : answer.FileAsync(asked, Content));

        await bench.FetchAsync(bench.Request() with { Checksum = DownloadBench.Md5Of(Content) });

        bench.Server.Requests.Select(asked => asked.From).ShouldBe([null, Half, null]);
        File.ReadAllBytes(bench.Target).ShouldBe(Content);
    }

    [Fact]
    public async Task Fetch_OtherBytesThanAskedFor_StartsAgain()
    {
        var asks = 0;
        await using var bench = new DownloadBench(async (asked, answer) =>
        {
            if (asks++ == 0) await CutAsync(answer, "\"one\"");
            else if (asked.From is null) await answer.FileAsync(asked, Content, "\"one\"");
            else
            {
                await answer.HeadAsync(206, $"Content-Range: bytes 5-9/{Content.Length}", "Content-Length: 5");
                await answer.SendAsync(Content.AsMemory(5, 5));
            }
        });

        await bench.FetchAsync();

        File.ReadAllBytes(bench.Target).ShouldBe(Content);
    }

    [Fact]
    public async Task Fetch_AllBytesAreThere_IsNotFetchedAgain()
    {
        await using var bench = new DownloadBench(async (asked, answer) =>
        {
            if (asked.From is not null) await answer.FileAsync(asked, Content, "\"one\"");
            else
            {
                // Announces more than there is: all bytes come, and the end of the connection looks like a break.
                await answer.HeadAsync(200, $"Content-Length: {Content.Length + 10}", "ETag: \"one\"");
                await answer.SendAsync(Content);
            }
        });

        await bench.FetchAsync(bench.Request() with { Checksum = DownloadBench.Md5Of(Content) });

        bench.Server.Requests.Select(asked => asked.From).ShouldBe([null, Content.Length]);
        File.ReadAllBytes(bench.Target).ShouldBe(Content);
    }

    [Fact]
    public async Task Fetch_NoteOfThePartIsDamaged_StartsAgain()
    {
        await using var bench = new DownloadBench((asked, answer) => answer.FileAsync(asked, Content, "\"one\""));
        await File.WriteAllBytesAsync(bench.Part, Content[..Half], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(bench.Part + ".json", "{\"Url\": \"htt", TestContext.Current.CancellationToken);

        await bench.FetchAsync();

        bench.Server.Requests.Single().From.ShouldBeNull();
        File.ReadAllBytes(bench.Target).ShouldBe(Content);
    }

    [Fact]
    public async Task Fetch_Cancelled_KeepsWhatCame()
    {
        using var stop = new CancellationTokenSource();
        await using var bench = new DownloadBench(async (asked, answer) =>
        {
            if (asked.From is not null) await answer.FileAsync(asked, Content, "\"one\"");
            else
            {
                await answer.HeadAsync(200, $"Content-Length: {Content.Length}", "ETag: \"one\"");
                await answer.SendAsync(Content.AsMemory(0, Half));
                await answer.SayNothingAsync();
            }
        });
        bench.OnProgress = progress => { if (progress.Bytes == Half) stop.Cancel(); };

        await Should.ThrowAsync<OperationCanceledException>(bench.NewDownloader().FetchAsync(bench.Request(), stop.Token));
        new FileInfo(bench.Part).Length.ShouldBe(Half);
        await bench.FetchAsync();

        bench.Server.Requests[^1].From.ShouldBe(Half);
        File.ReadAllBytes(bench.Target).ShouldBe(Content);
    }

    private static DownloadOptions Once { get; } = new() { Attempts = 1, StallTime = TimeSpan.FromSeconds(77) };

    private static async Task CutAsync(ScriptedServer.Answer answer, string? tag, bool breaks = false, byte[]? file = null)
    {
        await answer.HeadAsync(200, [$"Content-Length: {Content.Length}", .. tag is null ? [] : (string[])[$"ETag: {tag}"]]);
        await answer.SendAsync((file ?? Content).AsMemory(0, Half));
        if (breaks) answer.Break();
    }
}
