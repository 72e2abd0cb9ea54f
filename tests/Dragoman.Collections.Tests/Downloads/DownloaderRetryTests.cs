using System.Globalization;
using Dragoman.Collections.Downloads;

namespace Dragoman.Collections.Tests.Downloads;

public sealed class DownloaderRetryTests
{
    private static readonly byte[] Content = DownloadBench.Content;

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Fetch_ServerInTrouble_TriesAgain(int status)
    {
        var asks = 0;
        await using var bench = new DownloadBench((asked, answer) => asks++ < 2 ? answer.StatusAsync(status) : answer.FileAsync(asked, Content));

        await bench.FetchAsync();

        File.ReadAllBytes(bench.Target).ShouldBe(Content);
        bench.Time.Pauses.Count.ShouldBe(2);
        bench.Said[0].ShouldContain($"answered {status} (");
    }

    [Fact]
    public async Task Fetch_ServerStaysInTrouble_GivesUpAfterPausesThatDouble()
    {
        await using var bench = new DownloadBench((_, answer) => answer.StatusAsync(500));

        var failure = await Should.ThrowAsync<DownloadException>(bench.FetchAsync());

        failure.Message.ShouldContain("answered 500 (");
        failure.Message.ShouldContain("(6 attempts)");
        bench.Server.Requests.Count.ShouldBe(6);
        // Up to half of each pause is taken off at random.
        for (var i = 0; i < 5; i++) bench.Time.Pauses[i].TotalSeconds.ShouldBeInRange(Math.Pow(2, i) / 2, Math.Pow(2, i));
    }

    [Fact]
    public async Task Fetch_RetryAfterSeconds_IsHonoured()
    {
        var asks = 0;
        await using var bench = new DownloadBench((asked, answer) => asks++ == 0 ? answer.StatusAsync(429, "Retry-After: 120") : answer.FileAsync(asked, Content));

        await bench.FetchAsync();

        bench.Time.Pauses.ShouldBe([TimeSpan.FromSeconds(120)]);
    }

    [Fact]
    public async Task Fetch_RetryAfterDate_IsHonoured()
    {
        var date = (QuickTime.Now + TimeSpan.FromSeconds(90)).ToString("r", CultureInfo.InvariantCulture);
        var asks = 0;
        await using var bench = new DownloadBench((asked, answer) => asks++ == 0 ? answer.StatusAsync(503, $"Retry-After: {date}") : answer.FileAsync(asked, Content));

        await bench.FetchAsync();

        bench.Time.Pauses.ShouldBe([TimeSpan.FromSeconds(90)]);
    }

    [Fact]
    public async Task Fetch_RetryAfterHours_SaysWhenToComeBack()
    {
        await using var bench = new DownloadBench((_, answer) => answer.StatusAsync(429, "Retry-After: 7200"));

        var failure = await Should.ThrowAsync<DownloadException>(bench.FetchAsync());

        failure.Message.ShouldEndWith("asks to come back in 120 minutes; run the same command then.");
        bench.Time.Pauses.ShouldBeEmpty();
    }

    [Fact]
    public async Task Fetch_NothingComesAnyMore_TriesAgain()
    {
        await using var bench = new DownloadBench(async (asked, answer) =>
        {
            if (asked.From is not null) await answer.FileAsync(asked, Content, "\"one\"");
            else
            {
                await answer.HeadAsync(200, $"Content-Length: {Content.Length}", "ETag: \"one\"");
                await answer.SendAsync(Content.AsMemory(0, 1000));
                await answer.SayNothingAsync();
            }
        });
        bench.OnProgress = progress => { if (progress.Bytes == 1000) bench.Time.RunOut(); };

        await bench.FetchAsync();

        File.ReadAllBytes(bench.Target).ShouldBe(Content);
        bench.Said.ShouldContain(line => line.Contains("sent nothing for 77 seconds", StringComparison.Ordinal));
        bench.Server.Requests[^1].From.ShouldBe(1000);
    }

