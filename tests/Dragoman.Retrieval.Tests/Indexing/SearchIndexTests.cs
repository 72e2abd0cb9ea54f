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

        Enumerable.Range(0, index.Passages.OrdinalCount).Select(index.Passages.Read).ShouldBe(passages.OrderBy(passage => passage.Language, StringComparer.Ordinal));
        index.Manifest.Passages.ShouldBe(334);
        index.Manifest.Languages.ShouldContain(new LanguageCount("ug", 1));
        index.Manifest.Languages.Sum(language => language.Passages).ShouldBe(334);
        var rows = new float[334 * encoder.Dimension];
        encoder.Encode(passages.Select(passage => passage.FullText).ToArray(), rows);
        for (var place = 0; place < passages.Count; place++)
        {
            var read = new float[encoder.Dimension];
            index.Passages.TryFind(passages[place].Id, out var ordinal).ShouldBeTrue();
            index.Vectors!.Read(ordinal, read);
            read.ShouldBe(rows.AsSpan(place * encoder.Dimension, encoder.Dimension).ToArray());
        }
    }

    [Fact]
    public void TryFind_EveryIdAndAbsentOnes_IsRight()
    {
        using var folder = new TemporaryFolder();
        var passages = RandomCollection.Passages(2, 150);
        using var index = RandomCollection.Index(folder["index"], passages);

        foreach (var passage in passages)
        {
            index.Passages.TryFind(passage.Id, out var ordinal).ShouldBeTrue();
            index.Passages.Read(ordinal).ShouldBe(passage);
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
            var expected = passages.ToDictionary(passage => passage.Id, passage => passage.FullText.Split((char[]?)null).Count(term => term == $"t{number}")).Where(entry => entry.Value > 0).ToDictionary();
            index.Terms.Statistics(all).Of($"t{number}").ShouldBe(new TermStatistics(expected.Count, expected.Values.Sum()));
            index.Terms.Postings($"t{number}", all).ToDictionary(posting => index.Passages.ReadId(posting.Passage), posting => posting.Frequency).ShouldBe(expected, ignoreOrder: true);
        }
        for (var ordinal = 0; ordinal < passages.Count; ordinal++)
        {
            var terms = index.Passages.Read(ordinal).FullText.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            index.Terms.TermsOf(ordinal).ShouldBe(terms.GroupBy(term => term).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => KeyValuePair.Create(group.Key, group.Count())));
            index.Terms.Length(ordinal).ShouldBe(terms.Length);
        }
    }

    [Fact]
    public void Open_MissingOrUnfinishedFolder_SaysHowToMakeIt()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<DragomanException>(() => SearchIndex.Open(folder["none"])).Message.ShouldContain("does not exist; make it with 'dragoman index'");
        Should.Throw<DragomanException>(() => SearchIndex.Open(folder.Path)).Message.ShouldContain("not a finished output");
        folder.Write("model/.complete", "");
        Should.Throw<DragomanException>(() => SearchIndex.Open(folder["model"])).Message.ShouldContain("is not an index");
    }

    [Fact]
    public void Open_IndexOfTheFormerFormat_AsksToRebuild()
    {
        using var folder = new TemporaryFolder();
        folder.With("old/.complete", "").With("old/passages.bin", "x").With("old/manifest.json", """{"version": 1}""");

        Should.Throw<DragomanException>(() => SearchIndex.Open(folder["old"])).Message
            .ShouldBe($"Index {folder["old"]} was made by an older version of Dragoman, in a format that is not read any more; rebuild it with 'dragoman index'.");
        RandomCollection.Index(folder["old"], RandomCollection.Passages(7, 5)).Dispose();
        File.Exists(folder["old/passages.bin"]).ShouldBeFalse();
    }

    [Fact]
    public void Build_OverAnOlderFormat_TakesItsPlace()
    {
        using var folder = new TemporaryFolder();
        RandomCollection.Index(folder["index"], RandomCollection.Passages(8, 5)).Dispose();
        var database = File.ReadAllBytes(folder["index/index.db"]);
        database[63]--; // the last byte of SQLite's user_version
        File.WriteAllBytes(folder["index/index.db"], database);
        Should.Throw<DragomanException>(() => SearchIndex.Open(folder["index"])).Message.ShouldContain("which this version does not read (it reads 4); rebuild it with 'dragoman index'.");

        using var rebuilt = RandomCollection.Index(folder["index"], RandomCollection.Passages(9, 7), positions: true);

        (rebuilt.Manifest.Passages, rebuilt.Manifest.Version, rebuilt.Manifest.Positions).ShouldBe((7, IndexManifest.CurrentVersion, true));
    }

    [Fact]
    public void Open_NewerFormat_SaysSo()
    {
        using var folder = new TemporaryFolder();
        RandomCollection.Index(folder["index"], RandomCollection.Passages(8, 5)).Dispose();
        var database = File.ReadAllBytes(folder["index/index.db"]);
        database[63]++; // the last byte of SQLite's user_version
        File.WriteAllBytes(folder["index/index.db"], database);

        Should.Throw<DragomanException>(() => SearchIndex.Open(folder["index"])).Message.ShouldContain("has format 5, made by a newer version of Dragoman");
    }

    [Fact]
    public void Open_FolderIsMovedOrDeletedWhileRead_ReadsOn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files that are open cannot be moved there");
        using var folder = new TemporaryFolder();
        var passages = RandomCollection.Passages(8, 50);
        RandomCollection.Index(folder["index"], passages).Dispose();
        using var index = SearchIndex.Open(folder["index"], verifiedBytes: 0);
        index.IsPublished().ShouldBeTrue();

        Directory.Move(folder["index"], folder["moved"]);
        index.Passages.TryFind(passages[0].Id, out var first).ShouldBeTrue();
        index.Passages.Read(first).Text.ShouldBe(passages[0].Text);
        Should.Throw<DragomanException>(() => index.IsPublished());
        Directory.Delete(folder["moved"], recursive: true);
        index.Passages.TryFind(passages[^1].Id, out var last).ShouldBeTrue();
        index.Passages.Read(last).Text.ShouldBe(passages[^1].Text);
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
