using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Evaluation.Languages;
using Dragoman.Evaluation.Measures;

namespace Dragoman.Evaluation.Tests;

/// <summary>Runs read query by query give what runs read as a whole give.</summary>
public sealed class EvaluatorFileTests : IDisposable
{
    private static readonly IReadOnlyList<Measure> Measures = MeasureParser.ParseAll("nDCG@10 AP RR Bpref Judged@10 NumRet NumRelRet Accuracy LPR PEER@20 nDCG(judged_only=True)@5");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("scored")]
    [InlineData("ties")]
    public void Evaluate_FixtureFile_EqualsTheRunInMemory(string name)
    {
        var qrels = TrecQrels.Read(TestPaths.Fixture("trec-eval", "qrels.txt.gz"));
        var path = TestPaths.Fixture("trec-eval", $"{name}.run.txt.gz");

        Same(Evaluator.Evaluate(qrels, path, Measures, null, Languages(qrels)), Evaluator.Evaluate(qrels, TrecRun.Read(path), Measures, null, Languages(qrels)));
    }

    [Theory]
    [InlineData(400, 300, false)]     // several blocks and threads
    [InlineData(3, 40_000, false)]    // queries longer than a block
    [InlineData(20, 30, true)]        // lines of all queries in any order
    public void Evaluate_GeneratedFile_EqualsTheRunInMemory(int queries, int depth, bool shuffled)
    {
        var random = new Random(11);
        var (lines, builder) = (new List<string>(), new QrelsBuilder());
        for (var query = 0; query < queries; query++)
        {
            for (var i = 0; i < depth; i++) lines.Add($"q{query}\tQ0 passage-{i * 7} {i + 1}  {random.Next(200) / 8.0} tag");
            for (var i = 0; i < 20; i++) builder.Add($"q{query}", $"passage-{(i * 35) + query}", random.Next(-1, 4));
        }
        if (shuffled) random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(lines));
        var (qrels, path) = (builder.Build(), _folder.Write("run", "\uFEFF# a comment\n\n" + string.Join("\r\n", lines)));

        Same(Evaluator.Evaluate(qrels, path, Measures, null, Languages(qrels)), Evaluator.Evaluate(qrels, TrecRun.Read(path), Measures, null, Languages(qrels)));
    }

    [Theory]
    [InlineData("q1 Q0 a 1 1 t\nq1 Q0 a 2 0 t\n", "line 2: passage a of query q1 is already on line 1")]
    [InlineData("q1 Q0 a 1 1 t\nq1 Q0 b 2 nan t\n", "line 2: the score \"nan\" is not a finite number")]
    [InlineData("q1 Q0 a 1 1 t\n\nq1 Q0 b 2 0.5\n", "line 3: 5 fields, expected 6")]
    [InlineData("q1 Q0 a 1 1 t x\n", "line 1: 7 fields, expected 6")]
    [InlineData("# nothing\n", "the run is empty")]
    public void Evaluate_MalformedFile_HasTheReadersMessage(string text, string expected) =>
        Should.Throw<DataFormatException>(() => Evaluator.Evaluate(Trec.Qrels("q1 a 1"), _folder.Write("run", text), [new Ndcg()])).Message.ShouldContain(expected);

    [Fact]
    public void Evaluate_NoSuchFile_SaysSo() =>
        Should.Throw<DragomanException>(() => Evaluator.Evaluate(Trec.Qrels("q1 a 1"), _folder["none"], [new Ndcg()])).Message.ShouldContain("none does not exist");

    [Fact]
    public void Evaluate_NotUtf8_SaysWhere()
    {
        var path = _folder.Write("run", [.. "q1 Q0 a 1 1 t\nq1 Q0 "u8, 0xFF, .. " 2 0 t\n"u8]);

        Should.Throw<DataFormatException>(() => Evaluator.Evaluate(Trec.Qrels("q1 a 1"), path, [new Ndcg()])).Message.ShouldContain("line 2: byte 7 of the line is not UTF-8");
    }

    [Fact]
    public void Evaluate_TwoTags_FactsHaveTheFirstLines()
    {
        var facts = Evaluator.Evaluate(Trec.Qrels("q1 a 1"), _folder.Write("run", "q1 Q0 a 1 1 first\nq2 Q0 a 1 1 second\n"), [new Ndcg()]).Run!;

        (facts.Tag, facts.Queries, facts.Entries, facts.JudgedShare, facts.Relevant, facts.RelevantRetrieved).ShouldBe(("first", 2, 2, 1, 1, 1));
    }

    private static void Same(EvaluationResult file, EvaluationResult memory)
    {
        file.QueryIds.ShouldBe(memory.QueryIds);
        file.ByQuery.SelectMany(values => values).ShouldBe(memory.ByQuery.SelectMany(values => values));
        file.Overall.ShouldBe(memory.Overall);
        file.Ties.ShouldBe(memory.Ties);
        (file.QueriesOnlyInQrels, file.QueriesOnlyInRun, file.ConstantScoreQueries).ShouldBe((memory.QueriesOnlyInQrels, memory.QueriesOnlyInRun, memory.ConstantScoreQueries));
        (file.Run!.Tag, file.Run.Queries, file.Run.Entries, file.Run.UnknownPassages, file.Run.JudgedShare).ShouldBe((memory.Run!.Tag, memory.Run.Queries, memory.Run.Entries, memory.Run.UnknownPassages, memory.Run.JudgedShare));
    }

    // Every other judged passage is Kazakh, the rest Chinese, as every query is.
    private static LanguageMap Languages(Qrels qrels)
    {
        var map = new LanguageMap();
        for (var passage = 0; passage < qrels.Passages.Count; passage++) map.AddPassage(qrels.Passages[passage], passage % 2 == 0 ? "zh" : "kk");
        foreach (var query in qrels.QueryIds) map.AddQuery(query, "zh");
        return map;
    }
}
