using Dragoman.Collections;
using Dragoman.Collections.Storage;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.Tests.Sampling.Teachers;

public sealed class KeptScoresTests
{
    private static (Query Query, Passage Passage) Pair(string query, string passage) => (new Query(query, "", "en"), new Passage(passage, "", "", "en"));

    [Theory]
    [InlineData("q3\tp1\t7\n")]
    [InlineData("q3\tp1\t7\n#\t2\n")]                        // another number of pairs than it says
    [InlineData("q3\tp")]
    [InlineData("#")]
    [InlineData("q3\tp1\t7\n#\t1")]
    [InlineData("")]
    public void Open_TornTail_KeepsWhatIsWholeAndGoesOn(string tail)
    {
        using var folder = new TemporaryFolder();
        var scores = new KeptScores(folder["scores.tsv"]);
        scores.Add([Pair("q1", "p1"), Pair("q1", "қазақ")], [0.1f, -1.5e-20f]);
        scores.Add([Pair("q2", "p1")], [float.MaxValue]);
        scores.Add([], []);
        File.AppendAllText(folder["scores.tsv"], tail);

        var again = new KeptScores(folder["scores.tsv"]);
        again.Count.ShouldBe(3);
        (again["q1", "p1"], again["q1", "қазақ"], again["q2", "p1"]).ShouldBe((0.1f, -1.5e-20f, float.MaxValue));
        again.Has("q3", "p1").ShouldBeFalse();
        again.Add([Pair("q3", "p1")], [7]);
        new KeptScores(folder["scores.tsv"])["q3", "p1"].ShouldBe(7);
    }

    [Fact]
    public void Publish_AnyOrder_WritesTheSameFile()
    {
        using var folder = new TemporaryFolder();
        var (left, right) = (new KeptScores(folder["left.tsv"]), new KeptScores(folder["right.tsv"]));
        left.Add([Pair("q2", "p1"), Pair("q1", "p2")], [1, 2]);
        left.Add([Pair("q1", "p1")], [0.1f]);
        right.Add([Pair("q1", "p1"), Pair("q1", "p2"), Pair("q2", "p1")], [0.1f, 2, 1]);
        left.Publish(folder["left.tsv.gz"], query => query[1] - '1');
        right.Publish(folder["right.tsv.gz"], query => query[1] - '1');
        TextLines.Read(folder["left.tsv.gz"]).Select(line => line.Text).ShouldBe(["query\tpassage\tfold\tscore", "q1\tp1\t1\t0.1", "q1\tp2\t1\t2", "q2\tp1\t2\t1"]);
        File.ReadAllBytes(folder["right.tsv.gz"]).ShouldBe(File.ReadAllBytes(folder["left.tsv.gz"]));
    }
}
