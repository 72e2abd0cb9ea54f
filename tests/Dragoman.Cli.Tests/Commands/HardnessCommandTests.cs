namespace Dragoman.Cli.Tests.Commands;

/// <summary>hardness through the built command line, with the bi-encoder that ships and a tiny cross-encoder.</summary>
public sealed class HardnessCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Static { get; } = Path.Combine(TestPaths.Repository, "models", "dragoman-static");

    private Task<DragomanProcess.Outcome> Hardness(string model, params string[] more)
    {
        string[] words = ["camel", "paper", "silk", "river", "apple", "tea"];
        _folder.Write("c/corpus.jsonl", string.Concat(words.Select((word, i) => $$"""{"_id":"p{{i}}","title":"","text":"{{word}}","lang":"en"}""" + "\n")));
        _folder.Write("c/queries.jsonl", string.Concat(words.Select((word, i) => $$"""{"_id":"q{{i}}","text":"{{word}}","lang":"en"}""" + "\n")));
        _folder.Write("c/qrels/test.tsv", "query-id\tcorpus-id\tscore\n" + string.Concat(words.Select((_, i) => $"q{i}\tp{i}\t1\n")));
        _folder.Write("in.run", string.Concat(words.SelectMany((_, q) => words.Select((_, p) => FormattableString.Invariant($"q{q} Q0 p{(q + 1 + p) % 6} {p + 1} {9 - p} first\n")))));
        return DragomanProcess.RunAsync(["hardness", "--model", model, "--collection", _folder["c"], "--size", "3", "--measures", "RR@10", .. more]);
    }

    private static string[][] Rows(string output) => [.. output.Split('\n').Skip(1).Take(3).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    [Fact]
    public async Task BiEncoder_WithoutARun_SearchesTheCollectionItself()
    {
        var outcome = await Hardness(Static);
        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        Rows(outcome.Output).Select(row => string.Join(' ', row)).ShouldBe(["random 3.0 100.0 % 1.0000", "retrieved 3.0 100.0 % 1.0000", "full 3.0 100.0 % 1.0000"]);
        outcome.Output.ShouldContain("the best others that the model finds; full: what the model finds in the whole collection");
    }

    [Fact]
    public async Task BiEncoder_WithAFirstStagesRun_TakesItsCandidatesAndSearchesForTheLastRow()
    {
        // The run has every query's passage last, beyond the size: the first stage misses what the model finds.
        var outcome = await Hardness(Static, "--run", _folder["in.run"]);
        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        Rows(outcome.Output)[2].ShouldBe(["full", "3.0", "100.0", "%", "1.0000"]);
        outcome.Output.ShouldContain("the best others of the first stage; full: what the model finds");
    }

    [Fact]
    public async Task CrossEncoder_RunMissing_IsAskedForAndWithItWhatItMissesIsMissed()
    {
        RequiresTorch.OrSkip();
        var cross = TestPaths.Fixture("bert-tiny");
        var asked = await Hardness(cross);
        asked.ExitCode.ShouldBe(2);
        asked.Errors.ShouldContain("is a cross-encoder, which cannot search; name a first stage's run.");
        var outcome = await Hardness(cross, "--run", _folder["in.run"], "--threads", "1");
        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        Rows(outcome.Output)[2].ShouldBe(["full", "3.0", "0.0", "%", "0.0000"]);
        Rows(outcome.Output)[1][..4].ShouldBe(["retrieved", "3.0", "100.0", "%"]);
    }

    [Fact]
    public async Task BiEncoder_MaxLength_IsRefused()
    {
        var outcome = await Hardness(Static, "--max-length", "32");
        (outcome.ExitCode, outcome.Errors).ShouldBe((2, "--max-length: it belongs to cross-encoders; a bi-encoder's folder says how long its texts may be.\n"));
    }
}
