using Dragoman.Collections;
using Dragoman.Testing;

namespace Dragoman.Cli.Tests.Commands;

public sealed class PrepareNoiseCommandTests
{
    private const string Qrels = "query-id\tcorpus-id\tscore\n";

    private static TemporaryFolder Set() => new TemporaryFolder()
        .With("set/corpus.jsonl", string.Concat(Enumerable.Range(1, 10).Select(i => $"{{\"_id\":\"p{i}\",\"title\":\"\",\"text\":\"t{i}\",\"lang\":\"en\"}}\n")))
        .With("set/queries.jsonl", string.Concat(Enumerable.Range(1, 10).Select(i => $"{{\"_id\":\"q{i}\",\"text\":\"t{i}\",\"lang\":\"zh\"}}\n")))
        .With("set/qrels/train.tsv", Qrels + string.Concat(Enumerable.Range(1, 8).Select(i => $"q{i}\tp{i}\t1\n")))
        .With("set/qrels/dev.tsv", Qrels + "q9\tp9\t1\n").With("set/qrels/test.tsv", Qrels + "q10\tp10\t1\n");

    [Fact]
    public async Task PrepareNoise_Mismatched_TrainIsDamagedAndTheRestStays()
    {
        using var folder = Set();
        var outcome = await DragomanProcess.RunAsync("prepare", "noise", "--collection", folder["set"], "--mismatched", "0.25", "--output", folder["noisy"]);
        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        outcome.Errors.ShouldContain("of 8 queries in train, 2 answered by a passage of another query");
        foreach (var same in new[] { "corpus.jsonl", "queries.jsonl", "qrels/dev.tsv", "qrels/test.tsv" }) (await File.ReadAllTextAsync(folder["noisy/" + same], TestContext.Current.CancellationToken)).ShouldBe(await File.ReadAllTextAsync(folder["set/" + same], TestContext.Current.CancellationToken));
        var (before, after) = (Collection.Open(folder["set"]).ReadQrels("train"), Collection.Open(folder["noisy"]).ReadQrels("train"));
        before.QueryIds.Count(query => after.Grade(query, before.Judgements(query)[0].PassageId) is null).ShouldBe(2);
        (await File.ReadAllLinesAsync(folder["noisy/noise.tsv"], TestContext.Current.CancellationToken)).Length.ShouldBe(1 + 4);
        (await File.ReadAllTextAsync(folder["noisy/manifest.json"], TestContext.Current.CancellationToken)).ShouldContain("\"mismatchedQueries\": 2");
    }

    [Theory]
    [InlineData("say what to damage", 2)]
    [InlineData("mismatched is 2; use a share from 0 to 1.", 2, "--mismatched", "2")]
    [InlineData("All positive grades are 1", 1, "--jitter", "0.5")]
    [InlineData("holds no split 'tain' of judgements", 1, "--hidden", "0.5", "--split", "tain")]
    public async Task PrepareNoise_BadInput_IsSaidInASentence(string problem, int exitCode, params string[] arguments)
    {
        using var folder = Set();
        var outcome = await DragomanProcess.RunAsync([.. new[] { "prepare", "noise", "--collection", folder["set"], "--output", folder["noisy"] }, .. arguments]);
        outcome.ExitCode.ShouldBe(exitCode, outcome.Errors);
        outcome.Errors.ShouldContain(problem);
        Directory.Exists(folder["noisy"]).ShouldBeFalse();
    }

    [Fact]
    public async Task PrepareNoise_NothingToDamage_IsTold()
    {
        using var folder = Set();
        (await DragomanProcess.RunAsync("prepare", "noise", "--collection", folder["set"], "--hidden", "0.5", "--output", folder["noisy"])).Errors.ShouldContain("warning: nothing was damaged");
        (await DragomanProcess.RunAsync("prepare", "noise", "--collection", folder["set"], "--mismatched", "0", "--output", folder["same"])).Errors.ShouldNotContain("warning");
    }

    [Fact]
    public async Task PrepareNoise_OutputIsTheCollection_IsRefused()
    {
        using var folder = Set();
        var outcome = await DragomanProcess.RunAsync("prepare", "noise", "--collection", folder["set"], "--mismatched", "0.5", "--output", folder["set"] + "/");
        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.ShouldContain("is the collection itself");
    }
}
