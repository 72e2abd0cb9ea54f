using System.Text.Json.Nodes;

namespace Dragoman.Cli.Tests.Commands.Data;

public sealed class DataListCommandTests
{
    [Fact]
    public async Task List_WithoutWords_ShowsThePublications()
    {
        await using var bench = new PublisherBench();

        var outcome = await bench.RunAsync("list");

        outcome.ExitCode.ShouldBe(0, outcome.Errors);
        var lines = outcome.Output.TrimEnd().Split('\n');
        lines[0].ShouldStartWith("publication");
        lines.Skip(1).Select(line => line.Split(' ')[0]).ShouldBe(["mine", "africlirmatrix", "clirmatrix", "hc4", "miracl", "mmarco", "models", "mrtydi", "neuclir", "xquad"]);
        lines.Single(line => line.StartsWith("clirmatrix", StringComparison.Ordinal)).ShouldEndWith(" 38,559");
        outcome.Errors.ShouldContain("'dragoman data list NAME'");
    }

    [Fact]
    public async Task List_Words_ShowsTheEntriesThatHaveAll()
    {
        await using var bench = new PublisherBench();

        var outcome = await bench.RunAsync("list", "zh-kk", "base");

        outcome.Output.TrimEnd().Split('\n').Skip(1).ShouldHaveSingleItem().ShouldStartWith("clirmatrix/zh-kk/base  ");
        outcome.Errors.Trim().ShouldBeEmpty();
    }

    [Fact]
    public async Task List_Json_HasNamesSizesAndTerms()
    {
        await using var bench = new PublisherBench();

        var outcome = await bench.RunAsync("list", "mine", "apples", "--format", "json");

        var row = JsonNode.Parse(outcome.Output)!.AsArray().ShouldHaveSingleItem()!;
        row["name"]!.GetValue<string>().ShouldBe("mine/set");
        row["licence"]!.GetValue<string>().ShouldBe("CC0");
        row["files"]!.GetValue<int>().ShouldBe(2);
        row["bytes"].ShouldBeNull();
    }

    [Fact]
    public async Task List_NothingFits_FailsWithASentence()
    {
        await using var bench = new PublisherBench();

        var outcome = await bench.RunAsync("list", "klingon");

        outcome.ExitCode.ShouldBe(1);
        outcome.Errors.ShouldBe("Nothing in the catalogue has 'klingon'; 'dragoman data list' without words shows the publications.\n");
    }

    [Fact]
    public async Task Info_Entry_SaysWhatIsKnownAndWhatIsNot()
    {
        await using var bench = new PublisherBench();

        var before = await bench.RunAsync("info", "mine/set");
        await bench.RunAsync("get", "mine/set");
        var after = await bench.RunAsync("info", "mine/set");

        before.ExitCode.ShouldBe(0, before.Errors);
        before.Output.ShouldContain("licence      CC0\n");
        before.Output.ShouldContain("cite         Me, 2026\n");
        before.Output.ShouldContain($"folder       {bench["cache"]}/mine/set\n");
        before.Output.ShouldContain("  size       not published\n  checksum   SHA-256 ");
        before.Output.ShouldContain("  size       8 bytes\n  checksum   not published\n  here       no\n");
        after.Output.ShouldContain(", checked, SHA-256 ");
        after.Output.ShouldContain(", no checksum to check, SHA-256 ");
    }

    [Fact]
    public async Task Data_WithoutTask_NamesTheTasks()
    {
        var outcome = await DragomanProcess.RunAsync("data");

        outcome.ExitCode.ShouldBe(2);
        outcome.Errors.ShouldStartWith("dragoman data needs a command: list, info, get");
    }
}
