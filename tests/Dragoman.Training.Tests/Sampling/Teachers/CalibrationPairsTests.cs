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
        pairs.Pairs.Zip(pairs.Relevant).GroupBy(pair => pair.First.Query.Id).ShouldAllBe(query =>
            query.Count() == 4 && query.Single(pair => pair.Second).First.Passage.Id.Replace('p', 'q') == query.Key && query.Select(pair => pair.First.Passage.Id).Distinct().Count() == 4);
        pairs.Pairs.ShouldAllBe(pair => pair.Passage.Text.Length > 0 && pair.Query.Text.Length > 0);
        Draw(collection).Pairs.ShouldBe(pairs.Pairs);
        Draw(collection, options: new CalibrationOptions { Candidates = 3, Seed = 2 }).Pairs.ShouldNotBe(pairs.Pairs);
        Draw(collection, options: new CalibrationOptions { Candidates = 100, Seed = 1 }).Pairs.Count.ShouldBe(4 * 16);       // there are no more
        Draw(collection, options: new CalibrationOptions { Candidates = 3, Seed = 1, MostPairs = 9 }).Queries.ShouldBe(2);
    }

    [Fact]
    public void Draw_WithARun_TakesItsBestAndFillsUp()
    {
        using var folder = new TemporaryFolder();
        var collection = Collection.Open(TinyCollection.Write(folder));
        var builder = new RunBuilder("run");
        foreach (var (passage, score) in new[] { ("p03", 9), ("p05", 8), ("p06", 7), ("p08", 6), ("p09", 5) }) builder.Add("q03", passage, score);
        builder.Add("q07", "p00", 1);
        var pairs = Draw(collection, builder.Build());
        string[] Others(string query) => [.. pairs.Pairs.Zip(pairs.Relevant).Where(pair => pair.First.Query.Id == query && !pair.Second).Select(pair => pair.First.Passage.Id)];
        Others("q03").ShouldBe(["p05", "p06", "p08"]);
        Others("q07")[0].ShouldBe("p00");
        Others("q07").Length.ShouldBe(3);
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
