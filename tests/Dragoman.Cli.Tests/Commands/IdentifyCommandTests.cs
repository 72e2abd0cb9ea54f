using System.Text.Json;

namespace Dragoman.Cli.Tests.Commands;

public sealed class IdentifyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Identify_Lines_GivesALineForEach()
    {
        var (exit, output, errors) = await RunAsync("Керуендер жібек пен шайды тасымалдады\n\nDie Karawanen brachten Seide\n", "--top", "2");
        (exit, errors).ShouldBe((0, ""));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Select(line => line.GetProperty("language").GetString()).ShouldBe(["kk", "und", "de"]);
        lines[0].GetProperty("probability").GetDouble().ShouldBeInRange(0.9, 1);
        lines[1].GetProperty("alternatives").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Identify_Among_NamesNoOther()
    {
        var (exit, output, _) = await RunAsync("президент\n", "--among", "ky,kk", "--prior", "ky=50");
        exit.ShouldBe(0);
        JsonDocument.Parse(output).RootElement.GetProperty("language").GetString().ShouldBe("ky");
    }

    [Fact]
    public async Task Identify_InputFile_IsRead()
    {
        var (exit, output, _) = await RunAsync("", "--input", _folder.Write("in.txt", "商隊把絲綢和茶葉運過沙漠"));
        exit.ShouldBe(0);
        output.ShouldStartWith("{\"language\":\"zh-Hant\",");
    }

    [Fact]
    public async Task Evaluate_LabelledTexts_PrintsSharesByLanguage()
    {
        var texts = _folder.Write("texts.tsv", "kk\tкеруендер жібек пен шайды тасымалдады\nde\tdie Karawanen brachten Seide und Tee\nde\tchargé\n");
        var (exit, output, errors) = await RunAsync("", "--evaluate", "--input", texts);
        exit.ShouldBe(0, errors);
        var rows = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows[0].ShouldStartWith("language");
        rows[1].ShouldStartWith("de");
        rows[^1].ShouldStartWith("mean");
        errors.ShouldContain("3 texts, ");
    }

    [Theory]
    [InlineData("--among", "english", "names no known language")]
    [InlineData("--among", "sv", "which the identifier does not know; it knows und, am, ar,")]
    [InlineData("--prior", "kk", "write a language and a weight of 0 or more, as kk=5")]
    [InlineData("--prior", "kk=-1", "write a language and a weight of 0 or more, as kk=5")]
    [InlineData("--top", "0", "--top must be 1 or more")]
    [InlineData("--evaluate", "--verbose", "--evaluate: needs a file")]
    public async Task Identify_WrongUsage_ExitsWithTwo(string option, string value, string sentence)
    {
        var (exit, output, errors) = await RunAsync("text\n", option, value);
        (exit, output).ShouldBe((2, ""));
        errors.ShouldContain(sentence);
    }

    [Fact]
    public async Task Identify_NoModel_FailsInOneSentence()
    {
        var (exit, _, errors) = await RunAsync("", "--model", _folder["none"]);
        exit.ShouldBe(1);
        errors.ShouldContain("does not exist; name a folder or file that 'dragoman train' made");
    }

    [Theory]
    [InlineData("kk text\n", "line 1: found no tab")]
    [InlineData("de\tein Satz\nenglish\ttext\n", "line 2: 'english' names no known language")]
    [InlineData("", "there are no texts")]
    public async Task Evaluate_MalformedFile_NamesTheLine(string content, string sentence)
    {
        var (exit, _, errors) = await RunAsync("", "--evaluate", "--input", _folder.Write("texts.tsv", content));
        exit.ShouldBe(1);
        errors.ShouldContain(sentence);
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(string input, params string[] arguments)
    {
        var result = await DragomanProcess.RunAsync(new DragomanProcess.Surroundings { Input = input }, ["identify", .. arguments]);
        return (result.ExitCode, result.Output, result.Errors);
    }
}
