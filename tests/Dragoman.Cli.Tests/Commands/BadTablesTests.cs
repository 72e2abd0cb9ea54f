using System.Text;

namespace Dragoman.Cli.Tests.Commands;

/// <summary>Folders of translation tables that are damaged in every way: one sentence, and no run.</summary>
public sealed class BadTablesTests : IClassFixture<SearchFolder>
{
    private const string Good = """{"түйе": {"camel": 0.9}}""";
    private readonly SearchFolder _folder;

    public BadTablesTests(SearchFolder folder)
    {
        _folder = folder;
        folder.Write("camel.jsonl", """{"_id": "q1", "text": "camel", "lang": "en"}""" + "\n");
    }

    [Theory]
    [InlineData("hello", "t/kk-en.json.gz, line 1: not valid JSON")]
    [InlineData("", "t/kk-en.json.gz, line 1: not valid JSON")]
    [InlineData("[1]", "t/kk-en.json.gz, line 1: unexpected StartArray")]
    [InlineData("{}", "t/kk-en.json.gz: the table is empty")]
    [InlineData("{\"түйе\": {}}", "t/kk-en.json.gz: the table is empty")]
    [InlineData("{\"түйе\": {\"camel\": 0.5}", "t/kk-en.json.gz, line 1: not valid JSON")]
    [InlineData("{\"түйе\": {\"camel\": 0.5}} x", "t/kk-en.json.gz, line 1: not valid JSON")]
    [InlineData("{\n\"түйе\": {\"camel\": -0.1}}", "t/kk-en.json.gz, line 2: the probability of \"camel\" for \"түйе\" is -0.1; expected a number from 0 to 1.")]
    [InlineData("{\"түйе\": {\"camel\": 1.5}}", "is 1.5; expected a number from 0 to 1.")]
    [InlineData("{\"түйе\": {\"camel\": 1e999}}", "is 1e999; expected a number from 0 to 1.")]
    [InlineData("{\"түйе\": {\"camel\": NaN}}", "t/kk-en.json.gz, line 1: not valid JSON ('N'")]
    [InlineData("{\"түйе\": {\"camel\": \"NaN\"}}", "unexpected String at \"түйе\"")]
    [InlineData("{\"түйе\": {\"camel\": null}}", "unexpected Null at \"түйе\"")]
    [InlineData("{\"түйе\": {\"camel\": {\"x\": 1}}}", "unexpected StartObject at \"түйе\"")]
    [InlineData("{\"түйе\": {\"camel\": 0.5}, \"түйе\": {\"dog\": 0.5}}", "the source term \"түйе\" occurs twice")]
    [InlineData("{\"түйе\": {\"camel\": 0.5, \"camel\": 0.2}}", "the target term \"camel\" of \"түйе\" occurs twice")]
    [InlineData("{\"\\ud83d\": {\"camel\": 0.5}}", "a term is not valid Unicode")]
    public async Task Retrieve_MalformedTable_NamesFileLineAndProblem(string table, string expected)
    {
        Write(table);
        await Refused(expected);
    }

    [Fact]
    public async Task Retrieve_DamagedGzip_IsNamed()
    {
        Write(Good);
        var bytes = Gzip("{" + string.Join(",\n", Enumerable.Range(0, 500).Select(number => $"\"t{number}\": {{\"w{number * 7919}\": 0.5}}")));
        File.WriteAllBytes(At("t/kk-en.json.gz"), bytes[..(bytes.Length / 2)]);
        await Refused("the gzip data end or break here");
        File.WriteAllBytes(At("t/kk-en.json.gz"), [.. bytes[..20], .. new byte[100]]);
        await Refused("the gzip data end or break here");
    }

    [Theory]
    [InlineData("kk-en.json.gz", "t/kk-en.json.gz does not exist")]
    [InlineData("en.terms.tsv.gz", "t/en.terms.tsv.gz does not exist")]
    [InlineData("manifest.json", "t/manifest.json: the manifest is missing")]
    [InlineData(".complete", "t is not a finished output of 'dragoman train'")]
    public async Task Retrieve_FileIsMissing_IsNamed(string file, string expected)
    {
        Write(Good);
        File.Delete(At("t/" + file));
        await Refused(expected);
    }

    [Theory]
    [InlineData("camel\tmany\n")]
    [InlineData("camel\t-1\n")]
    [InlineData("camel\t99999999999999999999\n")]
    [InlineData("camel 5\n")]
    public async Task Retrieve_BadCounts_AreNamed(string counts)
    {
        Write(Good);
        _folder.Write("t/en.terms.tsv.gz", counts);
        await Refused("t/en.terms.tsv.gz, line 1: expected a term, a tab and its count.");
    }

    [Fact]
    public async Task Retrieve_CountsBeyond64Bits_AreNamed()
    {
        Write(Good);
        _folder.Write("t/en.terms.tsv.gz", "camel\t9223372036854775807\n");
        await Refused("t/en.terms.tsv.gz, line 1: the counts up to here sum to more than 64 bits hold");
    }

    [Fact]
    public async Task Retrieve_RowSumsAboveOne_IsNamed()
    {
        Write("""{"түйе": {"camel": 0.9, "dog": 0.4}}""");
        await Refused("t/kk-en.json.gz: the probabilities of 1 term sum to more than 1");
    }

    [Theory]
    [InlineData("""{"analyzer": 5, "tables": []}""")]
    [InlineData("""{"analyzer": "x", "tables": [5]}""")]
    [InlineData("""{"analyzer": "x", "tables": [{}]}""")]
    [InlineData("""{"analyzer": "x", "tables": [{"from": 1, "to": "en"}]}""")]
    [InlineData("""{"analyzer": "x", "tables": [{"from": "../../kk", "to": "en"}]}""")]
    public async Task Retrieve_ManifestOfAnotherKind_IsNamed(string manifest)
    {
        Write(Good);
        _folder.Write("t/manifest.json", manifest);
        await Refused("t/manifest.json: this is not a folder of translation tables");
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private void Write(string table)
    {
        _folder.Write("t/kk-en.json.gz", table); // gzip is known by its first bytes, not by the name
        _folder.Write("t/en.terms.tsv.gz", "camel\t5\n");
        _folder.Write("t/manifest.json", """{"analyzer": "multilingual-v1", "tables": [{"from": "kk", "to": "en"}]}""");
        _folder.Write("t/.complete", "");
    }

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(bytes, System.IO.Compression.CompressionMode.Compress)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    private async Task Refused(string expected)
    {
        var run = await _folder.Run("retrieve", "--index", "i", "--queries", "camel.jsonl", "--method", "psq", "--translation-table", "t", "--output", "psq.run");

        run.ExitCode.ShouldBe(1, run.Errors);
        run.Errors.ShouldContain(expected);
        run.Errors.Trim().ShouldNotContain('\n');
        _folder.Exists("psq.run").ShouldBeFalse();
    }
}
