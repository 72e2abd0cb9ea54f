using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;

namespace Dragoman.Collections.Tests.Formats;

public sealed class PassagesFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("kk.tsv", "12\tбір екі", "12", "", "бір екі", "kk")]
    [InlineData("chinese_collection.tsv", "0\t一\t二", "0", "", "一\t二", "zh")]
    [InlineData("corpus.jsonl", """{"_id": "a", "title": "t", "text": "x", "lang": "zh-hant"}""", "a", "t", "x", "zh-Hant")]
    [InlineData("miracl-corpus-v1.0-zh/docs-0.jsonl", """{"docid": "39#0", "title": "t", "text": "x"}""", "39#0", "t", "x", "zh")]
    [InlineData("mrtydi-v1.1-korean/collection/docs.jsonl", """{"id": "7#0", "contents": "x"}""", "7#0", "", "x", "ko")]
    [InlineData("zho-00000-of-00001.jsonl", """{"id": "c1", "cc_file": "f", "time": "2020", "title": "t", "text": "x", "url": "u"}""", "c1", "t", "x", "zh")]
    [InlineData("docs.jsonl", """{"id": "d", "lang": "rus", "date": null, "text": "x"}""", "d", "", "x", "ru")]
    [InlineData("docs.jsonl", """{"id": 5, "title": null, "text": "x"}""", "5", "", "x", "und")]
    public void Read_EachLayout_IsTheSameRecord(string name, string line, string id, string title, string text, string language) =>
        PassagesFile.Read(_folder.Write(name, line)).ShouldHaveSingleItem().ShouldBe(new Passage(id, title, text, language));

    [Fact]
    public void Read_LanguageGiven_WinsOverTheFileName() =>
        PassagesFile.Read(_folder.Write("kk.tsv", "1\ta"), new PassageOptions { Language = "ru" }).ShouldHaveSingleItem().Language.ShouldBe("ru");

    [Fact]
    public void Read_FolderOfShards_TakesThemInNumericalOrder()
    {
        foreach (var shard in new[] { 0, 2, 10 }) _folder.With($"docs-{shard}.jsonl.gz", Gzipped.Bytes($$"""{"docid": "{{shard}}#0", "title": "", "text": "x"}"""));
        _folder.With("README.md", "about");
        PassagesFile.Read(_folder.Path).Select(passage => passage.Id).ShouldBe(["0#0", "2#0", "10#0"]);
    }

    [Fact]
    public void Read_IdInTwoShards_NamesBothFiles()
    {
        _folder.With("docs-0.jsonl", "{\"docid\": \"a\", \"text\": \"x\"}\n{\"docid\": \"b\", \"text\": \"x\"}").With("docs-1.jsonl", "{\"docid\": \"b\", \"text\": \"y\"}");
        Should.Throw<DataFormatException>(() => PassagesFile.Read(_folder.Path).ToList()).Message
            .ShouldBe($"{_folder["docs-1.jsonl"]}, line 1: the passage id b is already on line 2 of {_folder["docs-0.jsonl"]}; ids must be unique.");
    }

    [Fact]
    public void Read_FormatNamed_RefusesAnother() =>
        Should.Throw<DataFormatException>(() => PassagesFile.Read(_folder.Write("x", """{"_id": "a", "text": "x"}"""), new PassageOptions { Format = "miracl" }).ToList()).Message
            .ShouldEndWith("""line 1: the field "docid" is missing; expected {"docid": "39#0", "title": "…", "text": "…"}.""");

    [Theory]
    [InlineData("nonsense", "format: 'nonsense' is not a format; known are africlirmatrix, beir, ciral, clirmatrix, kazqad, miracl, mkqa, mrtydi, msmarco, neuclir, patapsco, trec.")]
    [InlineData("xquad", "format: 'xquad' is no format of single files; use 'dragoman prepare xquad'.")]
    [InlineData("trec", "format: 'trec' has no files of documents; leave the format out, and the file's content tells.")]
    public void Read_FormatWithoutDocuments_IsRefused(string format, string message) =>
        Should.Throw<ConfigurationException>(() => PassagesFile.Read("x", new PassageOptions { Format = format })).Message.ShouldBe(message);

    [Fact]
    public void Read_QueriesInsteadOfDocuments_SaysSo() =>
        Should.Throw<DataFormatException>(() => PassagesFile.Read(_folder.Write("x", """{"topic_id": "1", "topics": []}""")).ToList()).Message.ShouldContain("line 1: these are queries and not documents; expected JSON lines like");

    [Fact]
    public void Read_FolderWithoutDocuments_SaysWhatItLooksFor() =>
        Should.Throw<DragomanException>(() => PassagesFile.Read(_folder.Path).ToList()).Message
            .ShouldBe($"{_folder.Path} holds no documents (corpus.jsonl, docs-0.jsonl.gz, collection/docs.jsonl.gz or collection.tsv); name the file itself.");

    [Fact]
    public void Read_DoublyEncodedText_IsRepairedWhenAsked()
    {
        var path = _folder.Write("collection.tsv", "0\tdoesn\u00e2\u0080\u0099t cafÃ© naïve");
        PassagesFile.Read(path, new PassageOptions { RepairEncoding = true }).Single().Text.ShouldBe("doesn’t café naïve");
        PassagesFile.Read(path).Single().Text.ShouldBe("doesn\u00e2\u0080\u0099t cafÃ© naïve");
    }
}
