using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.FirstStage;
using Dragoman.Retrieval.FirstStage.Psq;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Tests.FirstStage.Psq;

namespace Dragoman.Retrieval.Tests.Indexing;

/// <summary>Weights as files of an index: what happens to them when it changes or is damaged.</summary>
public class WeightFilesTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public void Add_ToAnIndexWithWeights_NeedsTheSameWeigher()
    {
        using var folder = new TemporaryFolder();
        var (tables, others) = (RandomTables.Write(folder["tables"], 1), RandomTables.Write(folder["others"], 2));
        StoredPsqTests.Build(folder["index"], RandomCollection.Passages(1, 30), new PsqWeigher(tables, ["en"])).Dispose();
        StoredPsqTests.Build(folder["plain"], RandomCollection.Passages(1, 30), null).Dispose();

        ShouldRefuse("index", null, "index psq --remove");
        ShouldRefuse("index", new PsqWeigher(others, ["en"]), "others than those they were made from");
        ShouldRefuse("index", new PsqWeigher(tables, ["en", "kk"]), "they are for queries in en, not in en, kk");
        ShouldRefuse("index", new PsqWeigher(tables, ["en"], new PsqOptions { Background = 0.5 }), "the background is 0.3 in them, not 0.5");
        ShouldRefuse("plain", new PsqWeigher(tables, ["en"]), "has no PSQ weights");

        void ShouldRefuse(string path, PsqWeigher? weigher, string reason) => Should.Throw<DragomanException>(() => IndexWriter.Open(folder[path], new IndexWriteOptions { Analyzer = new SpaceAnalyzer(), Weigher = weigher }).Dispose()).Message.ShouldContain(reason);
    }

    [Fact]
    public void DeleteAndMerge_WithoutTables_KeepTheWeights()
    {
        using var folder = new TemporaryFolder();
        var tables = RandomTables.Write(folder["tables"], 3);
        var passages = RandomCollection.Passages(3, 90);
        StoredPsqTests.Build(folder["index"], passages.Take(50), new PsqWeigher(tables, ["en"])).Dispose();
        using (var writer = IndexWriter.Open(folder["index"], new IndexWriteOptions { Analyzer = new SpaceAnalyzer(), Weigher = new PsqWeigher(tables, ["en"]) }))
        {
            writer.Add(passages.Skip(50), cancellationToken: Token);
            writer.Publish("add");
        }
        using (var writer = IndexWriter.Open(folder["index"]))
        {
            writer.Delete(passages.Where((_, place) => place % 3 == 0).Select(passage => passage.Id)).ShouldBe(30);
            writer.Publish("delete");
            writer.Merge(all: true, Token).ShouldBeTrue();
            writer.Publish("merge");
        }
        using var index = SearchIndex.Open(folder["index"]);
        using var rebuilt = StoredPsqTests.Build(folder["rebuilt"], passages.Where((_, place) => place % 3 != 0), new PsqWeigher(tables, ["en"]));
        index.Manifest.Weights!.Pairs.ShouldBe(rebuilt.Manifest.Weights!.Pairs);
        index.Manifest.Weights.Bytes.ShouldBe(rebuilt.Manifest.Weights.Bytes);
    }

    [Fact]
    public void Weigh_Null_RemovesTheWeights()
    {
        using var folder = new TemporaryFolder();
        var tables = RandomTables.Write(folder["tables"], 4);
        StoredPsqTests.Build(folder["index"], RandomCollection.Passages(4, 30), new PsqWeigher(tables, ["en"])).Dispose();

        using (var writer = IndexWriter.Open(folder["index"]))
        {
            writer.Weigh(null, 1, 1, cancellationToken: Token);
            writer.Publish("psq");
        }

        using var index = SearchIndex.Open(folder["index"]);
        index.Manifest.Weights.ShouldBeNull();
        Directory.GetFiles(folder["index/segments"], "*.wgt").ShouldBeEmpty();
    }

    [Fact]
    public void Weigh_NotPublished_LeavesTheIndexAsItWas()
    {
        using var folder = new TemporaryFolder();
        var tables = RandomTables.Write(folder["tables"], 5);
        StoredPsqTests.Build(folder["index"], RandomCollection.Passages(5, 30), new PsqWeigher(tables, ["en"])).Dispose();
        var before = Directory.GetFiles(folder["index/segments"]);

        using (var writer = IndexWriter.Open(folder["index"])) writer.Weigh(new PsqWeigher(tables, ["en", "kk"]), 1 << 20, 2, cancellationToken: Token);

        Directory.GetFiles(folder["index/segments"]).ShouldBe(before, ignoreOrder: true);
        StoredPsqTests.SettingsOf(folder["index"]).QueryLanguages.ShouldBe(["en"]);
    }

    [Fact]
    public void Open_EveryByteOfTheWeights_IsUnderAChecksum()
    {
        using var folder = new TemporaryFolder();
        var tables = RandomTables.Write(folder["tables"], 6);
        StoredPsqTests.Build(folder["index"], RandomCollection.Passages(6, 4), new PsqWeigher(tables, ["en"])).Dispose();
        var file = Directory.GetFiles(folder["index/segments"], "*.wgt").Single();
        var bytes = File.ReadAllBytes(file);
        for (var place = 0; place < bytes.Length; place++)
        {
            bytes[place] ^= 0x10;
            File.WriteAllBytes(file, bytes);
            Should.Throw<DataFormatException>(() => SearchIndex.Open(folder["index"])).Path.ShouldBe(file);
            bytes[place] ^= 0x10;
        }
        File.Delete(file);
        Should.Throw<DataFormatException>(() => SearchIndex.Open(folder["index"])).Message.ShouldContain("the file is missing");
    }

    [Fact]
    public void Create_NoTableToTheQueryLanguage_SaysWhichTablesThereAre()
    {
        using var folder = new TemporaryFolder();
        var tables = RandomTables.Write(folder["tables"], 7);

        Should.Throw<ConfigurationException>(() => new PsqWeigher(tables, ["ru"])).Message.ShouldContain("leads to ru");
        Should.Throw<ConfigurationException>(() => new PsqWeigher(tables, [])).Message.ShouldContain("no language of queries is named");
        Should.Throw<ConfigurationException>(() => new PsqWeigher(tables, ["en", "no tag"], new PsqOptions { Background = 2, Model = PsqModel.Bm25 })).Problems.Count.ShouldBe(3);
    }
}
