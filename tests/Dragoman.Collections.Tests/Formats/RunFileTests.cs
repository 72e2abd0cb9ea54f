using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;

namespace Dragoman.Collections.Tests.Formats;

public sealed class RunFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1 Q0 b 1 2.5 t\n1 Q0 a 2 1 t\n", "t")]
    [InlineData("# made by hand\n1\tQ0\tb\t1\t2.5\tt\n1\tQ0\ta\t2\t1\tt\n", "t")]
    [InlineData("1\tb\t1\n1\ta\t2\n", "msmarco")]
    [InlineData("""{"query": {"id": "1", "lang": "eng"}, "doc_lang": "rus", "system": "s", "results": [{"doc_id": "b", "rank": 0, "score": 9.5}, {"doc_id": "a", "rank": 1, "score": 3}]}""", "s")]
    [InlineData("""{"src_id": "1", "src_query": "x", "tgt_results": [["a", 6], ["b", 0]]}""", "candidates")]
    public void Read_EachFormat_RanksTheSame(string content, string tag)
    {
        var run = RunFile.Read(_folder.Write("run", content));
        run.Tag.ShouldBe(tag);
        run.Ranking("1").Select(passage => passage.PassageId).ShouldBe(["b", "a"]);
    }

    [Fact]
    public void Read_MsMarcoRank_BecomesItsReciprocal() =>
        RunFile.Read(_folder.Write("run", "7\tx\t1\n7\ty\t4\n")).Ranking("7").ShouldBe([new RankedPassage("x", 1), new RankedPassage("y", 0.25)]);

    [Theory]
    [InlineData("7\tx\t0\n", "line 1: the rank \"0\" is not a whole number from 1; expected query, passage, rank.")]
    [InlineData("7\tx\t1\n7\ty\n", "line 2: 2 fields, expected 3 (query, passage, rank); found \"7 y\". Is the file truncated?")]
    [InlineData("7\tx\t1\n7\tx\t2\n", "line 2: passage x of query 7 is already on line 1; keep one of the two lines.")]
    [InlineData("{\"query\": {\"id\": \"1\"}, \"results\": [{\"doc_id\": \"a\", \"score\": 1e999}]}", "line 1: the field \"results[0].score\" is a number, expected a finite number")]
    [InlineData("{\"topic_id\": \"1\"}", "line 1: JSON, but no run; expected lines of query, Q0, passage, rank, score and tag, or Patapsco's ")]
    [InlineData("", "the run is empty")]
    public void Read_Malformed_SaysWhere(string content, string problem) => Should.Throw<DataFormatException>(() => RunFile.Read(_folder.Write("run", content))).Message.ShouldContain(problem);

    [Theory]
    [InlineData("trec")]
    [InlineData("patapsco")]
    [InlineData("msmarco")]
    public void Write_ThenRead_KeepsTheRanking(string format)
    {
        var builder = new RunBuilder("sys");
        builder.Add("q1", [new RankedPassage("a", 0.1), new RankedPassage("b", 1e-9), new RankedPassage("c", -3)]);
        builder.Add("q2", [new RankedPassage("a", 5)]);
        var run = builder.Build();
        RunFile.Write(_folder["run.gz"], format, run);
        var read = RunFile.Read(_folder["run.gz"], format);
        read.QueryIds.ShouldBe(run.QueryIds);
        foreach (var query in run.QueryIds)
        {
            if (format == "msmarco") read.Ranking(query).Select(passage => passage.PassageId).ShouldBe(run.Ranking(query).Select(passage => passage.PassageId));
            else read.Ranking(query).ShouldBe(run.Ranking(query));
        }
    }
}
