using Dragoman.Collections;
using Dragoman.Training.TranslationTables;

namespace Dragoman.Training.Tests.TranslationTables;

public class TableEstimatorTests
{
    [Theory]
    [InlineData(TableEstimate.Viterbi)]
    [InlineData(TableEstimate.Mean)]
    internal void Rows_PlantedDictionary_IsRecovered(TableEstimate estimate)
    {
        var rows = Learn(PlantedBitext.Make(2000, 100, 0.5, seed: 1), AlignmentDirection.SourceToTarget, new TableOptions { Estimate = estimate }).Where(row => row.Term != "filler").ToList();

        rows.Count.ShouldBe(100);
        foreach (var row in rows)
        {
            row.Translations[0].Target.ShouldBe("t" + row.Term[1..]);
            row.Translations[0].Probability.ShouldBeGreaterThan(0.85f);
        }
    }

    [Fact]
    public void Rows_ReverseDirection_GivesTheSourceTermOfEachTargetTerm()
    {
        var rows = Learn(PlantedBitext.Make(1000, 50, 0.3, seed: 2), AlignmentDirection.TargetToSource, new TableOptions());

        rows.Single(row => row.Term == "t7").Translations[0].Target.ShouldBe("s7");
    }

    [Fact]
    public void Rows_Always_AreOrderedAndSumToOne()
    {
        var rows = Learn(PlantedBitext.Make(500, 30, 0.5, seed: 4), AlignmentDirection.SourceToTarget, new TableOptions { Estimate = TableEstimate.Mean, MaxTranslations = 5 });

        rows.Select(row => row.Term).ShouldBe(rows.Select(row => row.Term).Order(StringComparer.Ordinal));
        foreach (var row in rows)
        {
            row.Translations.Count.ShouldBeLessThanOrEqualTo(5);
            row.Translations.Sum(translation => (double)translation.Probability).ShouldBe(1, 1e-6);
            row.Translations.Select(translation => translation.Probability).ShouldBe(row.Translations.Select(translation => translation.Probability).OrderDescending());
        }
    }

    [Fact]
    public void Rows_HighThreshold_KeepsTheBestTranslationAlways()
    {
        var bitext = new Bitext();
        for (var i = 0; i < 10; i++) bitext.Add(["a"], [$"b{i}"]);

        var row = Learn(bitext, AlignmentDirection.SourceToTarget, new TableOptions { MinProbability = 0.9 }).Single();

        row.Translations.ShouldBe([new Translation("b0", 1)]);
    }

    [Fact]
    public void Rows_MinCount_DropsRareTerms()
    {
        var bitext = new Bitext();
        bitext.Add(["often"], ["viel"]);
        bitext.Add(["often"], ["viel"]);
        bitext.Add(["once"], ["einmal"]);

        Learn(bitext, AlignmentDirection.SourceToTarget, new TableOptions { MinCount = 2 }).Select(row => row.Term).ShouldBe(["often"]);
    }

    private static List<(string Term, IReadOnlyList<Translation> Translations)> Learn(Bitext bitext, AlignmentDirection direction, TableOptions options)
    {
        var forward = WordAlignmentTrainerTests.Train(bitext, AlignmentDirection.SourceToTarget, new WordAlignmentOptions());
        var reverse = WordAlignmentTrainerTests.Train(bitext, AlignmentDirection.TargetToSource, new WordAlignmentOptions());
        var table = TableEstimator.Table(bitext, forward, reverse, direction, options);
        return [.. Enumerable.Range(0, table.Sources.Count).Select(source => (table.Sources[source], table.TranslationsOf(table.Sources[source])))];
    }
}
