using System.Text.Json.Nodes;
using Dragoman.Tensors;

namespace Dragoman.Cli.Tests.Commands;

/// <summary>encode by several workers: the parts, what joins them, and the index that reads them.</summary>
public sealed class EncodeShardsTests(SearchFolder folder) : IClassFixture<SearchFolder>
{
    private const int Texts = 2500;
    private static readonly string[] Words = ["camel", "silk", "road", "garden", "cat"];
    private static readonly string Model = Path.Combine(TestPaths.Repository, "models", "dragoman-static");
    private static readonly string Transformer = TestPaths.Fixture("bert-tiny");

    [Fact]
    public async Task Encode_AnyNumberOfShards_IsTheFileOfOneWorker()
    {
        WriteTexts("texts.jsonl");
        await Done("encode", "--model", Model, "--input", "texts.jsonl", "--output", "one.jsonl");
        foreach (var count in new[] { 2, 5 })
        {
            for (var number = 1; number <= count; number++) await Done("encode", "--model", Model, "--input", "texts.jsonl", "--output", $"of{count}.jsonl", "--shard", $"{number}/{count}");
            await Done("encode", "merge", "--output", $"of{count}.jsonl");

            folder.Read($"of{count}.jsonl").ShouldBe(folder.Read("one.jsonl"));
            folder.Read($"of{count}.jsonl.manifest.json").ShouldBe(folder.Read("one.jsonl.manifest.json"));
        }
        folder.Read("of2.1-of-2.jsonl").ShouldBe(string.Concat(folder.Read("one.jsonl").Split('\n').Take(1024).Select(line => line + "\n")));
    }

    [Fact]
    public async Task Encode_MorePartsThanWindows_SaysWhichPartIsEmpty()
    {
        WriteTexts("texts.jsonl");
        string[] part = ["encode", "--model", Model, "--input", "texts.jsonl", "--output", "of4.jsonl", "--shard"];
        (await folder.Run([.. part, "1/4"])).Errors.ShouldContain("warning: part 1/4 is empty: 2,500 texts are 3 windows of 1,024, which are never cut; use at most as many parts.");
        (await folder.Run([.. part, "2/4"])).Errors.ShouldNotContain("warning");
    }

    [Fact]
    public async Task Encode_WorkersOnADeviceThatIsNotThere_IsRefusedOnce()
    {
        RequiresTorch.OrSkip();
        Assert.SkipWhen(Torch.CudaDeviceCount > 0, "this machine has a CUDA device");
        WriteTexts("texts.jsonl");
        var refused = await folder.Run("encode", "--model", Transformer, "--input", "texts.jsonl", "--output", "cuda.jsonl", "--workers", "2", "--device", "cuda");
        refused.ExitCode.ShouldBe(1);
        refused.Errors.TrimEnd().Split('\n').ShouldHaveSingleItem().ShouldContain("Device cuda was asked for, but libtorch ");
    }

    [Fact]
    public async Task Encode_TransformerByShardsWorkersAndThreads_IsTheSameToTheLastBit()
    {
        RequiresTorch.OrSkip();
        WriteTexts("texts.jsonl");
        string[] same = ["encode", "--model", Transformer, "--input", "texts.jsonl", "--side", "passage", "--output"];
        await Done([.. same, "t1.jsonl", "--threads", "1"]);
        await Done([.. same, "t3.jsonl", "--threads", "3"]);
        await Done([.. same, "w2.jsonl", "--workers", "2"]);
        for (var number = 1; number <= 3; number++) await Done([.. same, "s3.jsonl", "--shard", $"{number}/3", "--threads", "2"]);
        await Done("encode", "merge", "--output", "s3.jsonl");

        var one = folder.Read("t1.jsonl");
        one.Count(letter => letter == '\n').ShouldBe(Texts);
        folder.Read("t3.jsonl").ShouldBe(one);
        folder.Read("w2.jsonl").ShouldBe(one);
        folder.Read("s3.jsonl").ShouldBe(one);
        folder.Exists("w2.1-of-2.jsonl").ShouldBeFalse();
        folder.Exists("w2.2-of-2.jsonl.manifest.json").ShouldBeFalse();
    }

    [Fact]
    public async Task Encode_ShardThatIsThere_IsMadeAgainOnlyWhenItIsNotFinishedOrOfAnotherModel()
    {
        WriteTexts("texts.jsonl");
        string[] first = ["encode", "--model", Model, "--input", "texts.jsonl", "--output", "r.jsonl", "--shard", "1/2"];
        await Done(first);
        var made = folder.Read("r.1-of-2.jsonl");
        (await folder.Run(first)).Errors.ShouldContain("Part 1/2 is there already, r.1-of-2.jsonl with 1,024 vectors; nothing was done.");

        // What a worker leaves that is killed before it has written the manifest, and a part that was cut short later.
        File.Delete(Path.Combine(folder.Path, "r.1-of-2.jsonl.manifest.json"));
        folder.Write("r.1-of-2.jsonl.99.tmp", made[..100]);
        (await folder.Run("encode", "merge", "--output", "r.jsonl")).Errors.ShouldContain("part");
        await Done(first);
        folder.Write("r.1-of-2.jsonl", made[..1000]);
        await Done(first);
        folder.Read("r.1-of-2.jsonl").ShouldBe(made);

        (await folder.Run([.. first, "--side", "query"])).Errors.ShouldContain("Wrote 1,024 vectors");
    }

