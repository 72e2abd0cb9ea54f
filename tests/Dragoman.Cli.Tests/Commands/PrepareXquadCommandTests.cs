using Dragoman.Collections;

namespace Dragoman.Cli.Tests.Commands;

public sealed class PrepareXquadCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TwoPassageLanguages_MakeACollection()
    {
        foreach (var language in new[] { "zh", "en", "ru" }) Write(language, $$"""{"data": [{"paragraphs": [{"context": "{{language}} c", "qas": [{"id": "a", "question": "{{language}} q"}]}]}]}""");
        var output = _folder["out"];

        var result = await DragomanProcess.RunAsync("prepare", "xquad", "--input", _folder.Path, "--from", "zh", "--to", "en,ru", "--output", output);

        result.Errors.Trim().ShouldBe($"{output}: 2 passages, 1 query; judgements: train 2, dev 0, test 0.");
        result.ExitCode.ShouldBe(0);
        File.Exists(Path.Combine(output, ".complete")).ShouldBeTrue();
        var collection = Collection.Open(output);
        collection.ReadPassages().Select(passage => passage.Language).ShouldBe(["en", "ru"]);
        collection.ReadQrels("train").Judgements(collection.ReadQueries().Single().Id).Count.ShouldBe(2);
    }

    [Fact]
    public async Task BrokenInput_LeavesNothing()
    {
        Write("zh", "{");

        var result = await DragomanProcess.RunAsync("prepare", "xquad", "--input", _folder.Path, "--from", "zh", "--to", "zh", "--output", _folder["out"]);

        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldStartWith(_folder["xquad.zh.json"] + ", line 1: not valid JSON (");
        Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).ShouldBe(["xquad.zh.json"]);
    }

    [Fact]
    public async Task MalformedLanguage_ExitsWithTwo()
    {
        var result = await DragomanProcess.RunAsync("prepare", "xquad", "--input", _folder.Path, "--from", "zh_CN", "--to", "en", "--output", "out");

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldStartWith("--from: \"zh_CN\" is not a language tag;");
    }

    private void Write(string language, string content) => _folder.Write($"xquad.{language}.json", content);
}
