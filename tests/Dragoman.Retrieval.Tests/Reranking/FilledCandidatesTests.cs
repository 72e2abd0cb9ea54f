using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Reranking;

namespace Dragoman.Retrieval.Tests.Reranking;

public sealed class FilledCandidatesTests
{
    private static readonly Dictionary<string, string> Languages = Enumerable.Range(0, 30).ToDictionary(i => $"p{i:00}", i => i < 20 ? "kk" : "ru");

    private static Qrels Judgements()
    {
        var builder = new QrelsBuilder();
        builder.Add("q1", "p01", 3);
        builder.Add("q1", "p02", 1);
        builder.Add("q1", "p03", 0);
        builder.Add("q2", "p04", 6);
        return builder.Build();
    }

    private static Run Found()
    {
        var builder = new RunBuilder("bm25");
        builder.Add("q1", [new("p05", 3), new("p01", 2), new("p06", 1), new("p07", 0.5)]);
        builder.Add("q9", [new("p05", 3)]);
        return builder.Build();
    }

    [Fact]
    public void Of_ShortRun_IsFilledUpWithOtherPassagesOfTheLanguageBelowWhatWasFound()
    {
        var filled = FilledCandidates.Of(Found(), Judgements(), Languages, 10, 1);
        filled.Run.QueryIds.Order().ShouldBe(["q1", "q2"]);
        foreach (var query in filled.Run.QueryIds) filled.Run.Ranking(query).Count.ShouldBe(10);
        filled.Run.Ranking("q1").Take(4).Select(passage => passage.PassageId).ShouldBe(["p05", "p01", "p06", "p07"]);
        filled.Run.Ranking("q1").Skip(4).Select(passage => passage.PassageId).ShouldBe(filled.Fill["q1"]);
        filled.Fill["q1"].ShouldNotContain("p02");
        filled.Fill["q2"].ShouldNotContain("p04");
        filled.Fill.Values.SelectMany(ids => ids).ShouldAllBe(id => Languages[id] == "kk");
        FilledCandidates.Of(Found(), Judgements(), Languages, 10, 1).Fill["q2"].ShouldBe(filled.Fill["q2"]);
        FilledCandidates.Of(Found(), Judgements(), Languages, 10, 2).Fill["q2"].ShouldNotBe(filled.Fill["q2"]);
    }

    [Fact]
    public void Of_LongRunOrTooFewPassages_IsCutOrRefused()
    {
        FilledCandidates.Of(Found(), Judgements(), Languages, 2, 1).Run.Ranking("q1").Select(passage => passage.PassageId).ShouldBe(["p05", "p01"]);
        Should.Throw<DragomanException>(() => FilledCandidates.Of(Found(), Judgements(), Languages, 20, 1)).Message
            .ShouldBe("Query q1 leaves fewer than 16 passages that are not relevant to fill its candidates up to 20; ask for fewer.");
    }

    [Fact]
    public void HardnessSets_OneRun_RelevantPassagesAreInAllButTheLast()
    {
        var sets = HardnessSets.Of(Found(), Judgements(), Languages, 4, 1);
        sets.Random.Ranking("q1").Count.ShouldBe(4);
        sets.Random.Ranking("q1").Select(passage => passage.PassageId).ShouldContain("p02");
        sets.Retrieved.Ranking("q1").Select(passage => passage.PassageId).Order().ShouldBe(["p01", "p02", "p05", "p06"]);
        sets.Full.Ranking("q1").Select(passage => passage.PassageId).ShouldBe(["p05", "p01", "p06", "p07"]);
        sets.Retrieved.Ranking("q2").Select(passage => passage.PassageId).ShouldBe(["p04"]);
        sets.Full.Ranking("q2").ShouldBeEmpty();
    }
}
