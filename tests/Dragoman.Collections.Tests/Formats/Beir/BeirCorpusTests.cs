using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Beir;

namespace Dragoman.Collections.Tests.Formats.Beir;

public sealed class BeirCorpusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_AllFields_AndUnknownOnes()
    {
        var path = _folder.Write("corpus.jsonl", """
            {"_id": "a", "title": "T", "text": "x\ny", "lang": "ZH-hant", "metadata": {"text": "no", "list": [1, {"_id": "z"}]}}

            {"text": "only", "_id": "b"}

            """);

        BeirCorpus.Read(path).ShouldBe([new Passage("a", "T", "x\ny", "zh-Hant"), new Passage("b", "", "only", "und")]);
    }

    [Fact]
    public void WriteThenRead_AnyText_IsTheSame()
    {
        Passage[] passages = [new("p1", "«Тақырып»", "a\t\"b\"\\ <&> \u2028 é", "kk"), new("丙", "", "", "zh")];

        BeirCorpus.Write(_folder["corpus.jsonl.gz"], passages).ShouldBe(2);

        BeirCorpus.Read(_folder["corpus.jsonl.gz"]).ShouldBe(passages);
    }

    [Theory]
    [InlineData("""{"_id": "b", "text": "x" "lang": "kk"}""", """not valid JSON at character 26 ('"' is invalid after a value. Expected either ',', '}', or ']'); expected {"_id": "p1", "title": "…", "text": "…", "lang": "kk"}.""")]
    [InlineData("""{"_id": "b", "text": "қаз""", """not valid JSON at character 26 (Expected end of string, but instead reached end of data); expected {"_id": "p1", "title": "…", "text": "…", "lang": "kk"}.""")]
    [InlineData("""["b"]""", """an array instead of an object; expected {"_id": "p1", "title": "…", "text": "…", "lang": "kk"}.""")]
    [InlineData("""{"id": "b", "text": "x"}""", """the field "_id" is missing; expected {"_id": "p1", "title": "…", "text": "…", "lang": "kk"}.""")]
    [InlineData("""{"_id": "b"}""", """the field "text" is missing; expected {"_id": "p1", "title": "…", "text": "…", "lang": "kk"}.""")]
    [InlineData("""{"_id": 7, "text": "x"}""", """the field "_id" is a number, expected a string as in {"_id": "p1", "title": "…", "text": "…", "lang": "kk"}.""")]
    [InlineData("""{"_id": "b c", "text": "x"}""", """the id "b c" contains white space, which TREC runs cannot hold; replace it, for example by '_'.""")]
    [InlineData("""{"_id": "", "text": "x"}""", "the id is empty; every passage and query needs one.")]
    [InlineData("""{"_id": "a", "text": "x"}""", "the passage id a is already on line 1; ids must be unique.")]
    [InlineData("""{"_id": "b", "text": "x", "lang": "zh_CN"}""", "\"zh_CN\" is not a language tag; use a BCP 47 tag such as \"kk\", \"zh\" or \"zh-Hant\", or \"und\" when the language is not known.")]
    [InlineData("""{"_id": "b", "text": "\ud800"}""", "the field \"text\" holds half of a surrogate pair (\\ud800 to \\udfff alone), which is no character; write the text as UTF-8.")]
    public void Read_BadSecondLine_SaysWhatAndWhere(string line, string problem)
    {
        var path = _folder.Write("corpus.jsonl", """{"_id": "a", "text": "x"}""" + "\n" + line + "\n");

        var failure = Should.Throw<DataFormatException>(() => BeirCorpus.Read(path).ToList());

        failure.Message.ShouldBe($"{path}, line 2: {problem}");
        failure.Line.ShouldBe(2);
    }

    [Fact]
    public void Read_Empty_SaysSo()
    {
        var path = _folder.Write("corpus.jsonl", "\n");

        Should.Throw<DataFormatException>(() => BeirCorpus.Read(path).ToList()).Message
            .ShouldBe(path + """: the collection is empty; expected one passage a line: {"_id": "p1", "title": "…", "text": "…", "lang": "kk"}.""");
    }

    [Fact]
    public void Write_FailsHalfway_LeavesNothing()
    {
        Should.Throw<DivideByZeroException>(() => BeirCorpus.Write(_folder["corpus.jsonl"], Broken()));

        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();

        static IEnumerable<Passage> Broken()
        {
            yield return new Passage("a", "", "x", "en");
            throw new DivideByZeroException();
        }
    }
}
