using System.Text.Json;

namespace Dragoman.Cli.Tests.Commands;

public sealed class TokenizeCommandTests
{
    [Fact]
    public async Task Tokenize_GoldenTexts_PrintsTheirTokensAndIds()
    {
        var golden = Golden("bert-tiny").GetProperty("single").EnumerateArray().Where(item => !item.GetProperty("text").GetString()!.Contains('\n', StringComparison.Ordinal)).ToList();
        var (exit, output, _) = await RunAsync("bert-tiny", string.Concat(golden.Select(item => item.GetProperty("text").GetString() + "\n")));
        exit.ShouldBe(0);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Count.ShouldBe(golden.Count);
        foreach (var (line, item) in lines.Zip(golden))
        {
            JsonElement.DeepEquals(line.GetProperty("tokens"), item.GetProperty("tokens")).ShouldBeTrue(line.ToString());
            JsonElement.DeepEquals(line.GetProperty("ids"), item.GetProperty("ids")).ShouldBeTrue(line.ToString());
            line.GetProperty("type_ids").GetArrayLength().ShouldBe(line.GetProperty("ids").GetArrayLength());
        }
    }

    [Fact]
    public async Task Tokenize_GoldenPair_PrintsItsIdsUnderOnlySecond()
    {
        var pair = Golden("bert-tiny").GetProperty("pairs").EnumerateArray().First(item => item.GetProperty("truncation").GetString() == "only_second");
        var (exit, output, _) = await RunAsync("bert-tiny", $"{pair.GetProperty("a").GetString()}\t{pair.GetProperty("b").GetString()}\r\n",
            "--pair", "--max-length", pair.GetProperty("max_length").GetRawText(), "--truncation", "only_second");
        exit.ShouldBe(0);
        var line = JsonDocument.Parse(output).RootElement;
        JsonElement.DeepEquals(line.GetProperty("ids"), pair.GetProperty("input_ids")).ShouldBeTrue();
        JsonElement.DeepEquals(line.GetProperty("type_ids"), pair.GetProperty("token_type_ids")).ShouldBeTrue();
        line.GetProperty("tokens").GetArrayLength().ShouldBe(line.GetProperty("ids").GetArrayLength() - 3);
    }

    [Fact]
    public async Task Tokenize_LineWithoutTab_FailsWithItsNumber()
    {
        var (exit, _, error) = await RunAsync("bert-tiny", "a\tb\nno tab\n", "--pair");
        exit.ShouldBe(1);
        error.ShouldBe("standard input, line 2: found no tab; with --pair a line is two texts separated by a tab.");
    }

    [Fact]
    public async Task Tokenize_NoFolder_FailsInOneSentence()
    {
        var (exit, output, error) = await RunAsync("no-such-model", "");
        (exit, output).ShouldBe((1, ""));
        error.ShouldContain("no-such-model: the folder does not exist");
    }

    [Theory]
    [InlineData("--max-length", "0")]
    [InlineData("--truncation", "middle")]
    public async Task Tokenize_WrongUsage_ExitsWithTwo(string option, string value)
    {
        var (exit, output, error) = await RunAsync("bert-tiny", "", option, value);
        (exit, output).ShouldBe((2, ""));
        error.ShouldContain(option.Contains("max", StringComparison.Ordinal) ? "--max-length must be 1 or more." : "longest_first");
    }

    private static JsonElement Golden(string model) => JsonDocument.Parse(File.ReadAllText(TestPaths.Fixture(model, "tokenizer.golden.json"))).RootElement;

    private static async Task<(int Exit, string Output, string Error)> RunAsync(string model, string input, params string[] options)
    {
        var run = await DragomanProcess.RunAsync(new() { Input = input }, ["tokenize", "--model", TestPaths.Fixture(model), .. options]);
        return (run.ExitCode, run.Output, run.Errors.Trim());
    }
}
