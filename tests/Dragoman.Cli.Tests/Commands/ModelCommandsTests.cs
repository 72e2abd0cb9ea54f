using System.Text.Json;

namespace Dragoman.Cli.Tests.Commands;

/// <summary>train, rerank and encode through the built command line, with the tiny fixtures.</summary>
public sealed class ModelCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string BertTiny { get; } = TestPaths.Fixture("bert-tiny");

    private string Write(string name, string content) => _folder.Write(name, content);

    private string At(string name) => _folder[name];

    private void WriteCollection()
    {
        Write("c/corpus.jsonl", string.Concat(Enumerable.Range(0, 6).Select(i => $$"""{"_id":"p{{i}}","title":"","text":"passage number {{i}}","lang":"en"}""" + "\n")));
        Write("c/queries.jsonl", string.Concat(Enumerable.Range(0, 4).Select(i => $$"""{"_id":"q{{i}}","text":"number {{i}}","lang":"en"}""" + "\n")));
        Write("c/qrels/train.tsv", "query-id\tcorpus-id\tscore\nq0\tp0\t1\nq1\tp1\t1\n");
        Write("c/qrels/dev.tsv", "query-id\tcorpus-id\tscore\nq2\tp2\t1\n");
        Write("in.run", string.Concat(Enumerable.Range(0, 6).Select(i => $"q2 Q0 p{i} {i + 1} {9 - i} first\n")));
    }

    [Fact]
    public async Task TrainThenRerank_TinyCollection_WriteModelAndRun()
    {
        RequiresTorch.OrSkip();
        WriteCollection();
        var config = Write("run.yaml", $$"""
            task: cross-encoder
            output: model
            encoder: {from: {{BertTiny}}, max_length: 32}
            data: {collection: c, dev_run: in.run}
            training: {epochs: 1, batch_size: 2}
            """);
        var trained = await DragomanProcess.RunAsync("train", config, "--threads", "1");
        trained.ExitCode.ShouldBe(0, trained.Errors);
        using var reached = JsonDocument.Parse(trained.Output);
        reached.RootElement.GetProperty("dev_before").GetProperty("RR@10").GetDouble().ShouldBe(0.3333, 1e-4);
        var reranked = await DragomanProcess.RunAsync("rerank", "--model", At("model"), "--collection", At("c"), "--run", At("in.run"), "--output", At("out.run"), "--depth", "3", "--threads", "1");
        reranked.ExitCode.ShouldBe(0, reranked.Errors);
        var lines = await File.ReadAllLinesAsync(At("out.run"), TestContext.Current.CancellationToken);
        lines.Select(line => line.Split(' ')[2]).Skip(3).ShouldBe(["p3", "p4", "p5"]);
        lines.ShouldAllBe(line => line.EndsWith(" cross-encoder", StringComparison.Ordinal));
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(At("out.run.manifest.json"), TestContext.Current.CancellationToken));
        manifest.RootElement.GetProperty("options").GetProperty("max_length").GetInt32().ShouldBe(128);
        manifest.RootElement.GetProperty("inputs")[2].GetProperty("selection").GetProperty("measure").GetString().ShouldBe("nDCG@10");
    }

    [Theory]
    [InlineData(700, "the tokenizer has only 700 of the model's 1574 ids")]
    [InlineData(1576, "the tokenizer has 1576 ids, the model vectors for 1574")]
    public async Task Encode_VocabularyOfAnotherSize_SaysSoAndWritesNothing(int tokens, string expected)
    {
        RequiresTorch.OrSkip();
        Directory.CreateDirectory(At("m"));
        foreach (var file in new[] { "config.json", "model.safetensors" }) File.Copy(Path.Combine(BertTiny, file), At($"m/{file}"));
        var lines = await File.ReadAllLinesAsync(Path.Combine(BertTiny, "vocab.txt"), TestContext.Current.CancellationToken);
        Write("m/vocab.txt", string.Join('\n', lines.Concat(["extra1", "extra2"]).Take(tokens)) + "\n");

        var result = await DragomanProcess.RunAsync("encode", "--model", At("m"), "--input", Write("in.jsonl", """{"id": "1", "text": "camel"}"""), "--output", At("out.jsonl"));

        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain(expected);
        File.Exists(At("out.jsonl")).ShouldBeFalse();
    }

    [Fact]
    public async Task Train_MistakesInTheFile_ExitsWith2AndTellsAll()
    {
        var result = await DragomanProcess.RunAsync("train", Write("run.yaml", "task: cross-encoder\nencoder: {from: gone}\ndata: {}\ntypo: 1\n"));
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("run.yaml has 3 problems:");
        result.Errors.ShouldContain("line 3: data.collection is missing; it has no default.");
        result.Errors.ShouldContain("line 4: typo is not a key used here.");
        (await DragomanProcess.RunAsync("train", At("none.yaml"))).Errors.Trim().ShouldBe($"{At("none.yaml")}: there is no such file; check the name and the current folder.");
    }

    [Fact]
    public async Task Rerank_PassageUnknown_ExitsWith1AndWritesNothing()
    {
        WriteCollection();
        Write("in.run", "q2 Q0 zz 1 9 first\n");
        var result = await DragomanProcess.RunAsync("rerank", "--model", BertTiny, "--collection", At("c"), "--run", At("in.run"), "--output", At("out.run"));
        result.ExitCode.ShouldBe(1);
        result.Errors.Trim().ShouldBe($"{At("in.run")} names 1 passage that the collection lacks, the first is zz; was it made from another collection?");
        File.Exists(At("out.run")).ShouldBeFalse();
    }

    [Fact]
    public async Task Encode_Texts_OneUnitVectorEach()
    {
        RequiresTorch.OrSkip();
        var input = Write("in.jsonl", "{\"id\":\"a\",\"text\":\"a red cat\"}\n\n{\"id\":\"б\",\"text\":\"\"}\n");
        var result = await DragomanProcess.RunAsync("encode", "--model", BertTiny, "--input", input, "--output", At("out.jsonl"), "--pooling", "cls", "--normalize", "--precision", "float32");
        result.ExitCode.ShouldBe(0, result.Errors);
        var rows = File.ReadLines(At("out.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        rows.Select(row => row.GetProperty("id").GetString()).ShouldBe(["a", "б"]);
        foreach (var row in rows)
        {
            var vector = row.GetProperty("vector").EnumerateArray().Select(value => value.GetDouble()).ToList();
            vector.Count.ShouldBe(48);
            vector.Sum(value => value * value).ShouldBe(1, 1e-5);
        }
    }

    [Theory]
    [InlineData("{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\"}\n", "in.jsonl, line 2: \"text\" is missing; expected {\"id\": \"...\", \"text\": \"...\"}.")]
    [InlineData("{\"id\":\"a\",\"text\":\n", "in.jsonl, line 1: not valid JSON; expected {\"id\": \"...\", \"text\": \"...\"}.")]
    [InlineData("", "in.jsonl: the file holds no text to encode.")]
    public async Task Encode_BadLine_SaysWhereAndLeavesNothing(string content, string expected)
    {
        RequiresTorch.OrSkip();
        var result = await DragomanProcess.RunAsync("encode", "--model", BertTiny, "--input", Write("in.jsonl", content), "--output", At("out.jsonl"));
        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain(expected);
        Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).ShouldBe(["in.jsonl"]);
    }
}
