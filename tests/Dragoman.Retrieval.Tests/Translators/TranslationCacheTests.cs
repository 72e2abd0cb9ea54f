using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Translators.Caching;

namespace Dragoman.Retrieval.Tests.Translators;

public sealed class TranslationCacheTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Find_OtherTranslatorLanguageOrText_IsNotThere()
    {
        using (var cache = TranslationCache.Open(_folder["sub/cache.db"]))
        {
            cache.Add("one", "kk", "zh", [("түйе", "骆驼"), ("", "empty")]);
            cache.Add("one", "kk", "zh", [("түйе", "駱駝")]);
        }
        using var again = TranslationCache.Open(_folder["sub/cache.db"]);

        again.Find("one", "kk", "zh", ["түйе", "", "жылқы"]).ShouldBe(["駱駝", "empty", null]);
        again.Find("two", "kk", "zh", ["түйе"]).ShouldBe([null]);
        again.Find("one", "kk", "en", ["түйе"]).ShouldBe([null]);
        again.Find("one", "ru", "zh", ["түйе"]).ShouldBe([null]);
    }

    [Fact]
    public async Task CachingTranslator_SameTexts_AreAskedForOnce()
    {
        using var inner = new WordTranslator(new() { ["a"] = "x", ["b"] = "" });
        using var cache = new CachingTranslator(inner, TranslationCache.Open(_folder["cache.db"]));

        var first = await cache.TranslateAsync(["a", "c", "a"], "fr", "en", Token);
        var second = await cache.TranslateAsync(["c", "a", "d"], "fr", "en", Token);

        first.Select(text => text.Text).ShouldBe(["x", "c", "x"]);
        second.Select(text => text.Text).ShouldBe(["c", "x", "d"]);
        inner.Asked.ShouldBe(["a", "c", "d"]);
        (cache.Asked, cache.Kept).ShouldBe((3, 3));
    }

    [Fact]
    public async Task CachingTranslator_FailedText_IsAskedForAgain()
    {
        using var inner = new WordTranslator(new() { ["b"] = "" });
        using var cache = new CachingTranslator(inner, TranslationCache.Open(_folder["cache.db"]));

        (await cache.TranslateAsync(["b"], "fr", "en", Token))[0].Problem.ShouldBe("came back empty");
        (await cache.TranslateAsync(["b"], "fr", "en", Token))[0].Problem.ShouldBe("came back empty");

        inner.Asked.ShouldBe(["b", "b"]);
    }

    [Fact]
    public void Open_TwoAtOnce_ShareTheFile()
    {
        using var one = TranslationCache.Open(_folder["cache.db"]);
        using var two = TranslationCache.Open(_folder["cache.db"]);

        one.Add("t", "kk", "zh", [("a", "b")]);

        two.Find("t", "kk", "zh", ["a"]).ShouldBe(["b"]);
    }

    [Theory]
    [InlineData("this is no database, but a text that is long enough to look at for a program that reads databases, and then some more of it")]
    public void Open_AnotherFile_IsRefusedAndStays(string content)
    {
        var path = _folder.Write("cache.db", content);

        Should.Throw<DragomanException>(() => TranslationCache.Open(path)).Message.ShouldContain("no cache of translations, or it is damaged");
        File.ReadAllText(path).ShouldBe(content);
    }

    [Fact]
    public void Open_AnotherDatabase_IsRefused()
    {
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder["other.db"]};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE t (x)";
            command.ExecuteNonQuery();
        }

        Should.Throw<DragomanException>(() => TranslationCache.Open(_folder["other.db"])).Message.ShouldContain("no cache of translations; name another file");
        Should.Throw<DragomanException>(() => TranslationCache.Open(_folder.Path)).Message.ShouldContain("is a folder");
    }

    public void Dispose() => _folder.Dispose();
}
