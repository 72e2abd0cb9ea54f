using System.Text.Json.Nodes;
using Dragoman.Collections.Catalogue;
using Dragoman.Collections.Errors;

namespace Dragoman.Collections.Tests.Catalogue;

public sealed class OwnCatalogueTests
{
    private static readonly DataCatalogue BuiltIn = DataCatalogue.BuiltIn();

    private const string Head = """{"family": "mine", "title": "Mine", "homepage": "https://example.org/", "licence": "CC0", "citation": "Me", """;

    [Fact]
    public void With_OwnFile_AddsItsEntries()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("mine.json", Head + """
            // Comments are fine.
            "entries": [{"name": "mine/{language}", "title": "Mine in {language}", "languages": ["kk", "zh"], "licence": "MIT",
              "files": [{"path": "docs/{language}.tsv", "url": "http://example.org/{language}.tsv", "bytes": 7, "sha1": "A94A8FE5CCB19BA61C4C0873D391E987982FBBD3"}]}]}
            """);

        var catalogue = BuiltIn.With(path);

        var entry = catalogue.Find("mine/kk");
        entry.Title.ShouldBe("Mine in kk");
        entry.Licence.ShouldBe("MIT");
        entry.Citation.ShouldBe("Me");
        entry.Bytes.ShouldBe(7);
        entry.Files.Single().Path.ShouldBe("docs/kk.tsv");
        entry.Files.Single().Url.ShouldBe(new Uri("http://example.org/kk.tsv"));
        entry.Files.Single().Checksum!.ToString().ShouldBe("SHA-1 a94a8fe5ccb19ba61c4c0873d391e987982fbbd3");
        catalogue.FindOrNull("mine/de").ShouldBeNull();
        catalogue.Find("xquad").Family.ShouldBe("xquad");
    }

    [Fact]
    public void With_LanguagesThatHoldHyphens_AreTakenApart()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("mine.json", Head + """ "entries": [{"name": "mine/{query}-{document}", "title": "{query} to {document}", "pairs": ["zh", "zh-Hant", "kk"], "files": [{"path": "x", "url": "https://example.org/x"}]}]}""");

        var catalogue = BuiltIn.With(path);

        catalogue.Find("mine/zh-Hant-kk").Title.ShouldBe("zh-Hant to kk");
        catalogue.Find("mine/zh-zh-Hant").Title.ShouldBe("zh to zh-Hant");
        catalogue.FindOrNull("mine/zh-zh").ShouldBeNull();
    }

    [Fact]
    public void With_SameName_ComesBeforeTheBuiltIn()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("mine.json", Head + """ "entries": [{"name": "xquad", "title": "A copy", "files": [{"path": "x", "url": "https://example.org/x"}]}]}""");

        var catalogue = BuiltIn.With(path);

        catalogue.Find("xquad").Title.ShouldBe("A copy");
        catalogue.List("xquad", all: true).Count(row => row.Name == "xquad").ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"path": "../../etc/passwd", "url": "https://example.org/x"}""", "the path '../../etc/passwd' is not usable")]
    [InlineData("""{"path": "/etc/passwd", "url": "https://example.org/x"}""", "the path '/etc/passwd' is not usable")]
    [InlineData("""{"path": "a/./b", "url": "https://example.org/x"}""", "the path 'a/./b' is not usable")]
    [InlineData("""{"path": "a", "url": "ftp://example.org/x"}""", "url is 'ftp://example.org/x'")]
    [InlineData("""{"path": "a", "url": "file:///etc/passwd"}""", "url is 'file:///etc/passwd'")]
    [InlineData("""{"path": "a", "url": "example.org/x"}""", "url is 'example.org/x'")]
    [InlineData("""{"path": "a"}""", "there is no url")]
    [InlineData("""{"path": "a", "url": "https://example.org/x", "md5": "123"}""", "Md5 is '123'; 32 hexadecimal digits were expected")]
    [InlineData("""{"path": "a", "url": "https://example.org/x", "bytes": -1}""", "a length is negative")]
    [InlineData("""{"path": "a", "indexed": ["one", "two"]}""", "'indexed' is a section and a key")]
    public void With_UnusableFile_NamesTheProblem(string file, string problem)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("mine.json", Head + $$""" "entries": [{"name": "mine", "title": "Mine", "files": [{{file}}]}]}""");

        var failure = Should.Throw<ConfigurationException>(() => BuiltIn.With(path));

        failure.Message.ShouldStartWith(path);
        failure.Message.ShouldContain(problem);
    }

    [Fact]
    public void With_SeveralProblems_NamesAll()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("mine.json", """
            {"family": "", "title": "Mine", "homepage": "nowhere", "licence": "CC0", "citation": " ", "entries": [
              {"name": "a b", "title": "", "files": []}, {"name": "c", "title": "", "languages": ["kk"], "files": [{"path": "x", "url": "https://example.org/x"}, {"path": "x", "url": "https://example.org/x"}]}]}
            """);

        var failure = Should.Throw<ConfigurationException>(() => BuiltIn.With(path));

        failure.Problems.ShouldBe([
            "homepage is 'nowhere'; use an address that starts with https:// or http://.",
            "family is empty; say 'not stated' if nothing is known.",
            "citation is empty; say 'not stated' if nothing is known.",
            "the name 'a b' is not usable; write parts of letters, digits, '.', '_' and '-' between '/'.",
            "a b has no file.",
            "the name 'c' lacks {language}, so that its entries have one name.",
            "c has x 2 times."]);
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("null", "null")]
    [InlineData("[]", "line 1")]
    [InlineData("{\n\"family\": \"mine\",\n\"surprise\": 1}", "'surprise'")]
    [InlineData("{\"family\": \"mine\"}", "'title'")]
    [InlineData("\0\u0001", "line 1")]
    public void With_NoCatalogue_SaysWhere(string content, string words)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("mine.json", content);

        var failure = Should.Throw<DataFormatException>(() => BuiltIn.With(path));

        failure.Message.ShouldStartWith(path);
        failure.Message.ShouldContain(words);
        failure.Message.ShouldNotContain("Dragoman.Collections");
    }

    [Fact]
    public void With_AnyValueReplaced_IsReadOrRefusedWithASentence()
    {
        const string Whole = Head + """
            "sources": ["here"], "checksums": "none", "index": {"path": "i", "url": "https://example.org/i", "md5": "00000000000000000000000000000000"},
            "entries": [{"name": "mine/{query}-{document}", "title": "Mine", "format": "x", "pairs": ["kk", "zh"], "needs": ["xquad"], "next": ["run"], "folders": ["mine"],
              "files": [{"path": "a", "url": "https://example.org/x", "bytes": 7, "md5": "00000000000000000000000000000000"}, {"path": "b", "about": 7, "indexed": ["one", "two"]}]}]}
            """;
        using var folder = new TemporaryFolder();
        var refused = 0;
        var count = Places(JsonNode.Parse(Whole)!).Count();
        for (var place = 0; place < count; place++)
        {
            foreach (var value in (string?[])[null, "1", "-1", "1e99", "true", "\"\"", "\"a\"", "[]", "{}", "[null]", "[\"a\"]", "\"..\""])
            {
                var root = JsonNode.Parse(Whole)!;
                Places(root).ElementAt(place)(value is null ? null : JsonNode.Parse(value));
                var path = folder.Write("mine.json", root.ToJsonString());
                try
                {
                    var catalogue = BuiltIn.With(path);
                    // Its own come first.
                    foreach (var name in catalogue.Names().Take(3)) catalogue.FindOrNull(name).ShouldNotBeNull(root.ToJsonString());
                }
                catch (DragomanException refusal)
                {
                    refusal.Message.ShouldStartWith(path);
                    refused++;
                }
            }
        }
        refused.ShouldBeGreaterThan(count * 6);
    }

    private static IEnumerable<Action<JsonNode?>> Places(JsonNode node)
    {
        var inner = new List<JsonNode?>();
        if (node is JsonObject keys)
        {
            foreach (var (key, value) in keys.ToList())
            {
                yield return replacement => keys[key] = replacement;
                inner.Add(value);
            }
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                var at = i;
                yield return replacement => items[at] = replacement;
                inner.Add(items[i]);
            }
        }
        foreach (var place in inner.OfType<JsonNode>().SelectMany(Places)) yield return place;
    }

    [Fact]
    public void With_ExampleOfTheGuide_IsUsable()
    {
        var guide = File.ReadAllText(Path.Combine(TestPaths.Repository, "docs", "guides", "data.md"));
        using var folder = new TemporaryFolder();
        var path = folder.Write("mine.json", guide.Split("```json")[1].Split("```")[0]);

        var catalogue = BuiltIn.With(path);

        catalogue.Find("mine/kk/documents").Files.Single().Url!.AbsoluteUri.ShouldBe("https://example.org/kk.tsv.gz");
        catalogue.Find("mine/judgements").Needs.ShouldBe(["mine/kk/documents"]);
    }

    [Fact]
    public void With_MissingFile_SaysSo() =>
        Should.Throw<DragomanException>(() => DataCatalogue.BuiltIn().With("nowhere.json")).Message.ShouldStartWith("nowhere.json does not exist");
}
