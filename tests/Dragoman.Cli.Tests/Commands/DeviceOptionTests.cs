using System.CommandLine;
using Dragoman.Cli.Commands;
using Dragoman.Tensors;

namespace Dragoman.Cli.Tests.Commands;

/// <summary>--device: the same for every command that runs a model, and refused alike where there is no such device.</summary>
public sealed class DeviceOptionTests(SearchFolder folder) : IClassFixture<SearchFolder>
{
    private static string BertTiny { get; } = TestPaths.Fixture("bert-tiny");

    private static string Static { get; } = Path.Combine(TestPaths.Repository, "models", "dragoman-static");

    private static IEnumerable<(string Name, Command Command)> All(string prefix, IEnumerable<Command> commands) =>
        commands.SelectMany(command => All($"{prefix}{command.Name} ", command.Subcommands).Prepend((prefix + command.Name, command)));

    [Fact]
    public void Device_EveryCommandWithAModel_HasItWithTheSameWords()
    {
        var with = All("", CommandList.All()).Select(entry => (entry.Name, Option: entry.Command.Options.FirstOrDefault(option => option.Name == "--device"), entry.Command)).ToList();
        with.Where(entry => entry.Option is not null).Select(entry => entry.Name).Order(StringComparer.Ordinal).ShouldBe(
            ["demo", "diagnose", "encode", "hardness", "index", "index add", "rerank", "retrieve", "search", "serve", "train"]);
        with.Where(entry => entry.Option is not null && entry.Name != "train").Select(entry => entry.Option!.Description).Distinct().ShouldBe(
            ["Where models compute: auto, cpu, cuda, or cuda:0, cuda:1 and so on; auto by default."]);
        // These read a tokenizer, or a model that needs no libtorch.
        with.Where(entry => entry.Option is null && entry.Command.Options.Any(option => option.Name == "--model")).Select(entry => entry.Name).ShouldBe(["tokenize", "identify"]);
    }

    [Theory]
    [InlineData("diagnose {0} c")]
    [InlineData("encode --model {0} --input c/corpus.jsonl --output out")]
    [InlineData("hardness --model {0} --collection c --run r")]
    [InlineData("index --collection c --output out --model {0}")]
    public async Task CudaWithoutADevice_ATransformer_OneSentence(string command)
    {
        RequiresTorch.OrSkip();
        Assert.SkipWhen(Torch.CudaAvailable, "there is a CUDA device");
        Judged();
        var run = await folder.Run([.. string.Format(System.Globalization.CultureInfo.InvariantCulture, command, BertTiny).Split(' '), "--device", "cuda:0"]);
        run.ExitCode.ShouldBe(1, run.Errors);
        run.Errors.ShouldStartWith("Device cuda:0 was asked for, but libtorch ");
        run.Errors.Trim().Split('\n').Length.ShouldBe(1, run.Errors);
        folder.Exists("out").ShouldBeFalse();
    }

    [Theory]
    [InlineData("diagnose {0} c", "a static encoder, which needs no libtorch and runs on the CPU; leave it out.")]
    [InlineData("encode --model {0} --input c/corpus.jsonl --output out", "a static encoder, which needs no libtorch and runs on the CPU; leave it out.")]
    [InlineData("hardness --model {0} --collection c", "a static encoder, which needs no libtorch and runs on the CPU; leave it out.")]
    [InlineData("index --collection c --output out --model {0}", "a static encoder, which needs no libtorch and runs on the CPU; leave it out.")]
    [InlineData("index --collection c --output out --model none", "--device: cuda is for encoders, but --model none asks for none; leave it out.")]
    [InlineData("index add --index i --collection c --replace", "--device: cuda is for encoders, but index i has no vectors; leave it out.")]
    [InlineData("retrieve --index i --queries queries.tsv --output out --method bm25", "--device: cuda is for encoders, but index i has no vectors; leave it out.")]
    [InlineData("search --index i camel", "--device: cuda is for encoders, but index i has no vectors; leave it out.")]
    public async Task Cuda_WhereNoModelOfLibtorchRuns_IsRefused(string command, string expected)
    {
        Judged();
        var run = await folder.Run([.. string.Format(System.Globalization.CultureInfo.InvariantCulture, command, Static).Split(' '), "--device", "cuda"]);
        run.ExitCode.ShouldBe(2, run.Errors);
        run.Errors.Trim().ShouldEndWith(expected);
        run.Errors.Trim().Split('\n').Length.ShouldBe(1, run.Errors);
        folder.Exists("out").ShouldBeFalse();
    }

    [Fact]
    public async Task Device_Unknown_IsWrongUsage()
    {
        var run = await folder.Run("search", "--index", "i", "camel", "--device", "gpu");
        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldStartWith("--device is 'gpu'; use auto, cpu, cuda, or cuda:0, cuda:1 and so on.");
    }

    private void Judged()
    {
        folder.Write("c/queries.jsonl", """{"_id": "q1", "text": "camel", "lang": "en"}""" + "\n" + """{"_id": "q2", "text": "paper", "lang": "en"}""" + "\n");
        folder.Write("c/qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\ten1\t1\nq2\ten2\t1\n");
        folder.Write("r", "q1 Q0 en1 1 2 x\nq2 Q0 en2 1 2 x\n");
    }
}
