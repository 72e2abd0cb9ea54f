using System.Text.Json;

namespace Dragoman.Cli.Tests.Commands;

/// <summary>diagnose with the shipped encoder and collection.</summary>
public sealed class DiagnoseCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Model { get; } = Path.Combine(TestPaths.Repository, "models", "dragoman-static");

    private static string Collection { get; } = Path.Combine(TestPaths.Repository, "samples", "silk-road");

    [Fact]
    public async Task Diagnose_ShippedModel_PrintsJsonAndDrawsAPage()
    {
        var run = await DragomanProcess.RunAsync("diagnose", Model, Collection, "--queries", "60", "--passages", "100", "--json", "--html", _folder["d.html"]);
        run.ExitCode.ShouldBe(0, run.Errors);
        using var json = JsonDocument.Parse(run.Output);
        json.RootElement.GetProperty("queries").GetInt32().ShouldBe(60);
        json.RootElement.GetProperty("dimension").GetInt32().ShouldBe(384);
        json.RootElement.GetProperty("languages")[0].GetProperty("mean_cosine").GetDouble().ShouldBeInRange(0, 0.6);
        json.RootElement.GetProperty("pairs")[0].GetProperty("raw").GetProperty("auc").GetDouble().ShouldBeGreaterThan(0.7);
        json.RootElement.GetProperty("what_if").GetArrayLength().ShouldBe(5);
        var page = File.ReadAllText(_folder["d.html"]);
        page.ShouldContain("Language bias");
        page.ShouldContain("dragoman diagnose");
    }

    [Fact]
    public async Task Diagnose_Table_EndsWithTheVerdict()
    {
        var run = await DragomanProcess.RunAsync("diagnose", Model, Collection, "--queries", "40", "--passages", "20");
        run.ExitCode.ShouldBe(0, run.Errors);
        foreach (var part in (string[])["Pairs against mismatches (40 queries", "eff. rank", "Language bias", "each language centred", "No alarm: pairs stand above mismatches"]) run.Output.ShouldContain(part);
    }

    [Theory]
    [InlineData("name a collection (dragoman diagnose MODEL COLLECTION) or --parallel FILE")]
    [InlineData("--parallel needs --pairs", "--parallel", "x.tsv")]
    [InlineData("a collection and --parallel are both given", "c", "--parallel", "x.tsv", "--pairs", "zh>kk")]
    [InlineData("--html needs a collection", "--parallel", "x.tsv", "--pairs", "zh>kk", "--html", "d.html")]
    [InlineData("--split belongs to a collection", "--parallel", "x.tsv", "--pairs", "zh>kk", "--split", "dev")]
    [InlineData("--skip belongs to --parallel", "c", "--skip", "5")]
    public async Task Diagnose_WrongUsage_SaysWhatIsMissing(string expected, params string[] arguments)
    {
        var run = await DragomanProcess.RunAsync(["diagnose", Model, .. arguments]);
        run.ExitCode.ShouldBe(2, run.Errors);
        run.Errors.ShouldContain(expected);
    }

    [Fact]
    public async Task Diagnose_NoSuchCollection_SaysSo()
    {
        var run = await DragomanProcess.RunAsync("diagnose", Model, _folder["nowhere"]);
        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("does not exist or is not a folder; name a collection folder");
    }
}
