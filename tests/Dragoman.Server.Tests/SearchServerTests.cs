using System.Net;
using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;

namespace Dragoman.Server.Tests;

public class SearchServerTests(TestService service) : IClassFixture<TestService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_WordInPassages_GivesThemWithLanguageAndDirection()
    {
        var reply = await Get("/api/search?q=Samarkand&method=bm25&from=de");

        reply["method"]!.GetValue<string>().ShouldBe("bm25");
        reply["from"]!.GetValue<string>().ShouldBe("de");
        reply["fromProbability"].ShouldBeNull(); // stated, not assumed
        reply["whyAtQueryTime"].ShouldBeNull();
        reply["elapsedMs"]!.GetValue<double>().ShouldBeGreaterThanOrEqualTo(0);
        var results = reply["results"]!.AsArray();
        results.Select(result => (string)result!["id"]!).ShouldBe(["ug1", "en1"], ignoreOrder: true);
        results.Select(result => (int)result!["rank"]!).ShouldBe([1, 2]);
        var uyghur = results.Single(result => (string)result!["id"]! == "ug1")!;
        ((string)uyghur["dir"]!).ShouldBe("rtl");
        ((string)uyghur["language"]!).ShouldBe("ug");
        ((string)uyghur["title"]!).ShouldBe("يىپەك يولى");
    }

    [Fact]
    public async Task Search_NoMethodNamed_IsHybridOverChosenLanguagesOnly()
    {
        var reply = await Get("/api/search?q=caravan&in=kk,ru&depth=5");

        reply["method"]!.GetValue<string>().ShouldBe("pivot");
        reply["results"]!.AsArray().Select(result => (string)result!["language"]!).ShouldBe(["kk", "ru"], ignoreOrder: true);
    }

    [Fact]
    public async Task Search_NothingMatches_IsAnEmptyList() => (await Get("/api/search?q=absent&method=bm25"))["results"]!.AsArray().Count.ShouldBe(0);

    [Theory]
    [InlineData("/api/search", "The query is empty")]
    [InlineData("/api/search?q=%20", "The query is empty")]
    [InlineData("/api/search?q=x&depth=0", "\"0\" is not a depth")]
    [InlineData("/api/search?q=x&depth=ten", "\"ten\" is not a depth")]
    [InlineData("/api/search?q=x&from=not%20a%20tag", "is not a language tag")]
    [InlineData("/api/search?q=x&in=kk,zh", "is in zh; it holds en, kk, ru, ug")]
    [InlineData("/api/search?q=x&method=psq", "needs translation tables")]
    public async Task Search_BadParameter_IsProblemDetailsWithTheReason(string path, string expected)
    {
        using var response = await service.Client.GetAsync(path, Token);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!;

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var sentences = problem["errors"] is JsonObject errors ? string.Join(' ', errors.SelectMany(error => error.Value!.AsArray()).Select(sentence => (string)sentence!)) : (string)problem["detail"]!;
        sentences.ShouldContain(expected);
    }

    [Fact]
    public async Task Search_QueryTooLong_IsRefused()
    {
        using var response = await service.Client.GetAsync("/api/search?q=" + new string('x', 2001), Token);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Index_Asked_DescribesLanguagesAnalyzerAndEncoder()
    {
        var reply = await Get("/api/index");

        ((int)reply["passages"]!).ShouldBe(5);
        ((string)reply["analyzer"]!).ShouldBe("space-v1");
        ((string)reply["encoder"]!).ShouldBe("letters-v1");
        ((string)reply["defaultMethod"]!).ShouldBe("pivot");
        reply["languages"]!.AsArray().Select(language => ((string)language!["language"]!, (string)language["dir"]!, (int)language["passages"]!))
            .ShouldBe([("en", "ltr", 2), ("kk", "ltr", 1), ("ru", "ltr", 1), ("ug", "rtl", 1)]);
    }

    [Fact]
    public async Task Page_AndItsParts_AreServedWithAStrictPolicyAndNothingInline()
    {
        using var page = await service.Client.GetAsync("/", Token);
        var html = await page.Content.ReadAsStringAsync(Token);

        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; script-src 'self'");
        html.ShouldNotContain("http://");
        html.ShouldNotContain("https://");
        html.ShouldNotContain("<style");
        foreach (var part in new[] { "/search.css", "/search.js" })
        {
            html.ShouldContain($"\"{part}\"");
            (await service.Client.GetStringAsync(part, Token)).ShouldNotContain("innerHTML");
        }
    }

    [Fact]
    public async Task Search_MarkupInAPassage_IsJsonTextThatBrowsersMustNotSniff()
    {
        using var response = await service.Client.GetAsync("/api/search?q=crossed&method=bm25", Token);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        var result = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["results"]![0]!;
        ((string)result["title"]!).ShouldBe("<img src=x onerror=alert(1)>");
        ((string)result["snippet"]!).ShouldContain("<script>alert('x')</script>");
    }

    [Fact]
    public async Task Get_UnknownPath_IsProblemDetails()
    {
        using var response = await service.Client.GetAsync("/api/nothing", Token);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Get_ForeignHostName_IsRefused()
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "/api/index");
        message.Headers.Host = "attacker.example";
        using var response = await service.Client.SendAsync(message, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("5080")]
    [InlineData("https://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:5080/path")]
    public void Build_BadAddress_SaysWhatToUse(string url) =>
        Should.Throw<ConfigurationException>(() => SearchServer.Build(null!, new ServerOptions { Urls = [url] })).Message.ShouldContain("use one such as http://127.0.0.1:5080");

    [Theory]
    [InlineData("http://search.example:5080")]
    [InlineData("http://nosuchhost.invalid")]
    public void Build_HostName_IsRefusedBecauseItWouldListenEverywhere(string url) =>
        Should.Throw<ConfigurationException>(() => SearchServer.Build(null!, new ServerOptions { Urls = [url] })).Message.ShouldContain("listen at every address");

    private async Task<JsonObject> Get(string path) => JsonNode.Parse(await service.Client.GetStringAsync(path, Token))!.AsObject();
}
