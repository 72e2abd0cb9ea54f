using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Formats.Beir;
using Dragoman.Collections.Formats.Trec;

namespace Dragoman.Collections.Tests.Formats.Trec;

public sealed class QrelsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("qrels.txt", "q1 0 p1 2\r\nq1\tQ0\tp2\t-1\nq2 zho p1 0\n")]
    [InlineData("test.tsv", "query-id\tcorpus-id\tscore\nq1\tp1\t2\nq1\tp2\t-1\nq2\tp1\t0\n")]
    [InlineData("bare.tsv", "q1\tp1\t2\nq1\tp2\t-1\nq2\tp1\t0\n")]
    [InlineData("msmarco.tsv", "q1\t0\tp1\t2\nq1\t0\tp2\t-1\nq2\t0\tp1\t0\n")]
    public void Read_EitherFormat_GivesTheJudgements(string name, string content)
    {
        var qrels = QrelsFile.Read(_folder.Write(name, content));

        qrels.QueryIds.ShouldBe(["q1", "q2"]);
        qrels.Judgements("q1").ShouldBe([new("p1", 2), new("p2", -1)]);
        qrels.Grade("q2", "p1").ShouldBe(0);
        qrels.Grade("q2", "p2").ShouldBeNull();
    }

    [Fact]
    public void WriteThenRead_BothFormats_AreTheSame()
    {
        var builder = new QrelsBuilder();
        builder.Add("q1", "p1", 2);
        builder.Add("q2", "p1", 0);
        builder.Add("q1", "p2", -1);
        var qrels = builder.Build();

        TrecQrels.Write(_folder["a.txt"], qrels);
        BeirQrels.Write(_folder["a.tsv"], qrels);

        foreach (var name in new[] { "a.txt", "a.tsv" }) QrelsFile.Read(_folder[name]).Judgements("q1").ShouldBe([new("p1", 2), new("p2", -1)]);
    }

    [Theory]
    [InlineData("qrels.txt", "17 0 kk-9930 1\n17 0 kk-9931\n", ", line 2: 3 fields, expected 4 (query, iteration, passage, grade); found \"17 0 kk-9931\". Is the file truncated?")]
    [InlineData("qrels.txt", "17 0 a 1\n17 0 b x\n", ", line 2: the grade \"x\" is not a whole number; expected query, iteration, passage, grade.")]
    [InlineData("qrels.txt", "17 0 a 1\n18 0 a 1\n17 0 a 2\n", ", line 3: passage a of query 17 is already on line 1; keep one of the two lines.")]
    [InlineData("qrels.txt", "", ": no judgements; expected lines of query, iteration, passage, grade.")]
    [InlineData("test.tsv", "query-id\tcorpus-id\tscore\n17\ta\n", ", line 2: 2 fields, expected 3 (query, passage, grade); found \"17 a\". Is the file truncated?")]
    [InlineData("test.tsv", "query-id\tcorpus-id\tscore\n", ": no judgements; expected lines of query, passage, grade.")]
    public void Read_Bad_SaysWhatAndWhere(string name, string content, string problem)
    {
        var path = _folder.Write(name, content);

        Should.Throw<DataFormatException>(() => QrelsFile.Read(path)).Message.ShouldBe(path + problem);
    }
}
