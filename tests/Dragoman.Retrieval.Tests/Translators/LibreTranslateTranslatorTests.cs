using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Translators;
using Dragoman.Retrieval.Translators.Services;

namespace Dragoman.Retrieval.Tests.Translators;

public sealed class LibreTranslateTranslatorTests
{
    private const string Languages = """[{"code": "en", "name": "English", "targets": ["en", "zh-Hans", "kk"]}, {"code": "zh-Hans", "name": "Chinese", "targets": ["en"]}]""";

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Translate_Texts_GoInBatchesAndComeBackInOrder()
    {
        await using var server = Server();
        using var translator = Translator(server, new LibreTranslateOptions { BatchTexts = 2, ApiKey = "secret" });

        var translated = await translator.TranslateAsync(["a", "", "b", "c\nd", "é"], "en", "zh", Token);

        translated.Select(text => text.Problem).ShouldBe([null, "has no text", null, null, null]);
        translated.Where(text => text.Problem is null).Select(text => text.Text).ShouldBe(["en>zh-Hans a", "en>zh-Hans b", "en>zh-Hans c\nd", "en>zh-Hans é"]);
        Bodies(server).Select(body => body["q"]!.AsArray().Count).ShouldBe([2, 2]);
        Bodies(server).ShouldAllBe(body => (string)body["api_key"]! == "secret" && (string)body["format"]! == "text");
        translator.Identity.ShouldBe($"libretranslate http://{server.Authority}/lt/");
    }

