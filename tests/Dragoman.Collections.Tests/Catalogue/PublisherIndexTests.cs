using Dragoman.Collections.Catalogue;
using Dragoman.Collections.Downloads;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Tests.Downloads;

namespace Dragoman.Collections.Tests.Catalogue;

/// <summary>Entries whose addresses and checksums are in an index of the publisher's, as CLIRMatrix's are.</summary>
public sealed class PublisherIndexTests
{
    private const string Index = """ "index": {"path": "downloads.json.gz", "url": "INDEX", "md5": "HASH"},""", Documents = """ "indexed": ["docs", "docs/kk"]""";

    [Fact]
    public async Task Get_AddressInTheIndex_IsLookedUpAndChecked()
    {
        byte[] index = [];
        await using var bench = new StoreBench((asked, answer) => answer.FileAsync(asked, asked.Target == "/index" ? index : StoreBench.FileOf(asked.Target)));
        index = IndexOf(bench, DownloadBench.Md5Of(StoreBench.FileOf("docs.tsv")).Hex);
        Use(bench, index, Documents);

        await bench.GetAsync();

        File.ReadAllText(bench.CacheOf("docs.tsv")).ShouldBe(StoreBench.Documents);
        bench.Server.Requests.Select(asked => asked.Target).ShouldBe(["/index", "/moved/docs.tsv", "/queries.jl"]);
        File.Exists(Path.Combine(bench.Places.Cache, "mine", "downloads.json.gz")).ShouldBeTrue();
        (await bench.GetAsync(force: true)).Outcome.ShouldBe(FetchOutcome.Fetched);
        bench.Server.Requests.Count(asked => asked.Target == "/index").ShouldBe(1);
    }

    [Fact]
    public async Task Get_FileIsNotTheIndexed_IsNotKept()
    {
        byte[] index = [];
        await using var bench = new StoreBench((asked, answer) => answer.FileAsync(asked, asked.Target == "/index" ? index : StoreBench.FileOf(asked.Target)));
        index = IndexOf(bench, new string('0', 32));
        Use(bench, index, Documents);

        var failure = await Should.ThrowAsync<DownloadException>(bench.GetAsync());

        failure.Message.ShouldContain("where MD5 00000000000000000000000000000000 was expected");
        File.Exists(bench.CacheOf("docs.tsv")).ShouldBeFalse();
    }

    [Fact]
    public async Task Get_IndexIsWrong_IsNotUsed()
    {
        await using var bench = new StoreBench((asked, answer) => answer.FileAsync(asked, Gzipped.Bytes("{}")));
        Use(bench, Gzipped.Bytes("the right index"), Documents);

        var failure = await Should.ThrowAsync<DownloadException>(bench.GetAsync());

        failure.Message.ShouldContain("not the right one");
        bench.Server.Requests.Single().Target.ShouldBe("/index");
    }

    [Fact]
    public async Task Get_IndexLacksTheFile_SaysSo()
    {
        var index = Gzipped.Bytes("{\"docs\": {}}");
        await using var bench = new StoreBench((asked, answer) => answer.FileAsync(asked, index));
        Use(bench, index, Documents);

        var failure = await Should.ThrowAsync<DragomanException>(bench.GetAsync());

        failure.Message.ShouldEndWith("downloads.json.gz: the publisher's index has no address for docs/kk in docs; the publisher does not offer this file.");
    }

    [Theory]
    [InlineData("{\"docs\": {\"docs/kk\": {\"url\": 5}}}")]
    [InlineData("{\"docs\": {\"docs/kk\": {\"url\": \"https://example.org/x\", \"expected_md5\": \"short\"}}}")]
    [InlineData("{\"docs\": []}")]
    [InlineData("[]")]
    [InlineData("not JSON")]
    public async Task Get_IndexIsOfAnotherShape_IsOneSentence(string content)
    {
        var index = Gzipped.Bytes(content);
        await using var bench = new StoreBench((asked, answer) => answer.FileAsync(asked, index));
        Use(bench, index, Documents);

        var failure = await Should.ThrowAsync<DragomanException>(bench.GetAsync());

        failure.Message.ShouldNotContain('\n');
        bench.Server.Requests.Single().Target.ShouldBe("/index");
    }

    [Fact]
    public async Task Get_IndexIsGoneButAddressesAreKnown_GoesOnWithAWarning()
    {
        await using var bench = new StoreBench((asked, answer) => asked.Target == "/index" ? answer.StatusAsync(404) : answer.FileAsync(asked, StoreBench.FileOf(asked.Target)));
        Use(bench, [], $"{Documents}, \"url\": \"{bench.Server.Url("docs.tsv")}\"");

        await bench.GetAsync();

        File.ReadAllText(bench.CacheOf("docs.tsv")).ShouldBe(StoreBench.Documents);
        bench.Said.ShouldContain(line => line.StartsWith("warning: checksums cannot be looked up", StringComparison.Ordinal));
        File.ReadAllText(bench.CacheOf("dragoman-data.json")).ShouldNotContain("MD5 ");
    }

    private static byte[] IndexOf(StoreBench bench, string md5) =>
        Gzipped.Bytes($$"""{"docs": {"docs/kk": {"url": "{{bench.Server.Url("moved/docs.tsv")}}", "cache_path": "kk", "expected_md5": "{{md5}}" } } }""");

    private static void Use(StoreBench bench, byte[] index, string documents) =>
        bench.Entry = bench.Catalogue(Index.Replace("INDEX", bench.Server.Url("index").AbsoluteUri, StringComparison.Ordinal).Replace("HASH", DownloadBench.Md5Of(index).Hex, StringComparison.Ordinal), documents).Find("mine/set");
}