    [Fact]
    public async Task Merge_PartsThatDoNotBelongTogether_SaysWhichInOneSentence()
    {
        WriteTexts("texts.jsonl");
        string[] part = ["encode", "--model", Model, "--input", "texts.jsonl", "--output", "m.jsonl", "--shard"];
        await Refused("There is neither m.jsonl nor a part of it (such as m.1-of-2.jsonl)", "encode", "merge", "--output", "m.jsonl");
        await Done([.. part, "2/2"]);
        await Refused("Of the 2 parts of m.jsonl, 1 part is missing, first m.1-of-2.jsonl; make it with 'dragoman encode --shard 1/2'.", "encode", "merge", "--output", "m.jsonl");
        await Done([.. part, "1/2", "--side", "query"]);
        await Refused("m.1-of-2.jsonl and m.2-of-2.jsonl do not belong together: they were made with side query and side none", "encode", "merge", "--output", "m.jsonl");
        await Done([.. part, "1/3"]);
        await Refused("Beside m.jsonl there are parts of different divisions, m.1-of-2.jsonl and m.1-of-3.jsonl", "encode", "merge", "--output", "m.jsonl");
        File.Delete(Path.Combine(folder.Path, "m.1-of-3.jsonl"));
        File.Delete(Path.Combine(folder.Path, "m.2-of-2.jsonl.manifest.json"));
        await Refused("m.2-of-2.jsonl has no m.2-of-2.jsonl.manifest.json beside it, so it was not finished", "encode", "merge", "--output", "m.jsonl");
        folder.Exists("m.jsonl").ShouldBeFalse();
    }

    [Theory]
    [InlineData("--shard 3/2", "--shard is shard 3 of only 2.")]
    [InlineData("--shard 1/2 --workers 2", "--workers makes the parts itself; leave --shard out")]
    [InlineData("--workers 0", "--workers must be 1 or more.")]
    [InlineData("--collection c", "Name the texts: either --input IN.jsonl or --collection DIR.")]
    public async Task Encode_BadOptions_AreWrongUsage(string options, string problem)
    {
        folder.Write("few.jsonl", """{"id": "a", "text": "camel"}""");
        var run = await folder.Run(["encode", "--model", Model, "--input", "few.jsonl", "--output", "bad.jsonl", .. options.Split(' ')]);

        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain(problem);
        (await folder.Run("encode", "--model", Model, "--output", "bad.jsonl")).Errors.ShouldContain("Name the texts: either --input IN.jsonl or --collection DIR.");
        (await folder.Run("encode", "--model", Model, "--collection", "c", "--side", "query", "--output", "bad.jsonl")).Errors.ShouldContain("--collection encodes passages as an index does");
    }

    [Fact]
    public async Task Index_VectorsEncodedBefore_IsThatOfItsEncoder()
    {
        WriteCollection("many");
        for (var number = 1; number <= 2; number++) await Done("encode", "--model", Model, "--collection", "many", "--output", "many.jsonl", "--shard", $"{number}/2");
        await Done("index", "--collection", "many", "--model", Model, "--output", "direct");
        await Done("index", "--collection", "many", "--model", Model, "--encoded", "many.jsonl", "--output", "before");
        foreach (var index in new[] { "direct", "before" }) await Done("retrieve", "--index", index, "--queries", "queries.tsv", "--method", "dense", "--output", $"{index}.run");

        folder.Read("before.run").ShouldBe(folder.Read("direct.run"));
        ((string)JsonNode.Parse((await folder.Run("index", "info", "--index", "before")).Output)!["encoder"]!).ShouldStartWith("dragoman-static");
        await Refused("holds vectors of another corpus.jsonl than c/corpus.jsonl", "index", "--collection", "c", "--model", Model, "--encoded", "many.jsonl", "--output", "wrong");
        await Refused("--encoded names vectors, but this index has none", "index", "--collection", "many", "--model", "none", "--encoded", "many.jsonl", "--output", "wrong");
        await Refused("that are not what an index keeps (side none", "index", "--collection", "many", "--model", Model, "--encoded", await PlainVectors(), "--output", "wrong");
        folder.Exists("wrong").ShouldBeFalse();

        WriteCollection("more", from: 5000, to: 5010);
        await Done("encode", "--model", Model, "--collection", "more", "--output", "more.jsonl");
        (await folder.Run("index", "add", "--index", "before", "--collection", "more", "--encoded", "more.jsonl")).Output.ShouldContain("Added 10 passages");
    }

    private async Task<string> PlainVectors()
    {
        // The corpus as texts, encoded as they are: its lines have an "id" too.
        await Done("encode", "--model", Model, "--input", "many/corpus.jsonl", "--output", "plain.jsonl");
        return "plain.jsonl";
    }

    private void WriteCollection(string name, int from = 0, int to = Texts) =>
        folder.Write($"{name}/corpus.jsonl", string.Concat(Enumerable.Range(from, to - from).Select(number => $$"""{"_id": "p{{number}}", "id": "p{{number}}", "title": "", "text": "{{Text(number)}}", "lang": "en"}""" + "\n")));

    private void WriteTexts(string name) => folder.Write(name, string.Concat(Enumerable.Range(0, Texts).Select(number => $$"""{"id": "p{{number}}", "text": "{{Text(number)}}"}""" + "\n")));

    private static string Text(int number) => string.Join(' ', Enumerable.Range(0, 1 + number % 7).Select(word => Words[(number * 31 + word * 7) % Words.Length])) + $" {number}";

    private async Task Done(params string[] arguments)
    {
        var run = await folder.Run(arguments);
        run.ExitCode.ShouldBe(0, run.Errors);
    }

    private async Task Refused(string problem, params string[] arguments)
    {
        var run = await folder.Run(arguments);
        run.ExitCode.ShouldBeGreaterThan(0);
        run.Errors.ShouldContain(problem);
        run.Errors.Trim().ShouldNotContain('\n');
    }
}