    [Fact]
    public async Task Supports_Languages_AreTheServersByItsOwnCodes()
    {
        await using var server = Server();
        using var translator = Translator(server);

        (await translator.SupportsAsync("zh", "en", Token)).ShouldBeTrue();
        (await translator.SupportsAsync("en-GB", "kk", Token)).ShouldBeTrue();
        (await translator.SupportsAsync("zh", "kk", Token)).ShouldBeFalse();
        (await translator.SupportsAsync("en", "en", Token)).ShouldBeFalse();
        (await Should.ThrowAsync<TranslationException>(() => translator.TranslateAsync(["a"], "ru", "en", Token))).Message.ShouldContain("does not translate from ru to en; it has en, zh-Hans");
        server.Requests.Count(asked => asked.Target.EndsWith("/languages", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Supports_ServerWithoutList_IsAskedForAnything()
    {
        await using var server = new ScriptedServer((asked, answer) => asked.Method == "GET" ? answer.StatusAsync(404) : Echo(asked, answer));
        using var translator = Translator(server);

        (await translator.TranslateAsync(["a"], "ru", "sw", Token))[0].Text.ShouldBe("ru>sw a");
    }

    [Theory]
    [InlineData(429, "Retry-After: 0")]
    [InlineData(500, "X-Nothing: 1")]
    [InlineData(503, "Retry-After: 0")]
    public async Task Translate_BusyServer_IsAskedAgain(int status, string header)
    {
        var (refusals, said) = (2, new List<string>());
        await using var server = Server((asked, answer) => refusals-- > 0 ? answer.TextAsync(status, "application/json", """{"error": "Slowdown: 5 per 1 minute"}""", header) : Echo(asked, answer));
        using var translator = Translator(server, say: said.Add);

        (await translator.TranslateAsync(["a"], "en", "kk", Token))[0].Text.ShouldBe("en>kk a");

        said.Count.ShouldBe(2);
        said[0].ShouldContain($"answered {status}");
        said[0].ShouldContain("saying \"Slowdown: 5 per 1 minute\"; trying again in");
    }

    [Fact]
    public async Task Translate_ServerThatStaysBusy_FailsAfterTheAttempts()
    {
        await using var server = Server((_, answer) => answer.StatusAsync(503));
        using var translator = Translator(server);

        (await Should.ThrowAsync<TranslationException>(() => translator.TranslateAsync(["a"], "en", "kk", Token))).Message.ShouldContain("answered 503 (ServiceUnavailable) (3 attempts); try again later");
        server.Requests.Count(asked => asked.Method == "POST").ShouldBe(3);
    }

    [Fact]
    public async Task Translate_LongPauseAsked_IsToldInsteadOfWaitedFor()
    {
        await using var server = Server((_, answer) => answer.StatusAsync(429, "Retry-After: 7200"));
        using var translator = Translator(server);

        (await Should.ThrowAsync<TranslationException>(() => translator.TranslateAsync(["a"], "en", "kk", Token))).Message.ShouldContain("asks to come back in 120 minutes");
    }

    [Fact]
    public async Task Translate_ConnectionCut_IsAskedAgainAndThenFails()
    {
        var cuts = 1;
        await using var server = Server(async (asked, answer) =>
        {
            if (cuts-- <= 0)
            {
                await Echo(asked, answer);
                return;
            }
            await answer.HeadAsync(200, "Content-Type: application/json", "Content-Length: 1000");
            await answer.SendAsync("{\"translatedText\": [\"ha"u8.ToArray());
            answer.Break();
        });
        using var translator = Translator(server);

        (await translator.TranslateAsync(["a"], "en", "kk", Token))[0].Text.ShouldBe("en>kk a");
        cuts = int.MaxValue;
        (await Should.ThrowAsync<TranslationException>(() => translator.TranslateAsync(["b"], "en", "kk", Token))).Message.ShouldContain("(3 attempts)");
    }

    [Fact]
    public async Task Translate_ServerThatHangs_IsGivenUp()
    {
        await using var server = Server((_, answer) => answer.SayNothingAsync());
        using var translator = Translator(server, new LibreTranslateOptions { Timeout = TimeSpan.FromMilliseconds(200), Attempts = 2, FirstPause = TimeSpan.Zero, LongestPause = TimeSpan.Zero });

        (await Should.ThrowAsync<TranslationException>(() => translator.TranslateAsync(["a"], "en", "kk", Token))).Message.ShouldContain("did not answer within 0.2 seconds (2 attempts)");
    }

    [Theory]
    [InlineData(200, "text/html", "<!doctype html><title>Log in</title>", "answered what is not JSON, beginning \"<!doctype html><title>Log in</title>\"")]
    [InlineData(200, "application/json", """{"translatedText": ["x", "y"]}""", "gave 2 translations for 1 texts")]
    [InlineData(200, "application/json", """{"translatedText": "x"}""", "answered without a list of translations")]
    [InlineData(200, "application/json", """{"translatedText": [7]}""", "gave a translation that is no text")]
    [InlineData(200, "application/json", "[]", "answered without a list of translations")]
    [InlineData(400, "application/json", """{"error": "Visit https://x.org to get an API key"}""", "answered 400 saying \"Visit https://x.org to get an API key\"")]
    [InlineData(403, "application/json", """{"error": "Invalid API key"}""", "answered 403 (Forbidden) saying \"Invalid API key\"; it wants an API key (in the environment variable LIBRETRANSLATE_API_KEY)")]
    [InlineData(405, "text/plain", "no", "answered 405")]
    public async Task Translate_AnswerThatIsNone_FailsAtOnce(int status, string type, string text, string expected)
    {
        await using var server = Server((_, answer) => answer.TextAsync(status, type, text));
        using var translator = Translator(server, new LibreTranslateOptions { ApiKey = "secret" });

        var failure = await Should.ThrowAsync<TranslationException>(() => translator.TranslateAsync(["a"], "en", "kk", Token));

        failure.Message.ShouldContain(expected);
        failure.Message.ShouldNotContain("secret");
        server.Requests.Count(asked => asked.Method == "POST").ShouldBe(1);
    }

    [Fact]
    public async Task Translate_Redirect_IsNotFollowedWithTheKey()
    {
        await using var server = Server((_, answer) => answer.StatusAsync(307, "Location: http://elsewhere.example/translate"));
        using var translator = Translator(server, new LibreTranslateOptions { ApiKey = "secret" });

        (await Should.ThrowAsync<TranslationException>(() => translator.TranslateAsync(["a"], "en", "kk", Token))).Message.ShouldContain("points to http://elsewhere.example/translate; name that address instead");
    }

    [Fact]
    public async Task Translate_CharacterLimitOfTheServer_ShortensRequestsAndNamesWhatIsTooLong()
    {
        const int limit = 10;
        await using var server = Server((asked, answer) =>
            Texts(asked).Sum(text => text.Length) is var characters && characters > limit
                ? answer.TextAsync(400, "application/json", $$"""{"error": "Invalid request: request ({{characters}}) exceeds text limit ({{limit}})"}""") : Echo(asked, answer));
        using var translator = Translator(server);

        var translated = await translator.TranslateAsync(["12345", "1234567", "12345", "1", "123456789012"], "en", "kk", Token);

        translated.Take(4).Select(text => text.Text).ShouldBe(["en>kk 12345", "en>kk 1234567", "en>kk 12345", "en>kk 1"]);
        translated[4].Problem.ShouldBe("is longer than the service takes (12 characters)");
    }

    [Fact]
    public async Task Translate_EmptyTranslation_IsAFailureOfThatTextAlone()
    {
        await using var server = Server((_, answer) => answer.TextAsync(200, "application/json", """{"translatedText": ["x", " "]}"""));
        using var translator = Translator(server);

        (await translator.TranslateAsync(["a", "b"], "en", "kk", Token)).Select(text => text.Problem).ShouldBe([null, "came back empty"]);
    }

    [Fact]
    public async Task Translate_NoServer_FailsSoon()
    {
        var server = Server();
        var address = server.Url("").AbsoluteUri;
        await server.DisposeAsync();
        using var translator = new LibreTranslateTranslator(address, Impatient);

        (await Should.ThrowAsync<TranslationException>(() => translator.TranslateAsync(["a"], "en", "kk", Token))).Message.ShouldContain("cannot be reached");
    }

    [Theory]
    [InlineData("localhost:5000")]
    [InlineData("ftp://localhost/")]
    [InlineData("nothing")]
    [InlineData("http://user:password@localhost/")]
    [InlineData("http://localhost/?api_key=x")]
    public void Create_AddressThatIsNone_IsRefused(string address) =>
        Should.Throw<ConfigurationException>(() => new LibreTranslateTranslator(address)).Message.ShouldNotContain("password@");

    private static LibreTranslateOptions Impatient => new() { Attempts = 3, FirstPause = TimeSpan.Zero, LongestPause = TimeSpan.Zero };

    private static LibreTranslateTranslator Translator(ScriptedServer server, LibreTranslateOptions? options = null, Action<string>? say = null) =>
        new(server.Url("lt").AbsoluteUri, options is null ? Impatient : options with { FirstPause = TimeSpan.Zero, LongestPause = TimeSpan.Zero }, null, say);

    private static ScriptedServer Server(Func<Asked, ScriptedServer.Answer, Task>? translate = null) => new((asked, answer) =>
        asked.Target == "/lt/languages" ? answer.TextAsync(200, "application/json", Languages) : asked.Target == "/lt/translate" ? (translate ?? Echo)(asked, answer) : answer.StatusAsync(404));

    private static Task Echo(Asked asked, ScriptedServer.Answer answer)
    {
        var body = JsonNode.Parse(asked.Body)!;
        var texts = Texts(asked).Select(text => (JsonNode)$"{body["source"]}>{body["target"]} {text}").ToArray();
        return answer.TextAsync(200, "application/json", new JsonObject { ["translatedText"] = new JsonArray(texts) }.ToJsonString());
    }

    private static string[] Texts(Asked asked) => [.. JsonNode.Parse(asked.Body)!["q"]!.AsArray().Select(text => (string)text!)];

    private static IEnumerable<JsonNode> Bodies(ScriptedServer server) => server.Requests.Where(asked => asked.Method == "POST").Select(asked => JsonNode.Parse(asked.Body)!);
}
