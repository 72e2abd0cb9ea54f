using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Parallel;

namespace Dragoman.Collections.Tests.Formats.Parallel;

public sealed class ParallelTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Json_SeparatesIdAndSourceFromLanguages()
    {
        var row = ParallelText.Read(_folder.Write("p.jsonl", """{"_id": "r1", "src": "GNOME/x", "en": "Tom", "id": "Tom (id)", "kk": ""}""")).Single();

        (row.Id, row.Source).ShouldBe(("r1", "GNOME/x"));
        row.Texts.ShouldBe(new Dictionary<string, string> { ["en"] = "Tom", ["id"] = "Tom (id)" });
    }

    [Fact]
    public void Read_Tabs_TakesLanguagesFromTheHeader()
    {
        var rows = ParallelText.Read(_folder.Write("p.tsv", "zh\tkk\n水\tсу\n火\t\n")).ToList();

        rows[0].Id.ShouldBe("p.tsv:2");
        rows[0].Texts.ShouldBe(new Dictionary<string, string> { ["zh"] = "水", ["kk"] = "су" });
        rows[1].Texts.Keys.ShouldBe(["zh"]);
    }

    [Theory]
    [InlineData("zh\tkk\n水\n", ", line 2: 1 columns, expected 2 (zh, kk) as in the header line.")]
    [InlineData("zh\tkk\tzh\n", ", line 1: a column name occurs twice in the header line.")]
    [InlineData("{\"_id\": \"a\", \"zh\": 1}\n", ", line 1: the field \"zh\" is not a string; expected {\"_id\": \"r1\", \"zh\": \"…\", \"kk\": \"…\"}.")]
    [InlineData("{\"_id\": \"a\", \"chinese\": \"x\"}\n", ", line 1: \"chinese\" is not a language tag; use a BCP 47 tag such as \"kk\", \"zh\" or \"zh-Hant\", or \"und\" when the language is not known.")]
    [InlineData("", ": there are no rows; expected lines like {\"_id\": \"r1\", \"zh\": \"…\", \"kk\": \"…\"}, or TSV with a header of language tags.")]
    public void Read_Bad_SaysWhatAndWhere(string content, string problem)
    {
        var path = _folder.Write("p.txt", content);

        Should.Throw<DataFormatException>(() => ParallelText.Read(path).ToList()).Message.ShouldBe(path + problem);
    }

    [Theory]
    [InlineData("tatoeba", 190_227)]
    [InlineData("udhr", 62)]
    public void Read_SharedSet_HasEveryRow(string name, int rows)
    {
        var path = TestPaths.Data("parallel", name + ".jsonl.gz");

        ParallelText.Read(path).Count(row => row.Texts.Count >= 2).ShouldBe(rows);
    }
}
