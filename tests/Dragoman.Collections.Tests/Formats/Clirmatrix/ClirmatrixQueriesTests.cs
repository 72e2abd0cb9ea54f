using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Collections.Formats.Clirmatrix;

namespace Dragoman.Collections.Tests.Formats.Clirmatrix;

public sealed class ClirmatrixQueriesTests : IDisposable
{
    private const string Lines = """
        {"src_id": "2986", "src_query": "7月29日", "tgt_results": [["8962", 6], ["8940", 4]]}

        {"src_id": 345, "src_query": " 数论 ", "tgt_results": [["11300", 3], ["8962", 0]]}

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_PublisherFileName_GivesTheLanguage()
    {
        var path = _folder.Write("zh.kk.test1.base.jl.gz", Gzipped.Bytes(Lines));
        var queries = ClirmatrixQueries.Read(path).ToList();
        queries.Select(query => query.Query).ShouldBe([new Query("2986", "7月29日", "zh"), new Query("345", "数论", "zh")]);
        queries[1].Results.ShouldBe([new Judgement("11300", 3), new Judgement("8962", 0)]);
        QueriesFile.Read(path).ShouldBe(queries.Select(query => query.Query));
        QueriesFile.Read(path, new QueryOptions { Language = "zh-Hant" }).First().Language.ShouldBe("zh-Hant");
    }

    [Fact]
    public void Qrels_QueriesWithResults_AreTheirJudgements()
    {
        var qrels = QrelsFile.Read(_folder.Write("any.json", Lines));
        qrels.QueryIds.ShouldBe(["2986", "345"]);
        qrels.Judgements("345").ShouldBe([new Judgement("11300", 3), new Judgement("8962", 0)]);
    }

    [Fact]
    public void Qrels_OtherJson_SaysWhatWasExpected() => Should.Throw<DataFormatException>(() => QrelsFile.Read(_folder.Write("x.jsonl", "{\"_id\": \"1\"}"))).Message
        .ShouldContain("line 1: JSON, but without judgements; expected lines of query, iteration, passage, grade, or CLIRMatrix's ");

    [Fact]
    public void Run_QueriesWithResults_ScoresTellNoGrade()
    {
        var run = RunFile.Read(_folder.Write("any.jl", Lines));
        run.Ranking("2986").ShouldBe([new RankedPassage("8962", 0), new RankedPassage("8940", 0)]);
        run.Ranking("345").ShouldBe([new RankedPassage("8962", 0), new RankedPassage("11300", 0)]);
    }

    [Fact]
    public void Write_ThenRead_GivesTheSame()
    {
        var queries = ClirmatrixQueries.Read(_folder.Write("zh.kk.dev.jl", Lines)).ToList();
        ClirmatrixQueries.Write(_folder["zh.kk.train.jl.gz"], queries);
        var read = ClirmatrixQueries.Read(_folder["zh.kk.train.jl.gz"]).ToList();
        read.Select(query => query.Query).ShouldBe(queries.Select(query => query.Query));
        read.SelectMany(query => query.Results).ShouldBe(queries.SelectMany(query => query.Results));
    }

    [Theory]
    [InlineData("{\"src_id\": \"1\", \"src_query\": \"a\", \"tgt_results\": [[\"8962\", 6.5]]}", "\"tgt_results[0]\" is not a pair of an id and a whole number; expected ")]
    [InlineData("{\"src_id\": \"1\", \"src_query\": \"a\"}", "the field \"tgt_results\" is missing; expected ")]
    [InlineData("{\"src_id\": \"1 2\", \"src_query\": \"a\", \"tgt_results\": []}", "the id \"1 2\" contains white space")]
    [InlineData("{\"src_id\": \"1\", \"src_query\": \"\\ud800\", \"tgt_results\": []}", "a text holds half of a surrogate pair")]
    [InlineData("{\"src_id\": \"1\", \"src_query\": \"a\", \"tgt_results\": []} x", "not valid JSON at character 54")]
    [InlineData("[1]", "the line is an array, expected an object")]
    public void Read_Malformed_SaysWhere(string line, string problem)
    {
        var path = _folder.Write("x.jl", "{\"src_id\": \"0\", \"src_query\": \"a\", \"tgt_results\": []}\n" + line);
        var failure = Should.Throw<DataFormatException>(() => ClirmatrixQueries.Read(path).ToList());
        failure.Message.ShouldStartWith($"{path}, line 2: {problem}");
    }
}
