using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.Tests.Indexing;

public class SearchIndexTests
{
    [Fact]
    public void Open_BuiltIndex_GivesBackPassagesVectorsAndCounts()
    {
        using var folder = new TemporaryFolder();
        using var encoder = new HashEncoder();
        var passages = RandomCollection.Passages(1, 333);
        passages.Add(new Passage("тест-𐰴", "عنوان", "line\nbreak 你好 🐪", "ug"));
        using var index = RandomCollection.Index(folder["index"], passages);

        Enumerable.Range(0, index.Passages.Count).Select(index.Passages.Read).ShouldBe(passages);
        index.Manifest.Passages.ShouldBe(334);
        index.Manifest.Languages.ShouldContain(new LanguageCount("ug", 1));
        index.Manifest.Languages.Sum(language => language.Passages).ShouldBe(334);
        var rows = new float[334 * encoder.Dimension];
        encoder.Encode(passages.Select(passage => passage.FullText).ToArray(), rows);
        var read = new float[rows.Length];
        index.Vectors!.Read(0, 334, read);
        read.ShouldBe(rows);
    }

    [Fact]
    public void TryFind_EveryIdAndAbsentOnes_IsRight()
    {
        using var folder = new TemporaryFolder();
        var passages = RandomCollection.Passages(2, 150);
        using var index = RandomCollection.Index(folder["index"], passages);

        for (var ordinal = 0; ordinal < passages.Count; ordinal++)
        {
            index.Passages.TryFind(passages[ordinal].Id, out var found).ShouldBeTrue();
            found.ShouldBe(ordinal);
        }
        foreach (var absent in new[] { "", "p", "zzz", passages[0].Id + "0" }) index.Passages.TryFind(absent, out _).ShouldBeFalse();
    }

    [Fact]
    public void Postings_EveryTerm_EqualCountsInTheTexts()
    {
        using var folder = new TemporaryFolder();
        var passages = RandomCollection.Passages(3, 250);
        using var index = RandomCollection.Index(folder["index"], passages);
        var all = new bool[index.Passages.Languages.Count];
        Array.Fill(all, true);

        for (var number = 0; number < 31; number++)
        {
            var expected = passages.Select((passage, ordinal) => new Posting(ordinal, passage.FullText.Split((char[]?)null).Count(term => term == $"t{number}"))).Where(posting => posting.Frequency > 0);
            var found = new List<Posting>();
            var reader = index.Terms.Postings($"t{number}", all);
            reader.PassageCount.ShouldBe(expected.Count());
            while (reader.TryRead(out var posting)) found.Add(posting);
            found.OrderBy(posting => posting.Passage).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("passages.bin")]
    [InlineData("passages.offsets")]
    [InlineData("passages.languages")]
    [InlineData("passages.order")]
    [InlineData("terms.bin")]
    [InlineData("postings.bin")]
    [InlineData("lengths.bin")]
    [InlineData("vectors.bin")]
    public void Open_TruncatedChangedOrMissingFile_IsNamed(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder["index"];
        RandomCollection.Index(path, RandomCollection.Passages(4, 60)).Dispose();
        var file = Path.Combine(path, name);
        var bytes = File.ReadAllBytes(file);

        File.WriteAllBytes(file, bytes[..^1]);
        var truncated = Should.Throw<DataFormatException>(() => SearchIndex.Open(path));
        File.WriteAllBytes(file, [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]);
        var changed = Should.Throw<DataFormatException>(() => SearchIndex.Open(path));
        File.Delete(file);
        var missing = Should.Throw<DataFormatException>(() => SearchIndex.Open(path));

        truncated.Path.ShouldBe(file);
        truncated.Message.ShouldContain($"has {bytes.Length - 1} bytes, the manifest says {bytes.Length}");
        changed.Message.ShouldContain("does not match its SHA-256");
        missing.Message.ShouldContain("is missing");
    }

    [Theory]
    [InlineData("{", "this is not the manifest")]
    [InlineData("[]", "this is not the manifest")]
    [InlineData("""{"version":1,"analyzer":"x"}""", "this is not the manifest")]
    [InlineData("""{"version":99}""", "layout version 99")]
    public void Open_UnusableManifest_SaysSo(string manifest, string expected)
    {
        using var folder = new TemporaryFolder();
        RandomCollection.Index(folder["index"], RandomCollection.Passages(5, 5)).Dispose();
        File.WriteAllText(Path.Combine(folder["index"], "manifest.json"), manifest);

        Should.Throw<DataFormatException>(() => SearchIndex.Open(folder["index"])).Message.ShouldContain(expected);
    }

    [Fact]
    public void Open_MissingOrUnfinishedFolder_SaysHowToMakeIt()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<DragomanException>(() => SearchIndex.Open(folder["none"])).Message.ShouldContain("does not exist; make it with 'dragoman index'");
        Should.Throw<DragomanException>(() => SearchIndex.Open(folder.Path)).Message.ShouldContain("not a finished output");
    }

    [Fact]
    public void Build_ConfigAndInputs_AreWrittenAndGivenBack()
    {
        using var folder = new TemporaryFolder();
        var options = new IndexBuildOptions { Analyzer = new SpaceAnalyzer(), Config = new JsonObject { ["analyzer"] = "space" }, Inputs = new JsonObject { ["collection"] = "c" } };
        IndexBuilder.Build(RandomCollection.Passages(6, 3), folder["index"], options, cancellationToken: TestContext.Current.CancellationToken);

        using var index = SearchIndex.Open(folder["index"], verifyAll: true);

        index.Config["analyzer"]!.GetValue<string>().ShouldBe("space");
        index.Manifest.Inputs!["collection"]!.GetValue<string>().ShouldBe("c");
        index.Vectors.ShouldBeNull();
    }
}
