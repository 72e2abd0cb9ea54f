using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Training.Choosing;
using Dragoman.Training.Sampling;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.Tests.Sampling.Teachers;

public sealed class CalibrationPairsTests
{
    private static CalibrationPairs Draw(Collection collection, Run? run = null, CalibrationOptions? options = null) => CalibrationPairs.Draw(
        collection.ReadQrels("dev"), collection.ReadQueries().ToDictionary(query => query.Id), new PassageCatalogue(collection.ReadPassages()), run, options ?? new CalibrationOptions { Candidates = 3, Seed = 1 });

    [Fact]
    public void Draw_WithoutARun_EveryQueryHasItsPositiveAndAsManyOthers()
    {
        using var folder = new TemporaryFolder();
        var collection = Collection.Open(TinyCollection.Write(folder));
        var pairs = Draw(collection);
        pairs.Queries.ShouldBe(4);
        pairs.Pairs.GroupBy(pair => pair.Query.Id).ShouldAllBe(query =>
            query.Count() == 4 && query.Single(pair => pair.IsRelevant).Passage.Id.Replace('p', 'q') == query.Key && query.Select(pair => pair.Passage.Id).Distinct().Count() == 4);
        pairs.Pairs.ShouldAllBe(pair => pair.IsCandidate && pair.IsLabel);
        pairs.Pairs.ShouldAllBe(pair => pair.Passage.Text.Length > 0 && pair.Query.Text.Length > 0);
        Draw(collection).Pairs.ShouldBe(pairs.Pairs);
        Draw(collection, options: new CalibrationOptions { Candidates = 3, Seed = 2 }).Pairs.ShouldNotBe(pairs.Pairs);
        Draw(collection, options: new CalibrationOptions { Candidates = 100, Seed = 1 }).Pairs.Count.ShouldBe(4 * 16);       // there are no more
        Draw(collection, options: new CalibrationOptions { Candidates = 3, Seed = 1, MostPairs = 9 }).Queries.ShouldBe(2);
    }

    [Fact]
    public void Draw_WithARun_CandidatesAreItsBestAndLabelsStandBesideRandomOnes()
    {
        using var folder = new TemporaryFolder();
        var collection = Collection.Open(TinyCollection.Write(folder));
        var builder = new RunBuilder("run");
        foreach (var (passage, score) in new[] { ("p03", 9), ("p05", 8), ("p06", 7), ("p08", 6), ("p09", 5) }) builder.Add("q03", passage, score);
        builder.Add("q07", "p00", 1);
        var pairs = Draw(collection, builder.Build());
        (string, bool)[] Candidates(string query) => [.. pairs.Pairs.Where(pair => pair.Query.Id == query && pair.IsCandidate).Select(pair => (pair.Passage.Id, pair.IsRelevant))];
        (string, bool)[] Labels(string query) => [.. pairs.Pairs.Where(pair => pair.Query.Id == query && pair.IsLabel).Select(pair => (pair.Passage.Id, pair.IsRelevant))];
        Candidates("q03").ShouldBe([("p03", true), ("p05", false), ("p06", false)]);
        Candidates("q07").ShouldBe([("p00", false)]);                                     // what the run does not have is no candidate, relevant or not
        Candidates("q11").ShouldBeEmpty();
        foreach (var query in new[] { "q03", "q07", "q11" })
        {
            Labels(query)[0].ShouldBe((query.Replace('q', 'p'), true));
            Labels(query).Length.ShouldBe(4);
            Labels(query).Count(label => label.Item2).ShouldBe(1);
        }
        pairs.Pairs.GroupBy(pair => (pair.Query.Id, pair.Passage.Id)).ShouldAllBe(same => same.Count() == 1);
    }

    [Fact]
    public void Draw_RunWithoutAnyRelevantPassage_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var collection = Collection.Open(TinyCollection.Write(folder));
        var builder = new RunBuilder("run");
        builder.Add("q03", "p05", 1);
        Should.Throw<DragomanException>(() => Draw(collection, builder.Build())).Message.ShouldBe(
            "None of the relevant passages of 4 dev queries is among the best 3 of negatives.run, which the teacher is calibrated on; name a run that has the dev queries, raise sampling.depth, or set sampling.teacher.calibrate: false.");
    }

    [Fact]
    public void Draw_Grades_OnlyTheBestAreLabels()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        File.AppendAllText(folder["collection/qrels/dev.tsv"], "q03\tp09\t2\n");
        var pairs = Draw(Collection.Open(folder["collection"]));
        pairs.Pairs.Where(pair => pair.Query.Id == "q03" && pair.IsRelevant).Select(pair => (pair.Passage.Id, pair.IsCandidate, pair.IsLabel)).ShouldBe([("p03", true, false), ("p09", true, true)]);
    }

    [Fact]
    public void Draw_QueriesThatAreTrainedOn_DoNotCountAsHeldOut()
    {
        using var folder = new TemporaryFolder();
        var collection = Collection.Open(TinyCollection.Write(folder));
        Draw(collection, options: new CalibrationOptions { Candidates = 3, Seed = 1, Trained = new HashSet<string> { "q03" } }).Pairs.ShouldAllBe(pair => pair.Query.Id != "q03");
        Should.Throw<DragomanException>(() => Draw(collection, options: new CalibrationOptions { Seed = 1, Trained = new HashSet<string> { "q03", "q07", "q11", "q15" } })).Message
            .ShouldStartWith("None of the 4 dev queries with a text can be used to calibrate the teacher: each is trained on, or has no relevant passage in the collection; set sampling.teacher.calibrate: false");
    }

    [Fact]
    public void ForCalibration_TestOrTrainingSplit_IsRefused()
    {
        using var folder = new TemporaryFolder();
        TinyCollection.Write(folder);
        File.Copy(folder["collection/qrels/dev.tsv"], folder["collection/qrels/test1.tsv"]);
        var collection = Collection.Open(folder["collection"]);
        string Problem(string dev) => Should.Throw<ConfigurationException>(() => DevChoice.ForCalibration(collection, "train", dev, wanted: false)).Problems.Single();
        Problem("train").ShouldStartWith("sampling.teacher is calibrated on data.dev, and 'train' is trained on.");
        Problem("valid").ShouldStartWith("sampling.teacher is calibrated on data.dev, and there is no split 'valid' (there is dev, test1, train).");
        Problem("test1").ShouldStartWith("sampling.teacher is calibrated on data.dev, and 'test1' is a test split");
        Problem("dev").ShouldStartWith("the judgements of dev split 'dev' are those of 'test1'");
        DevChoice.ForCalibration(collection, "train", "test1", wanted: true).QueryIds.Count.ShouldBe(4);
    }
}
