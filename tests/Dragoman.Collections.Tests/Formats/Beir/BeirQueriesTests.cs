using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Beir;

namespace Dragoman.Collections.Tests.Formats.Beir;

public sealed class BeirQueriesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Tabs_TakesTheGivenLanguage() =>
        BeirQueries.Read(_folder.Write("queries.tsv", "345\t数论\r\n346\tab\tc\n"), "zh").ShouldBe([new Query("345", "数论", "zh"), new Query("346", "ab\tc", "zh")]);

    [Fact]
    public void WriteThenRead_Json_IsTheSame()
    {
        Query[] queries = [new("q1", "如何", "zh"), new("q2", "қалай", "kk")];

        BeirQueries.Write(_folder["queries.jsonl"], queries);

        BeirQueries.Read(_folder["queries.jsonl"], "en").ShouldBe(queries);
    }

    [Theory]
    [InlineData("q1\ta\nq1\tb\n", ", line 2: the query id q1 is already on line 1; ids must be unique.")]
    [InlineData("q1\ta\nq2 b\n", ", line 2: no tab; expected an id, a tab and the text, or JSON lines like {\"_id\": \"q1\", \"text\": \"…\", \"lang\": \"zh\"}.")]
    [InlineData("q1\t \n", ", line 1: the text of query q1 is empty; remove the query or give it a text.")]
    [InlineData("", ": there are no queries; expected lines like {\"_id\": \"q1\", \"text\": \"…\", \"lang\": \"zh\"}, or an id, a tab and the text.")]
    public void Read_Bad_SaysWhatAndWhere(string content, string problem)
    {
        var path = _folder.Write("queries.tsv", content);

        Should.Throw<DataFormatException>(() => BeirQueries.Read(path).ToList()).Message.ShouldBe(path + problem);
    }
}
