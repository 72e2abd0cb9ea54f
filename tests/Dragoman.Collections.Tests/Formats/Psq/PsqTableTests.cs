using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Psq;

namespace Dragoman.Collections.Tests.Formats.Psq;

public sealed class PsqTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private TranslationTable Read(string json, TranslationCut? cut = null) => PsqTable.Read(_folder.Write("table.json", json), cut);

    [Fact]
    public void Read_PatapscoTable_IsSortedByProbability()
    {
        var table = PsqTable.Read(TestPaths.Data("formats", "patapsco", "rus_psq_table.json"));
        (table.Sources.Count, table.EntryCount, table.SourcesAboveOne).ShouldBe((4, 9, 0));
        table.TranslationsOf("flooding").ShouldBe([new Translation("наводнение", 0.6f), new Translation("затопление", 0.3f), new Translation("обводнение", 0.1f)]);
        table.TranslationsOf("prisoners").ShouldBe([new Translation("zaklyuchennyye", 0.9f)]);
        table.TranslationsOf("absent").ShouldBeEmpty();
    }

    [Fact]
    public void Read_CutOfPatapsco_NormalisesAndStopsWhereThePassing()
    {
        var table = Read("""{"a": {"x": 0.6, "y": 0.36, "z": 0.04, "w": 0.000001}, "b": {"x": 0.2}}""", TranslationCut.Patapsco);
        table.TranslationsOf("a").Select(translation => translation.Target).ShouldBe(["x", "y", "z"]);      // .6, .96, then 1.0 passes .97
        table.TranslationsOf("a").Sum(translation => translation.Probability).ShouldBe(1, 1e-6);
        table.TranslationsOf("b").ShouldBe([new Translation("x", 1)]);
    }

    [Fact]
    public void Read_CutOfFastPsq_KeepsAtMost64AndASingleTranslation()
    {
        var many = string.Join(", ", Enumerable.Range(0, 100).Select(target => $"\"t{target:00}\": 0.01"));
        var table = Read("{\"many\": {" + many + "}, \"one\": {\"x\": 1}}", TranslationCut.FastPsq);
        table.TranslationsOf("many").Count.ShouldBe(64);
        table.TranslationsOf("one").ShouldBe([new Translation("x", 1)]);
    }

    [Fact]
    public void Read_RowsAboveOne_AreCountedAndKept()
    {
        var table = Read("""{"a": {"x": 0.9, "y": 0.9}, "b": {"x": 0.5, "y": 0.5005}}""");
        table.SourcesAboveOne.ShouldBe(1);
        table.TranslationsOf("a").Select(translation => translation.Target).ShouldBe(["x", "y"]);
    }

    [Theory]
    [InlineData("{\"a\": {\"x\": 1.5}}", "line 1: the probability of \"x\" for \"a\" is 1.5; expected a number from 0 to 1.")]
    [InlineData("{\"a\": {\"x\": 1},\n\"a\": {\"x\": 1}}", "line 2: the source term \"a\" occurs twice; join its translations.")]
    [InlineData("{\"a\": {\"x\": 0.1,\n\n\"x\": 0.2}}", "line 3: the target term \"x\" of \"a\" occurs twice; add its probabilities up.")]
    [InlineData("{\"a\": {\"x\": -0.1}}", "line 1: the probability of \"x\" for \"a\" is -0.1")]
    [InlineData("{\"a\": {\"x\": NaN}}", "line 1: not valid JSON")]
    [InlineData("{\"a\":\n {\"x\": \"0.1\"}}", "line 2: unexpected String at \"a\"")]
    [InlineData("{\"a\": {\"x\": {}}}", "line 1: unexpected StartObject at \"a\"")]
    [InlineData("{\"a\": {\"\\ud800\": 1}}", "line 1: a term is not valid Unicode")]
    [InlineData("{\"a\": {\"x\": 1}", "line 1: not valid JSON")]
    [InlineData("[]", "line 1: unexpected StartArray")]
    [InlineData("{}", ": the table is empty; expected ")]
    [InlineData("", "line 1: not valid JSON")]
    public void Read_Malformed_SaysWhere(string json, string problem) => Should.Throw<DataFormatException>(() => Read(json)).Message.ShouldContain(problem);

    [Fact]
    public void Read_TableLargerThanTheBuffer_CountsLinesAcrossIt()
    {
        var rows = string.Join(",\n", Enumerable.Range(0, 5000).Select(source => $"\"source{source}\": {{\"{new string('t', 20)}{source}\": 0.5}}"));
        Read("{\n" + rows + "\n}").Sources.Count.ShouldBe(5000);
        Should.Throw<DataFormatException>(() => Read("{\n" + rows + ",\n\"late\": {\"x\": 2}\n}")).Line.ShouldBe(5002);
    }

    [Fact]
    public void Write_ThenRead_GivesTheSameTable()
    {
        var table = Read("""{"quo\"te": {"б": 0.25, "a": 0.25}, "b": {"x": 0.1}}""");
        PsqTable.Write(_folder["copy.json.gz"], table);
        var copy = PsqTable.Read(_folder["copy.json.gz"]);
        copy.Sources.Count.ShouldBe(2);
        copy.TranslationsOf("quo\"te").ShouldBe([new Translation("a", 0.25f), new Translation("б", 0.25f)]);
        copy.TranslationsOf("b").ShouldBe(table.TranslationsOf("b"));
    }
}
