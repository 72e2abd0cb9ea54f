using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Beir;

namespace Dragoman.Collections.Tests;

public sealed class CollectionTests : IDisposable
{
    private static readonly Passage[] Passages = [new("p1", "T", "text", "en"), new("p2", "", "мәтін", "kk")];
    private static readonly Query[] Queries = [new("q1", "什么", "zh")];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WriteThenOpen_Folder_IsTheSame()
    {
        BeirFolder.Write(_folder.Path, Passages, Queries, new Dictionary<string, Qrels> { ["test"] = Judged("p2"), ["dev"] = Judged("p1") }).ShouldBe((2, 1));

        var collection = Collection.Open(_folder.Path);

        collection.ReadPassages().ShouldBe(Passages);
        collection.ReadQueries().ShouldBe(Queries);
        collection.Splits.ShouldBe(["dev", "test"]);
        collection.ReadQrels("test").Judgements("q1").ShouldBe([new Judgement("p2", 3)]);
        Should.Throw<DragomanException>(() => collection.ReadQrels()).Message.ShouldBe($"{_folder.Path} holds several splits of judgements (dev, test); name one.");
        Should.Throw<DragomanException>(() => collection.ReadQrels("train")).Message.ShouldBe($"{_folder.Path} holds no split 'train' of judgements; it has dev, test.");
    }

    [Fact]
    public void Open_TrecQrelsAndGzip_AreFound()
    {
        _folder.Write("corpus.jsonl.gz", Gzipped.Bytes("""{"_id": "p1", "text": "x"}"""));
        _folder.Write("queries.tsv", "q1\twhat\n");
        _folder.Write("qrels.txt", "q1 Q0 p1 2\n");

        var collection = Collection.Open(_folder.Path);

        collection.ReadPassages().Single().Id.ShouldBe("p1");
        collection.ReadQueries().Single().ShouldBe(new Query("q1", "what", "und"));
        collection.ReadQrels().Grade("q1", "p1").ShouldBe(2);
    }

    [Fact]
    public void Open_NoCorpus_SaysSo() =>
        Should.Throw<DragomanException>(() => Collection.Open(_folder.Path)).Message
            .ShouldBe($"{_folder.Path} holds no corpus.jsonl or corpus.jsonl.gz; is it a collection in BEIR layout?");

    [Theory] // counts of the data's own README
    [InlineData("docs/opentelemetry", 1004, 740, 2230)]
    [InlineData("docs/fastapi", 1571, 1399, 16_766)]
    [InlineData("docs/electron", 1431, 622, 4353)]
    [InlineData("docs/mozilla-www", 1253, 839, 18_432)]
    [InlineData("docs/tldr", 3542, 3371, 34_958)]
    [InlineData("wikidata-zh-kk", 5982, 1088, 7545)]
    public void Read_SharedCollection_HasEverything(string name, int passages, int queries, int judgements)
    {
        var folder = TestPaths.Data(name);

        var collection = Collection.Open(folder);

        collection.ReadPassages().Count().ShouldBe(passages);
        collection.ReadQueries().Count().ShouldBe(queries);
        collection.ReadQrels().JudgementCount.ShouldBe(judgements);
    }

    private static Qrels Judged(string passageId)
    {
        var builder = new QrelsBuilder();
        builder.Add("q1", passageId, 3);
        return builder.Build();
    }
}
