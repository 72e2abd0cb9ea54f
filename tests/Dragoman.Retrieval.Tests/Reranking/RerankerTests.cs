using System.Globalization;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Models;
using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Encoders.Transformer;
using Dragoman.Retrieval.Reranking;
using Dragoman.Tensors;
using Dragoman.Text.Tokenizers;

namespace Dragoman.Retrieval.Tests.Reranking;

public sealed class RerankerTests : RequiresTorch, IDisposable
{
    private static readonly Query[] Queries = [new("q1", "red cat", "en"), new("q2", "a blue bird in the morning", "en")];
    private static readonly Passage[] Passages =
        [.. Enumerable.Range(0, 9).Select(i => new Passage($"p{i}", i % 2 == 0 ? "Title" : "", string.Join(' ', Enumerable.Repeat($"word{i} cat", i + 1)), "en"))];

    private readonly CrossEncoder _model;
    private readonly ITokenizer _tokenizer;

    public RerankerTests()
    {
        _model = CrossEncoder.Load(TestPaths.Fixture("bert-tiny"), new CrossEncoderOptions { Precision = Precision.Float32, MaxBatchTokens = 100 });
        _tokenizer = TokenizerLoader.FromFolder(TestPaths.Fixture("bert-tiny"));
    }

    public void Dispose() => _model.Dispose();

    private static Run Candidates()
    {
        var builder = new RunBuilder("first");
        foreach (var query in Queries)
            for (var i = 0; i < Passages.Length; i++) builder.Add(query.Id, Passages[i].Id, 100 - i);
        return builder.Build();
    }

    private Run Rerank(Run run, RerankOptions options) => new Reranker(_model, _tokenizer, options)
        .Rerank(run, CandidateTexts.For(run, "run.txt", Queries, Passages, options.Depth), cancellationToken: TestContext.Current.CancellationToken);

    [Fact]
    public void Rerank_AllCandidates_ScoresEqualThoseOfEachPairAlone()
    {
        var reranked = Rerank(Candidates(), new RerankOptions { MaxLength = 40 });
        reranked.EntryCount.ShouldBe(18);
        foreach (var query in Queries)
        {
            foreach (var (passageId, score) in reranked.Ranking(query.Id))
            {
                var passage = Passages[int.Parse(passageId[1..], CultureInfo.InvariantCulture)];
                var pair = _tokenizer.EncodePair(query.Text, passage.FullText, 40, Truncation.OnlySecond);
                // Padding and batches change the order of sums only: 1e-5 in float32.
                score.ShouldBe(_model.Score([new TokenSequence(pair.Ids, pair.TypeIds)], TestContext.Current.CancellationToken)[0], 1e-5);
            }
        }
    }

    [Fact]
    public void Rerank_Depth_TheRestKeepsItsOrderBelow()
    {
        var reranked = Rerank(Candidates(), new RerankOptions { MaxLength = 40, Depth = 3 });
        foreach (var query in Queries)
        {
            var ids = reranked.Ranking(query.Id).Select(passage => passage.PassageId).ToList();
            ids.Take(3).ShouldBe(["p0", "p1", "p2"], ignoreOrder: true);
            ids.Skip(3).ShouldBe(["p3", "p4", "p5", "p6", "p7", "p8"]);
            reranked.Ranking(query.Id).Select(passage => passage.Score).Distinct().Count().ShouldBe(9);
        }
    }

    [Fact]
    public void For_UnknownIds_CountsThemAndNamesTheFirst()
    {
        var builder = new RunBuilder("first");
        builder.Add("q1", [new("p1", 3), new("x7", 2), new("x3", 1)]);
        var run = builder.Build();
        Should.Throw<DragomanException>(() => CandidateTexts.For(run, "run.txt", Queries, Passages, null)).Message
            .ShouldBe("run.txt names 2 passages that the collection lacks, the first is x3; was it made from another collection?");
        Should.Throw<DragomanException>(() => CandidateTexts.For(run, "run.txt", [], Passages, null)).Message
            .ShouldBe("run.txt has candidates for 1 query without a text, the first is q1; was it made for other queries?");
        CandidateTexts.For(run, "run.txt", Queries, Passages, depth: 1).Passages.Keys.ShouldBe(["p1"]);
    }

    [Fact]
    public void Create_LongerPairsThanTheModelReads_IsRefused() =>
        Should.Throw<ConfigurationException>(() => new Reranker(_model, _tokenizer, new RerankOptions { MaxLength = 129, Depth = 0 })).Problems
            .ShouldBe(["Depth is 0; use 1 or more.", "MaxLength is 129; the model reads up to 128 tokens."]);

    [Fact]
    public void Encode_LongQuery_LeavesRoomForThePassage()
    {
        var pairs = new PairTokenizer(_tokenizer, 20, PairTokenizer.DefaultQueryLength(20));
        var encoded = pairs.Encode(string.Join(' ', Enumerable.Repeat("cat", 100)), string.Join(' ', Enumerable.Repeat("bird", 100)));
        (encoded.FirstTokens, encoded.SecondTokens, encoded.Ids.Length).ShouldBe((8, 9, 20));
    }
}
