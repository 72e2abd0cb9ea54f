using System.Text.Json;
using Dragoman.Testing;

namespace Dragoman.Cli.Tests.Commands;

public sealed class AnalyzeCommandTests
{
    [Fact]
    public async Task Analyze_Json_HoldsEveryStep()
    {
        var (exit, output, _) = await DragomanProcess.RunAsync("analyze", "--language", "kk", "--format", "json", "Qalalaryñ үлкен");
        exit.ShouldBe(0);
        var analysis = JsonDocument.Parse(output).RootElement;
        analysis.GetProperty("analyzer").GetString().ShouldBe("kk-v1");
        var word = analysis.GetProperty("words")[0];
        word.GetProperty("end").GetInt32().ShouldBe(9);
        word.GetProperty("folded").GetString().ShouldBe("qalalaryñ");
        word.GetProperty("script").GetString().ShouldBe("қалаларың");
        word.GetProperty("term").GetString().ShouldBe("қала");
    }

    [Fact]
    public async Task Analyze_Lines_GivesATableEach()
    {
        var (exit, output, _) = await DragomanProcess.RunAsync(new DragomanProcess.Surroundings { Input = "The camels\n\nnext\u202E\n" }, "analyze", "--language", "en");
        exit.ShouldBe(0);
        output.ShouldContain("dropped");
        output.ShouldContain("camel\n");
        output.ShouldContain("next<U+202E>");
        output.Split("analyzer  en-v1").Length.ShouldBe(4);
    }

    [Fact]
    public async Task Analyze_Match_SaysWhichTermsMeet()
    {
        var (exit, output, _) = await DragomanProcess.RunAsync("analyze", "--language", "en", "--match", "Two camels crossed", "a camel and a horse");
        exit.ShouldBe(0);
        output.ShouldContain("1 of 2 query terms are in the passage.");
    }

    [Theory]
    [InlineData("'xx1' is not", "--language", "xx1", "a")]
    [InlineData("'kk/foo': 'foo' is not a variant", "--analyzer", "kk/foo", "a")]
    [InlineData("--match needs the text", "--match", "a")]
    [InlineData("there is no second text", "--match-language", "kk", "a")]
    public async Task Analyze_Wrong_IsUsageWithASentence(string problem, params string[] arguments)
    {
        var (exit, output, errors) = await DragomanProcess.RunAsync(["analyze", .. arguments]);
        exit.ShouldBe(2);
        output.ShouldBeEmpty();
        (errors.Contains(problem, StringComparison.Ordinal) || errors.Contains("names no known language", StringComparison.Ordinal)).ShouldBeTrue(errors);
    }
}
