using System.Text.Json.Nodes;

namespace Dragoman.Cli.Tests.Commands;

public sealed class SamplingCommandsTests : IDisposable
{
    private const string Inputs = "--run first.run --qrels qrels";
    private readonly TemporaryFolder _folder = new();

    public SamplingCommandsTests()
    {
        _folder.Write("first.run", string.Concat(Enumerable.Range(1, 3).SelectMany(query => Enumerable.Range(1, 8).Select(rank => FormattableString.Invariant($"q{query} Q0 p{rank} {rank} {(9 - rank) / 4.0 + query} first\n")))));
        _folder.Write("qrels", "q1 0 p1 1\nq1 0 p4 3\nq1 0 p8 6\nq2 0 p2 2\nq3 0 p1 0\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DrawAndInspect_SeveralEpochs_ShowWhatWasAccepted()
    {
        foreach (var epoch in new[] { 1, 2 })
        {
            var drawn = await Run($"sampling draw {Inputs} --wanted 400 --stop proposals --seed 7 --epoch {epoch} --output e{epoch}.jsonl.gz");
            drawn.ExitCode.ShouldBe(0, drawn.Errors);
            drawn.Output.ShouldBeEmpty();
            drawn.Errors.ShouldContain("Drew for 3 queries by rejection");
            drawn.Errors.ShouldContain("warning: 1 query without a candidate of a grade above 0");
        }
        var table = await Run("sampling inspect e1.jsonl.gz e2.jsonl.gz --run first.run --qrels qrels");
        table.ExitCode.ShouldBe(0, table.Errors);
        table.Output.ShouldContain("1      rejection        3      1200");
        table.Output.ShouldContain("Cost of an accepted passage: ");
        table.Output.ShouldNotContain("violated");

        var json = JsonNode.Parse((await Run("sampling inspect e1.jsonl.gz e2.jsonl.gz --query q1 --epoch 2 --json")).Output)!;
        var epochs = json["epochs"]!.AsArray();
        epochs.Count.ShouldBe(1);
        ((int)epochs[0]!["epoch"]!).ShouldBe(2);
        Math.Abs((double)epochs[0]!["rate_deviation"]!).ShouldBeLessThan(4);
        var passages = json["queries"]![0]!["passages"]!.AsArray();
        passages.Sum(passage => (int)passage!["proposed"]!).ShouldBe(400);
        ((double)passages.Single(passage => (string)passage!["passage"]! == "p8")!["acceptance"]!).ShouldBe(1, 1e-9);        // graded best, proposed least

        var query = await Run("sampling inspect e1.jsonl.gz --query q1");
        query.Output.ShouldContain("Query q1, epoch 1, scheme rejection: 400 proposals of 8 of 8 candidates, ");
        query.Output.ShouldContain("A proposal is accepted with min(1, p/(M q)), M = ");
        (await Run("sampling inspect e1.jsonl.gz --by-query")).Output.ShouldContain("q3     1      rejection");
    }

    [Fact]
    public async Task Detect_KnownNoise_TellsHowWellItWasNoticed()
    {
        // Of the passages that the judgements call relevant, p1 of q1 truly is not.
        _folder.Write("noise.tsv", "query-id\tcorpus-id\tnoise\ttrue-grade\tgrade\nq1\tp1\tmismatched\t0\t1\nq1\tp2\tdisplaced\t1\t0\n");
        (await Run($"sampling draw {Inputs} --scheme agreement --epoch 2 --output agreed.jsonl.gz")).ExitCode.ShouldBe(0);
        var table = await Run("sampling detect agreed.jsonl.gz --truth noise.tsv");
        table.ExitCode.ShouldBe(0, table.Errors);
        table.Output.ShouldContain("epoch  part  scheme");
        var part = JsonNode.Parse((await Run("sampling detect agreed.jsonl.gz --truth noise.tsv --json")).Output)!.AsArray().Single()!;
        ((int)part["epoch"]!, (string)part["scheme"]!).ShouldBe((2, "agreement"));
        ((int)part["noisy"]! + (int)part["sound"]!).ShouldBeGreaterThan(0);

        (await Run("sampling detect agreed.jsonl.gz --truth qrels")).Errors.ShouldContain("this is not the noise.tsv");
        _folder.Write("other.tsv", "query-id\tcorpus-id\tnoise\ttrue-grade\tgrade\nq77\tp1\thidden\t1\t0\n");
        var other = await Run("sampling detect agreed.jsonl.gz --truth other.tsv");
        (other.ExitCode, other.Errors.Contains("have no query in common", StringComparison.Ordinal)).ShouldBe((1, true));
        _folder.Write("elsewhere.tsv", "query-id\tcorpus-id\tnoise\ttrue-grade\tgrade\nq1\tp77\tmismatched\t0\t1\n");
        (await Run("sampling detect agreed.jsonl.gz --truth elsewhere.tsv")).Errors.ShouldContain("warning: nothing that was damaged is among the ledger's decisions");
        table.Errors.ShouldNotContain("warning");
    }

    [Fact]
    public async Task Draw_AnyThreads_WritesTheSameProposals()
    {
        (await Run($"sampling draw {Inputs} --threads 1 --output one.jsonl")).ExitCode.ShouldBe(0);
        (await Run($"sampling draw {Inputs} --threads 4 --output four.jsonl")).ExitCode.ShouldBe(0);
        File.ReadAllLines(_folder["one.jsonl"])[..^1].ShouldBe(File.ReadAllLines(_folder["four.jsonl"])[..^1]);
    }

    [Fact]
    public async Task Inspect_BoundViolated_SaysSo()
    {
        (await Run($"sampling draw {Inputs} --bound 1.1 --wanted 200 --stop proposals --output small.jsonl")).ExitCode.ShouldBe(0);
        (await Run("sampling inspect small.jsonl")).Output.ShouldContain("Epoch 1, rejection: the bound was violated by ");
    }

    /// <summary>As training leaves them: ledgers of epochs with several parts, in a model folder or in its checkpoint folder.</summary>
    [Theory]
    [InlineData("model/negatives/", "model")]
    [InlineData("model/negatives/", "model/negatives")]
    [InlineData("model.checkpoint/negatives/", "model")]
    [InlineData("model.checkpoint/negatives/", "model.checkpoint")]
    public async Task Inspect_FolderOfATraining_ShowsAllEpochsByPart(string at, string named)
    {
        foreach (var epoch in new[] { 2, 10 })
        {
            (await Run($"sampling draw {Inputs} --epoch {epoch} --output drawn.jsonl")).ExitCode.ShouldBe(0);
            var lines = File.ReadAllLines(_folder["drawn.jsonl"]);
            var entries = lines[1..^1].SelectMany(line => new[] { "positives", "negatives" }.Select(part => line.Replace("\"scheme\":", $"\"part\":\"{part}\",\"scheme\":", StringComparison.Ordinal))).ToList();
            _folder.Write($"{at}epoch-{epoch}.ledger.jsonl", string.Join('\n', [lines[0], .. entries, lines[^1].Replace("\"queries\":3", "\"queries\":6", StringComparison.Ordinal)]) + "\n");
            using var written = new System.IO.Compression.GZipStream(File.Create(_folder[$"{at}epoch-{epoch}.ledger.jsonl.gz"]), System.IO.Compression.CompressionLevel.Fastest);
            written.Write(File.ReadAllBytes(_folder[$"{at}epoch-{epoch}.ledger.jsonl"]));
        }
        var shown = await Run($"sampling inspect {named}");
        shown.ExitCode.ShouldBe(0, shown.Errors);
        shown.Output.Split('\n')[1..5].Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..3])).ShouldBe(["2 negatives rejection", "2 positives rejection", "10 negatives rejection", "10 positives rejection"]);
        shown.Output.ShouldContain("positives:");
        var json = JsonNode.Parse((await Run($"sampling inspect {named} --epoch 10 --json")).Output)!["epochs"]!.AsArray();
        json.Select(epoch => (string?)epoch!["part"]).ShouldBe(["negatives", "positives"]);
    }

    [Fact]
    public async Task Bound_OfRunAndJudgements_TellsCostsOfEachChoice()
    {
        var table = await Run($"sampling bound {Inputs} --given 2");
        table.ExitCode.ShouldBe(0, table.Errors);
        table.Output.ShouldContain("M, exact (proposals per acceptance)");
        table.Output.ShouldContain("3 queries. One M for all of them must be ");
        table.Output.ShouldContain("1 query of these has no candidate with a grade above 0");
        table.Output.ShouldMatch("M = 2 is too small for [123] of 3 queries; what they accept is 0\\.\\d{4} from the target in total variation on average, 0\\.\\d{4} at most\\.");

        var queries = JsonNode.Parse((await Run($"sampling bound {Inputs} --json")).Output)!["queries"]!.AsArray();
        queries.ShouldAllBe(query => (double)query!["bound"]! >= (double)query["importance_cost"]! && (double)query["quasi_variation"]! <= 0.05 && (double)query["quasi_bound"]! <= (double)query["quantile_bound"]! + 1e-9);
    }

    [Theory]
    [InlineData("sampling", 2, "dragoman sampling needs a command: bound, draw, inspect, detect.")]
    [InlineData("sampling inspect gone", 1, "gone does not exist")]
    [InlineData("sampling inspect .", 1, ". holds no ledger (negatives/epoch-N.ledger.jsonl.gz); only runs with a section 'sampling' write them")]
    [InlineData("sampling inspect qrels", 1, "qrels, line 1: this is not a sampling ledger")]
    [InlineData("sampling inspect good.jsonl --query q9", 1, "good.jsonl: there are no proposals of query q9; ")]
    [InlineData("sampling inspect good.jsonl --run first.run", 2, "--run and --qrels go together")]
    [InlineData("sampling inspect good.jsonl --run first.run --qrels other", 1, "good.jsonl is the ledger of another data set")]
    [InlineData($"sampling draw {Inputs} --output out --temperature 0", 2, "temperature is 0; use a number above 0 (0 would propose the best candidate alone: use scheme raft for that).")]
    [InlineData($"sampling draw {Inputs} --output out --smoothing 0", 1, "Query q3 has no candidate with a grade above 0")]
    [InlineData($"sampling draw {Inputs} --output out --bound -1", 2, "--bound: '-1' is no bound; use exact, running, variation, quantile, or a number above 0.")]
    [InlineData($"sampling draw {Inputs} --output out --scheme quasi-rejection --bound exact", 2, "scheme quasi-rejection takes the bound from a quantile, from a variation, or as given.")]
    [InlineData($"sampling draw {Inputs} --output out --scheme best", 2, "--scheme is 'best'; use rejection, quasi-rejection,")]
    [InlineData($"sampling draw {Inputs} --output out --scheme rest --thresholds 0.7 0.5", 2, "thresholds must be one or more numbers, none below the one before.")]
    [InlineData($"sampling draw {Inputs} --output out --scheme resampling --factor 5", 2, "factor is 5; use 10 or more.")]
    [InlineData($"sampling draw {Inputs} --output out --scheme agreement --noise-rate 0.6", 2, "noise rate is 0.6; use a share from 0 to below 0.5.")]
    [InlineData($"sampling draw {Inputs} --output out --beta 0.1", 2, "sampling draw: --beta belongs to --scheme rso; rejection does not use it, so leave it out.")]
    [InlineData($"sampling draw {Inputs} --output out --scheme raft --stop ess", 2, "--stop belongs to --scheme rejection, quasi-rejection, rso or importance; raft does not use it, so leave it out.")]
    [InlineData($"sampling draw {Inputs} --output out --scheme importance --distinct", 2, "--distinct belongs to --scheme rejection, quasi-rejection or rso; importance does not use it, so leave it out.")]
    [InlineData($"sampling draw {Inputs} --output out --scheme gumbel-top-k --temperature 2", 2, "--temperature belongs to --scheme rejection, quasi-rejection, importance, resampling, rso, raft, rest, agreement or seed-literal; gumbel-top-k does not")]
    [InlineData($"sampling draw {Inputs} --output out --scheme agreement --wanted 3", 2, "--wanted belongs to --scheme rejection, quasi-rejection, importance, resampling, gumbel-top-k, rso, raft or rest; agreement does not use it")]
    [InlineData($"sampling draw {Inputs} --output out --alpha 0.1", 2, "--alpha belongs to --scheme quasi-rejection; rejection does not use it, so leave it out.")]
    [InlineData($"sampling draw {Inputs} --output out --scheme quasi-rejection --bound 3 --alpha 0.1", 2, "--alpha belongs to --bound variation or quantile; leave it out.")]
    [InlineData($"sampling draw {Inputs} --output out --target softmax --smoothing 0.1", 2, "--smoothing belongs to --target graded; leave it out.")]
    [InlineData($"sampling bound {Inputs} --target-temperature 0.1", 2, "sampling bound: --target-temperature belongs to --target softmax; leave it out.")]
    [InlineData($"sampling draw {Inputs} --output .", 1, ". is a folder; name a file for the output.")]
    [InlineData("sampling draw --run first.run --qrels elsewhere --output out", 1, "None of the run's 3 queries is judged")]
    [InlineData($"sampling bound {Inputs} --alpha 1", 2, "--alpha is 1; use a number between 0 and 1.")]
    public async Task Command_BadInput_SaysSoInOneSentenceAndLeavesNothing(string line, int exitCode, string expected)
    {
        _folder.Write("other", "q1 0 p1 2\n");
        _folder.Write("elsewhere", "x1 0 p1 2\n");
        if (line.Contains("good.jsonl", StringComparison.Ordinal)) await Run($"sampling draw {Inputs} --output good.jsonl");
        var before = Directory.GetFiles(_folder.Path).Order().ToList();

        var run = await Run(line);

        run.ExitCode.ShouldBe(exitCode, run.Errors);
        run.Errors.ShouldContain(expected);
        run.Errors.Trim().ShouldNotContain('\n');
        run.Output.ShouldBeEmpty();
        Directory.GetFiles(_folder.Path).Order().ShouldBe(before);
    }

    private Task<DragomanProcess.Outcome> Run(string line) => DragomanProcess.RunAsync(new() { Folder = _folder.Path }, line.Split(' '));
}