    [Fact]
    public async Task Fetch_ProgressBetweenBreaks_StartsTheCountAnew()
    {
        var big = DownloadBench.Bytes(5_000_000, seed: 3);
        await using var bench = new DownloadBench(async (asked, answer) =>
        {
            var from = (int)(asked.From ?? 0);
            await answer.HeadAsync(from > 0 ? 206 : 200, $"Content-Length: {big.Length - from}", "ETag: \"one\"", $"Content-Range: bytes {from}-{big.Length - 1}/{big.Length}");
            await answer.SendAsync(big.AsMemory(from, Math.Min(1_200_000, big.Length - from)));
        }) { Options = new DownloadOptions { Attempts = 2, StallTime = TimeSpan.FromSeconds(77) } };

        await bench.FetchAsync();

        File.ReadAllBytes(bench.Target).ShouldBe(big);
        bench.Server.Requests.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Fetch_AnnouncesMoreThanItSends_GivesUpWithASentence()
    {
        await using var bench = new DownloadBench(async (_, answer) =>
        {
            await answer.HeadAsync(200, $"Content-Length: {Content.Length + 1}");
            await answer.SendAsync(Content);
        });

        var failure = await Should.ThrowAsync<DownloadException>(bench.FetchAsync());

        failure.Message.ShouldContain("ended the connection early (6 attempts)");
        File.Exists(bench.Target).ShouldBeFalse();
    }

    [Fact]
    public async Task Fetch_AnnouncesAnotherLengthThanPublished_FailsBeforeTheBody()
    {
        await using var bench = new DownloadBench((asked, answer) => answer.FileAsync(asked, Content));

        var failure = await Should.ThrowAsync<DownloadException>(bench.FetchAsync(bench.Request() with { Bytes = 299_999 }));

        failure.Message.ShouldContain("has 300,000 bytes where 299,999 bytes were expected");
        Directory.GetFiles(bench.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Fetch_AnnouncesLessThanThereIs_IsFoundByTheChecksum()
    {
        await using var bench = new DownloadBench(async (_, answer) =>
        {
            await answer.HeadAsync(200, $"Content-Length: {Content.Length - 100}");
            await answer.SendAsync(Content);
        });

        var failure = await Should.ThrowAsync<DownloadException>(bench.FetchAsync(bench.Request() with { Checksum = DownloadBench.Md5Of(Content) }));

        failure.Message.ShouldContain($"where {DownloadBench.Md5Of(Content)} was expected; it was not kept");
        Directory.GetFiles(bench.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Fetch_WrongBytes_AreNotKept()
    {
        var wrong = DownloadBench.Bytes(Content.Length, seed: 4);
        await using var bench = new DownloadBench((asked, answer) => answer.FileAsync(asked, wrong));

        var failure = await Should.ThrowAsync<DownloadException>(bench.FetchAsync(bench.Request() with { Checksum = DownloadBench.Md5Of(Content) }));

        failure.Message.ShouldContain($"gave a file that is not the right one: {DownloadBench.Md5Of(wrong)} where {DownloadBench.Md5Of(Content)} was expected");
        bench.Server.Requests.Count.ShouldBe(1);
        Directory.GetFiles(bench.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Fetch_NeverEndingBody_StopsAtTheMost()
    {
        await using var bench = new DownloadBench(async (_, answer) =>
        {
            await answer.HeadAsync(200);
            while (true) await answer.SendAsync(Content);
        });

        var failure = await Should.ThrowAsync<DownloadException>(bench.FetchAsync(bench.Request() with { MostBytes = 2_000_000 }));

        failure.Message.ShouldContain("sends more than the 2,000,000 bytes");
        Directory.GetFiles(bench.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Fetch_SomethingThatIsNotHttp_IsOneSentence()
    {
        await using var bench = new DownloadBench((_, answer) => answer.SendAsync("220 smtp ready\r\n\r\n"u8.ToArray()));

        var failure = await Should.ThrowAsync<DownloadException>(bench.FetchAsync());

        failure.Message.ShouldContain("not HTTP (6 attempts)");
    }
}
