using System.Globalization;

namespace Dragoman.EndToEnd.Tests;

/// <summary>The demo as a newcomer runs it: the shipped collection, the shipped encoder, no libtorch.</summary>
[Trait("Speed", "Slow")]
public sealed class DemoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Demo_ShippedCollection_FindsPassagesAcrossLanguages()
    {
        var demo = await DragomanProcess.RunAsync("demo", "--output", _folder.Path);
        demo.ExitCode.ShouldBe(0, demo.Errors);
        var methods = demo.Output.Split('\n').SkipWhile(line => !line.StartsWith("method ", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.Length > 0)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToDictionary(cells => cells[0], cells => double.Parse(cells[1], CultureInfo.InvariantCulture));
        methods["pivot"].ShouldBeGreaterThan(0.5, "nDCG@10 over pairs of different languages");
        methods["dense"].ShouldBeGreaterThan(methods["bm25"] + 0.2, "terms alone do not cross languages");
        File.ReadAllText(_folder["report.html"]).ShouldContain("<caption>nDCG@10 of pivot");

        var search = await DragomanProcess.RunAsync("search", "--index", _folder["index"], "--from", "zh", "--in", "kk,ru", "--format", "json", "怎样煮茶");
        search.ExitCode.ShouldBe(0, search.Errors);
        search.Output.ShouldContain("\"language\": \"kk\"");
        search.Output.ShouldNotContain("\"language\": \"zh\"");

        // Over all languages the Kazakh run alone can reach a sixth of each need's passages: R@20 agrees with that, and nDCG@10 is what its first ranks deserve.
        var evaluate = await DragomanProcess.RunAsync(
            "evaluate", "--qrels", Path.Combine(TestPaths.Repository, "samples", "silk-road", "qrels", "test.tsv"), "--run", _folder["runs/pivot.kk.run"], "--measures", "nDCG@10 R@20", "--format", "json");
        evaluate.ExitCode.ShouldBe(0, evaluate.Errors);
        var numbers = System.Text.RegularExpressions.Regex.Matches(evaluate.Output, @"\d\.\d+").Select(number => double.Parse(number.Value, CultureInfo.InvariantCulture)).ToArray();
        numbers.Length.ShouldBe(2, evaluate.Output);
        numbers[0].ShouldBeInRange(0.1, 0.4);
        numbers[1].ShouldBeInRange(0.05, 1.0 / 6);
    }

    public void Dispose() => _folder.Dispose();
}
