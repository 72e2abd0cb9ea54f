using System.Numerics.Tensors;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Models;
using Dragoman.Models.CrossEncoders;
using Dragoman.Models.Encoders;
using Dragoman.Retrieval.Reranking;
using Dragoman.Text.Tokenizers;
using Dragoman.Training.Distillation;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.Tests.Distillation;

public sealed class TeacherTests : RequiresTorch
{
    private static readonly TrainingGroup[] Groups =
    [
        Group("q1", "red cat", ("p1", "a red cat"), ("p2", "a white fish in the river")),
        Group("q2", "green dog", ("p3", "a green dog"), ("p1", "a red cat"), ("p4", "a house")),
    ];

    private static TrainingGroup Group(string id, string query, params (string Id, string Text)[] passages) =>
        new(new Query(id, query, "en"), [.. passages.Select((passage, place) => new TrainingCandidate(new Passage(passage.Id, "", passage.Text, "en"), place == 0 ? 1 : 0))]);

    private static Run RunOf(params (string Query, string Passage, double Score)[] entries)
    {
        var builder = new RunBuilder("teacher");
        foreach (var (query, passage, score) in entries) builder.Add(query, passage, score);
        return builder.Build();
    }

    private static double[] Scores(IReadOnlyList<TrainingGroup> groups) => [.. groups.SelectMany(group => group.Candidates).Select(candidate => candidate.TeacherScore)];

    [Fact]
    public void Score_RunLacksCandidates_TheyHaveNoneAndTheFirstAreNamed()
    {
        var told = new List<string>();
        using var teacher = new RunTeacher(RunOf(("q1", "p1", 3), ("q2", "p4", 1), ("q2", "other", 8)), "teacher.run", refusesMissing: false);
        Scores(teacher.Score(Groups, told.Add, TestContext.Current.CancellationToken)).ShouldBe([3, double.NaN, double.NaN, double.NaN, 1]);
        told.ShouldBe(["warning: teacher.run lacks 3 of 5 candidates (query and passage: q1 p2, q2 p3, q2 p1); these are left out of the comparison with the teacher."]);
    }

    [Fact]
    public void Score_MissingIsAnError_NamesTheFirst()
    {
        using var teacher = new RunTeacher(RunOf(("q1", "p1", 3), ("q1", "p2", 3)), "teacher.run", refusesMissing: true);
        Should.Throw<DragomanException>(() => teacher.Score(Groups, _ => { }, TestContext.Current.CancellationToken)).Message.ShouldBe(
            "teacher.run lacks 3 of 5 candidates (query and passage: q2 p3, q2 p1, q2 p4), and distillation.missing is error; let the teacher score what is trained on, or set distillation.missing: skip.");
    }

    [Fact]
    public void Score_RunOfOtherQueries_IsRefusedEitherWay()
    {
        using var teacher = new RunTeacher(RunOf(("q9", "p1", 3)), "teacher.run", refusesMissing: false);
        Should.Throw<DragomanException>(() => teacher.Score(Groups, _ => { }, TestContext.Current.CancellationToken)).Message.ShouldContain("which is all of them; was it made for other queries or another collection?");
    }

    [Fact]
    public void Score_CrossEncoder_GivesItsLogits()
    {
        var folder = TestPaths.Fixture("bert-tiny");
        using var teacher = ModelTeacher.Load(folder, 32, Precision.Float32, Dragoman.Tensors.Device.Cpu);
        using var model = CrossEncoder.Load(folder, new CrossEncoderOptions { Precision = Precision.Float32 });
        var reranker = new Reranker(model, TokenizerLoader.FromFolder(folder), new RerankOptions { MaxLength = 32 });
        var expected = reranker.Score([.. Groups.SelectMany(group => group.Candidates.Select(candidate => (group.Query.Text, candidate.Passage.Text)))], TestContext.Current.CancellationToken);
        var scores = Scores(teacher.Score(Groups, _ => { }, TestContext.Current.CancellationToken));
        for (var at = 0; at < 5; at++) scores[at].ShouldBe(expected[at], 1e-6);
        expected.Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public void Score_BiEncoder_GivesItsCosines()
    {
        using var folder = new TemporaryFolder();
        using var teacher = ModelTeacher.Load(TinyEncoder.Write(folder, "teacher"), 32, Precision.Float32, Dragoman.Tensors.Device.Cpu);
        using var encoder = EncoderLoader.FromFolder(folder["teacher"], Precision.Float32);
        var scores = Scores(teacher.Score(Groups, _ => { }, TestContext.Current.CancellationToken));
        var at = 0;
        foreach (var group in Groups)
            foreach (var candidate in group.Candidates)
            {
                var (query, passage) = (new float[16], new float[16]);
                encoder.EncodeQueries([group.Query.Text], query);
                encoder.Encode([candidate.Passage.Text], passage);
                scores[at++].ShouldBe(TensorPrimitives.Dot<float>(query, passage), 1e-5);
            }
    }

    [Fact]
    public void Score_SameGroupsAgain_AreNotReadTwice()
    {
        var told = new List<string>();
        using var teacher = ModelTeacher.Load(TestPaths.Fixture("bert-tiny"), 32, Precision.Float32, Dragoman.Tensors.Device.Cpu);
        var first = teacher.Score(Groups, told.Add, TestContext.Current.CancellationToken);
        teacher.Score([.. Groups], told.Add, TestContext.Current.CancellationToken).ShouldBe(first);
        teacher.Score([Groups[1]], told.Add, TestContext.Current.CancellationToken).Count.ShouldBe(1);
        told.Count.ShouldBe(2);
    }
}
