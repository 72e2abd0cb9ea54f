using System.Numerics.Tensors;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Models.Encoders;
using Dragoman.Training.Distillation;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.Tests.Sampling.Teachers;

public sealed class PairScorerTests
{
    private static readonly Query Red = new("q1", "red", "en"), Green = new("q2", "green", "en");
    private static readonly Passage Cat = new("p1", "", "a cat", "en"), Dog = new("p2", "A dog", "barks", "en"), Again = new("p3", "", "a cat", "en");
    private static readonly (Query Query, Passage Passage)[] Pairs = [(Red, Cat), (Red, Dog), (Green, Cat), (Red, Again), (Red, Cat)];

    [Fact]
    public void Score_Encoder_GivesCosinesAndEncodesEachTextOnce()
    {
        using var encoder = new CountingEncoder();
        using var scorer = new EncoderPairScorer(encoder);
        var scores = scorer.Score(Pairs, TestContext.Current.CancellationToken);
        scores.ShouldBe(Pairs.Select(pair => TensorPrimitives.Dot<float>(CountingEncoder.VectorOf(pair.Query.Text), CountingEncoder.VectorOf(pair.Passage.FullText))));
        encoder.Queries.ShouldBe(["red", "green"]);
        encoder.Passages.ShouldBe(["a cat", "A dog\nbarks"]);
        scorer.Score([], TestContext.Current.CancellationToken).ShouldBeEmpty();
    }

    [Fact]
    public void Score_ModelGivesNoNumber_NamesThePair()
    {
        using var scorer = new EncoderPairScorer(new CountingEncoder { Poison = "a cat" }, owns: true);
        Should.Throw<DragomanException>(() => scorer.Score([(Red, Dog), (Green, Cat)], TestContext.Current.CancellationToken)).Message
            .ShouldBe("The model scores passage p1 for query q2 as NaN; its weights are damaged, or try precision float32.");
    }

    [Fact]
    public void Score_RunLacksPairs_AreNoNumberCountedAndToldOnce()
    {
        var told = new List<string>();
        var builder = new RunBuilder("teacher");
        builder.Add("q1", "p1", 2.5);
        using var scorer = new RunScorer(new RunScores(builder.Build(), "teacher.run"), told.Add);
        scorer.Score(Pairs, TestContext.Current.CancellationToken).ShouldBe([2.5f, float.NaN, float.NaN, float.NaN, 2.5f]);
        scorer.Score([(Green, Dog)], TestContext.Current.CancellationToken).ShouldBe([float.NaN]);
        scorer.Missing.ShouldBe(4);
        told.ShouldBe(["warning: teacher.run lacks 3 of 5 pairs (query and passage: q1 p2, q2 p1, q1 p3); the teacher says nothing of these."]);
    }

    [Fact]
    public void Score_RunLacksAll_IsRefused()
    {
        var builder = new RunBuilder("teacher");
        builder.Add("q9", "p1", 1);
        using var scorer = new RunScorer(new RunScores(builder.Build(), "teacher.run"), _ => { });
        Should.Throw<DragomanException>(() => scorer.Score(Pairs, TestContext.Current.CancellationToken)).Message.ShouldContain("which is all of them; was it made for other queries or another collection?");
    }

    [Fact]
    public void Probabilities_RunLacksAPairOfTraining_NamesIt()
    {
        using var folder = new TemporaryFolder();
        var builder = new RunBuilder("teacher");
        builder.Add("q1", "p1", 2);
        using var teacher = new ScorerTeacher(new RunScorer(new RunScores(builder.Build(), "teacher.run"), _ => { }), "teacher.run", null, folder["teacher.json"]);
        teacher.Probabilities([(Red, Cat)], TestContext.Current.CancellationToken).ShouldBe([1 / (1 + Math.Exp(-2))]);
        Should.Throw<DragomanException>(() => teacher.Probabilities([(Red, Cat), (Green, Dog)], TestContext.Current.CancellationToken)).Message
            .ShouldStartWith("teacher.run (sampling.teacher.from) lacks 1 of 2 pairs that sampling asks for, the first being query q2 and passage p2;");
    }

    /// <summary>Vectors by the letters of a text; notes what it was given.</summary>
    private sealed class CountingEncoder : ITextEncoder
    {
        internal List<string> Queries { get; } = [];

        internal List<string> Passages { get; } = [];

        internal string? Poison { get; init; }

        public string Identity => "counting";

        public int Dimension => 3;

        public void Encode(IReadOnlyList<string> texts, Span<float> vectors) => Write(texts, vectors, Passages);

        public void EncodeQueries(IReadOnlyList<string> texts, Span<float> vectors) => Write(texts, vectors, Queries);

        public void Dispose()
        {
        }

        internal static float[] VectorOf(string text) => [text.Length, text[0], text[^1]];

        private void Write(IReadOnlyList<string> texts, Span<float> vectors, List<string> seen)
        {
            seen.AddRange(texts);
            for (var at = 0; at < texts.Count; at++) (texts[at] == Poison ? [float.NaN, 0, 0] : VectorOf(texts[at])).CopyTo(vectors[(at * 3)..]);
        }
    }
}
