namespace Dragoman.Cli.Tests.Commands;

/// <summary>A run that found nothing goes through the commands after it; a file that is empty for another reason does not.</summary>
public sealed class EmptyRunTests(SearchFolder folder) : IClassFixture<SearchFolder>
{
    [Fact]
    public async Task Retrieve_NothingFound_IsARunThatOtherCommandsTake()
    {
        folder.Write("absent.tsv", "q1\tabsent\n");
        folder.Write("good.run", "q1 Q0 en1 1 2 x\n");
        folder.Write("q.qrels", "q1 0 en1 1\n");

        var retrieve = await folder.Run("retrieve", "--index", "i", "--queries", "absent.tsv", "--output", "none.run");
        var evaluate = await folder.Run("evaluate", "--qrels", "q.qrels", "--run", "none.run", "--complete", "--measures", "nDCG@10 AP", "--format", "tsv");
        var compare = await folder.Run("compare", "--qrels", "q.qrels", "--baseline", "none=none.run", "--run", "good=good.run", "--measure", "nDCG@10");
        var fuse = await folder.Run("fuse", "--run", "none.run", "good.run", "--output", "fused.run");
        var report = await folder.Run("report", "--qrels", "q.qrels", "--run", "good.run", "none.run", "--output", "r.md");

        retrieve.ExitCode.ShouldBe(0, retrieve.Errors);
        retrieve.Errors.ShouldContain("warning: no passage was found for any query, so that none.run is empty.");
        folder.Read("none.run").ShouldBeEmpty();
        evaluate.ExitCode.ShouldBe(0, evaluate.Errors);
        evaluate.Output.ShouldContain("nDCG@10\t0.0000");
        evaluate.Errors.ShouldContain("warning: none.run: the run holds no passages, so that every query counts as 0.");
        compare.ExitCode.ShouldBe(0, compare.Errors);
        compare.Output.ShouldMatch(@"good +1\.0000 +\+1\.0000");
        fuse.ExitCode.ShouldBe(0, fuse.Errors);
        folder.Read("fused.run").ShouldStartWith("q1 Q0 en1 1 ");
        report.ExitCode.ShouldBe(0, report.Errors);
    }

    [Fact]
    public async Task Evaluate_EmptyFileBesideTheManifestOfAnotherRun_IsRefused()
    {
        folder.Write("cut.tsv", "q1\tcamel\n");
        folder.Write("cut.qrels", "q1 0 en1 1\n");
        (await folder.Run("retrieve", "--index", "i", "--queries", "cut.tsv", "--output", "cut.run")).ExitCode.ShouldBe(0);
        folder.Write("cut.run", "");

        var evaluate = await folder.Run("evaluate", "--qrels", "cut.qrels", "--run", "cut.run", "--complete");

        evaluate.ExitCode.ShouldBe(1);
        evaluate.Errors.ShouldContain("cut.run: the run is empty");
    }
}
