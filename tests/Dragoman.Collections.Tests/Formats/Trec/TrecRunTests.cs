using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Trec;

namespace Dragoman.Collections.Tests.Formats.Trec;

public sealed class TrecRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_AnyOrderAndSpace_SortsByScoreThenIdDescending()
    {
        var path = _folder.Write("run", "2 0 x 1 1e-3 t\r\n# a comment\n1\tQ0\ta\t9\t0.5\tt\n1  Q0 c 1 0.5 t\n\n 2 Q0 y 1 -2 t\n1 Q0 b 2 0.5 t\n1 Q0 d 3 7 t\n");

        var run = TrecRun.Read(path);

        run.QueryIds.ShouldBe(["2", "1"]);
        run.Ranking("1").ShouldBe([new("d", 7), new("c", 0.5), new("b", 0.5), new("a", 0.5)]);
        run.Ranking("2").ShouldBe([new("x", 0.001), new("y", -2)]);
        run.Tag.ShouldBe("t");
    }

    [Fact] // U+FF5E is below U+1F600 in UTF-8, above it in UTF-16
    public void Read_TiesAboveTheBasicPlane_AreInByteOrder()
    {
        var run = TrecRun.Read(_folder.Write("run", "1 0 ～ 1 1 t\n1 0 😀 2 1 t\n"));

        run.Ranking("1").Select(passage => passage.PassageId).ShouldBe(["😀", "～"]);
    }

    [Fact]
    public void WriteThenRead_Scores_AreTheSameDoubles()
    {
        var builder = new RunBuilder("my system");
        builder.Add("q", [new("a", 0.1 + 0.2), new("b", 1.0 / 3), new("c", 16777217), new("d", double.Epsilon), new("e", -1e300)]);
        var run = builder.Build();

        TrecRun.Write(_folder["run.gz"], run);

        var read = TrecRun.Read(_folder["run.gz"]);
        read.Ranking("q").ShouldBe(run.Ranking("q"));
        read.Tag.ShouldBe("my_system");
    }

    [Fact]
    public void Write_Text_HasRanksFromOne()
    {
        var builder = new RunBuilder("t");
        builder.Add("q", [new("a", 1), new("b", 2.5), new("c", 1)]);
        using var writer = new StringWriter();

        TrecRun.Write(writer, builder.Build());

        writer.ToString().ShouldBe("q Q0 b 1 2.5 t\nq Q0 c 2 1 t\nq Q0 a 3 1 t\n");
    }

    [Theory]
    [InlineData("1 Q0 a 1 1", ", line 2: 5 fields, expected 6 (query, Q0, passage, rank, score, tag); found \"1 Q0 a 1 1\". Is the file truncated?")]
    [InlineData("1 Q0 a 1 1 t u", ", line 2: 7 fields, expected 6 (query, Q0, passage, rank, score, tag); found \"1 Q0 a 1 1 t u\".")]
    [InlineData("1 Q0 a 1 1,5 t", ", line 2: the score \"1,5\" is not a finite number; expected query, Q0, passage, rank, score, tag.")]
    [InlineData("1 Q0 a 1 nan t", ", line 2: the score \"nan\" is not a finite number; expected query, Q0, passage, rank, score, tag.")]
    [InlineData("1 Q0 p 1 2 t", ", line 2: passage p of query 1 is already on line 1; keep one of the two lines.")]
    public void Read_BadSecondLine_SaysWhatAndWhere(string line, string problem)
    {
        var path = _folder.Write("run", "1 Q0 p 1 1.0 t\n" + line + "\n");

        Should.Throw<DataFormatException>(() => TrecRun.Read(path)).Message.ShouldBe(path + problem);
    }

    [Fact]
    public void Read_Empty_SaysSo()
    {
        var path = _folder.Write("run", "\n");

        Should.Throw<DataFormatException>(() => TrecRun.Read(path)).Message.ShouldStartWith($"{path}: the run is empty; expected lines of query, Q0, passage, rank, score and tag.");
    }

    [Fact]
    public void Build_PassageTwice_Throws()
    {
        var builder = new RunBuilder("t");
        builder.Add("q", "a", 1);
        builder.Add("r", "a", 1);
        builder.Add("q", "a", 2);

        Should.Throw<ArgumentException>(() => builder.Build()).Message.ShouldBe("Passage a occurs twice for query q.");
    }

    [Fact]
    public void Restrict_ToSomePassages_DropsEmptyQueries()
    {
        var run = TrecRun.Read(_folder.Write("run", "1 0 kk-1 1 3 t\n1 0 zh-1 1 2 t\n1 0 kk-2 1 1 t\n2 0 zh-1 1 1 t\n"));

        var kazakh = run.Restrict(id => id.StartsWith("kk-", StringComparison.Ordinal));

        kazakh.QueryIds.ShouldBe(["1"]);
        kazakh.Ranking("1").ShouldBe([new("kk-1", 3), new("kk-2", 1)]);
    }

    [Fact]
    public void Read_ManyIds_KeepsThemApart()
    {
        var builder = new RunBuilder("t");
        for (var i = 0; i < 20_000; i++) builder.Add($"q{i % 100}", $"passage-{i}", i);
        var run = builder.Build();

        run.Passages.Count.ShouldBe(20_000);
        for (var query = 0; query < 100; query++) run.Ranking($"q{query}")[0].ShouldBe(new RankedPassage($"passage-{19_900 + query}", 19_900 + query));
    }
}
