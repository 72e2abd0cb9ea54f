using Dragoman.Collections;

namespace Dragoman.Cli.Tests.Commands;

public sealed class PrepareParallelCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string At(string name) => _folder[name];

    [Fact]
    public async Task Prepare_RowsWithRepeats_PairsOnceAndSplit()
    {
        await File.WriteAllTextAsync(At("in.jsonl"), """
            {"_id":"1","zh":"一","en":"one"}
            {"_id":"2","zh":"二","en":"two  lines"}
            {"_id":"3","zh":"一","en":"again"}
            {"_id":"4","zh":"三","ru":"три"}
            {"_id":"5","zh":"四","en":"two lines"}
            {"_id":"6","zh":"五","en":"five"}
            {"_id":"7","zh":"六","en":"six"}

            """, TestContext.Current.CancellationToken);
        var result = await DragomanProcess.RunAsync("prepare", "parallel", "--input", At("in.jsonl"), "--from", "zh", "--to", "en", "--output", At("out"), "--dev", "2");
        result.ExitCode.ShouldBe(0, result.Errors);
        var collection = Collection.Open(At("out"));
        collection.ReadPassages().Select(passage => passage.Text).ShouldBe(["one", "two lines", "five", "six"]);
        collection.ReadQrels("dev").QueryIds.ShouldBe(["parallel-zh-000000", "parallel-zh-000002"]);
        collection.ReadQrels("train").Judgements("parallel-zh-000003").ShouldBe([new Judgement("parallel-en-000003", 1)]);
        (await File.ReadAllLinesAsync(At("out/parallel.tsv"), TestContext.Current.CancellationToken)).ShouldBe(["zh\ten", "二\ttwo lines", "六\tsix"]);
    }

    [Fact]
    public async Task Prepare_LanguageAbsent_SaysHowManyPairs()
    {
        await File.WriteAllTextAsync(At("in.jsonl"), "{\"_id\":\"1\",\"zh\":\"一\",\"en\":\"one\"}\n", TestContext.Current.CancellationToken);
        var result = await DragomanProcess.RunAsync("prepare", "parallel", "--input", At("in.jsonl"), "--from", "zh", "--to", "kk", "--output", At("out"));
        result.ExitCode.ShouldBe(2);
        result.Errors.Trim().ShouldBe("prepare parallel: --dev is 200, but there are 0 distinct pairs of zh and kk; use less, and check the languages.");
        Directory.Exists(At("out")).ShouldBeFalse();
    }
}
