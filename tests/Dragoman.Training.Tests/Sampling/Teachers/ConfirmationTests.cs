using Dragoman.Collections;
using Dragoman.Training.BiEncoders;
using Dragoman.Training.Fitting;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.Tests.Sampling.Teachers;

/// <summary>Wrong pairs are planted among the training pairs: who was trained on them believes them, who was not does not.</summary>
public sealed class ConfirmationTests : RequiresTorch
{
    private static readonly FitSettings Long = TeacherRun.Fit with { Epochs = 40, BatchSize = 64, CheckpointSteps = 0 };

    [Fact]
    public void Probabilities_PlantedWrongPairs_AreBelievedByTheModelThatLearnedThemOnly()
    {
        using var folder = new TemporaryFolder();
        var collection = Collection.Open(TinyCollection.WriteWords(folder, 160));
        var settings = TeacherRun.Bi(folder["words"], null, Long);
        var queries = collection.ReadQueries().ToDictionary(query => query.Id);
        var texts = collection.ReadPassages().ToDictionary(passage => passage.Id);
        // Every fifth training query gets the passage of the query seven places on.
        var train = collection.ReadQrels("train").QueryIds.Order(StringComparer.Ordinal).ToList();
        var planted = new QrelsBuilder();
        string PositiveOf(int place) => "p" + train[place % 5 == 0 ? (place + 7) % train.Count : place][1..];
        for (var place = 0; place < train.Count; place++) planted.Add(train[place], PositiveOf(place), 1);
        var passages = new PassageCatalogue(collection.ReadPassages());
        var sampler = new GroupSampler(queries, passages.Entries, planted.Build(), null, settings.Candidates.Options);
        var wrong = Enumerable.Range(0, train.Count).Where(place => place % 5 == 0).Select(place => (queries[train[place]], texts[PositiveOf(place)])).ToList();
        var right = Enumerable.Range(0, train.Count).Where(place => place % 5 != 0).Select(place => (queries[train[place]], texts[PositiveOf(place)])).ToList();

        using var log = new TrainingLog(TextWriter.Null, null, TimeProvider.System);
        var context = TeacherRun.Context(folder, "model", log);
        using var trainee = TeacherRun.Start(settings, folder["start"]);
        var weights = new TrainingWeights();
        var sources = TeacherRun.Sources(settings, trainee, weights, context, sampler);
        using var outside = RelevanceTeachers.Open(new TeacherSettings { Kind = TeacherKind.Folds, Folds = 4, Epochs = Long.Epochs }, sources, TestContext.Current.CancellationToken)!;
        trainee.Fit(new TraineeFit { Count = sampler.Count, Groups = epoch => passages.WithTexts(sampler.Draw(epoch)), Settings = Long, Checkpoint = new FitCheckpoint(folder["inside"], "", 1), Weights = weights }, context, TestContext.Current.CancellationToken);
        using var inside = RelevanceTeachers.Open(new TeacherSettings { Kind = TeacherKind.Self }, sources, TestContext.Current.CancellationToken)!;

        double Mean(IRelevanceTeacher teacher, List<(Query, Passage)> pairs) => teacher.Probabilities(pairs, TestContext.Current.CancellationToken).Average();
        var (believedInside, believedOutside) = (Mean(inside, wrong), Mean(outside, wrong));
        believedInside.ShouldBeGreaterThan(3 * believedOutside);
        // And it is no teacher that doubts everything.
        Mean(outside, right).ShouldBeGreaterThan(2 * believedOutside);
    }
}
