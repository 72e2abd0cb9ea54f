using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling;
using Dragoman.Training.Sampling.Epochs;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Agreement;
using Dragoman.Training.Sampling.Rejection.Negatives;

namespace Dragoman.Training.Tests.Sampling.Epochs;

public sealed class EpochSamplingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static ExampleSettings Agreement(ExampleDetector detector, bool weighs = false) => new() { Scheme = SamplingScheme.Agreement, Detector = detector, Weighs = weighs };

    private static double ShareOfMismatched(IEnumerable<TrainingGroup> groups) => groups.Average(group => PlantedCollection.IsMismatched(group.Query.Id) ? 1.0 : 0);

    [Theory]
    [InlineData("probability")]
    [InlineData("mixture")]
    [InlineData("confident")]
    public void Examples_Agreement_DropsPlantedMismatches(string detector)
    {
        var groups = new PlantedCollection().Draw(PlantedCollection.Settings() with { Examples = Agreement(Enum.Parse<ExampleDetector>(detector, ignoreCase: true)) with { Shortens = true } }, _folder["e"]);
        groups.Count.ShouldBeInRange(24, 34);                                              // 32 of 40 are right
        ShareOfMismatched(groups).ShouldBeLessThan(0.06);                                  // 0.2 before
    }

    [Fact]
    public void Examples_SeedLiteral_KeepsMismatchesAndDropsWhatIsRight()
    {
        var planted = new PlantedCollection();
        var groups = planted.Draw(PlantedCollection.Settings() with { Examples = new ExampleSettings { Scheme = SamplingScheme.SeedLiteral, Shortens = true } }, _folder["e"]);
        groups.Count(group => PlantedCollection.IsMismatched(group.Query.Id)).ShouldBeGreaterThanOrEqualTo(6);                    // of 8
        ShareOfMismatched(groups).ShouldBeGreaterThan(0.4);
        planted.Asked.ShouldBeEmpty();
        planted.AskedLabels.ShouldBeEmpty();
    }

    [Fact]
    public void Examples_Weighed_EveryGroupStaysAndMismatchesWeighLeast()
    {
        var groups = new PlantedCollection().Draw(PlantedCollection.Settings() with { Examples = Agreement(ExampleDetector.Probability, weighs: true) }, _folder["e"]);
        groups.Count.ShouldBe(PlantedCollection.Queries);
        groups.ShouldAllBe(group => PlantedCollection.IsMismatched(group.Query.Id) ? group.Weight < 0.1 : group.Weight > 0.9);
        var entries = PlantedCollection.Ledger(_folder["e"]);
        entries.Select(entry => entry.Taken.Single().Weight).ShouldBe(groups.Select(group => group.Weight));
    }

    [Fact]
    public void Examples_Informative_WhatIsNotLearnedYetWeighsMore()
    {
        var planted = new PlantedCollection { Score = (query, passage) => passage[0] != 'a' || !PlantedCollection.IsAnswer(query, passage) ? 0 : query == "q07" ? 0.5 : 6 };
        var groups = planted.Draw(PlantedCollection.Settings() with { Examples = Agreement(ExampleDetector.Probability, weighs: true) with { Informative = true } }, _folder["e"]);
        var hard = groups.Single(group => group.Query.Id == "q07").Weight;
        groups.Where(group => group.Query.Id != "q07" && !PlantedCollection.IsMismatched(group.Query.Id)).ShouldAllBe(group => group.Weight < hard / 2);
        groups.ShouldAllBe(group => group.Weight >= 0.05 && group.Weight <= 1);
    }

    [Fact]
    public void Examples_StepsBudget_KeptExamplesAreRepeatedInTurn()
    {
        var groups = new PlantedCollection().Draw(PlantedCollection.Settings() with { Examples = new ExampleSettings { Scheme = SamplingScheme.Random, Rate = 0.3 } }, _folder["e"]);
        groups.Count.ShouldBe(PlantedCollection.Queries);
        var times = groups.CountBy(group => group.Query.Id).Select(count => count.Value).ToList();
        times.Count.ShouldBeInRange(5, 20);
        (times.Max() - times.Min()).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void Examples_Hardest_KeepsTheShareWithTheGreatestLoss()
    {
        var groups = new PlantedCollection().Draw(PlantedCollection.Settings() with { Examples = new ExampleSettings { Scheme = SamplingScheme.Hardest, Rate = 0.2, Shortens = true } }, _folder["e"]);
        groups.Count.ShouldBe(8);
        groups.ShouldAllBe(group => PlantedCollection.IsMismatched(group.Query.Id));
    }

    [Fact]
    public void Examples_NothingIsKept_AllStayAsWithoutSamplingAndThatIsTold()
    {
        var planted = new PlantedCollection { Probability = (_, _) => 0 };
        var groups = planted.Draw(PlantedCollection.Settings() with { Examples = Agreement(ExampleDetector.Probability) with { Acceptance = new AgreementAcceptance { Least = 0, WarmupEpochs = 0 } } }, _folder["e"]);
        groups.Count.ShouldBe(PlantedCollection.Queries);
        planted.Told.ShouldContain(text => text.Contains("40 stay as without sampling", StringComparison.Ordinal));
        planted.Noted.Single()["fallbacks"]!.GetValue<int>().ShouldBe(40);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Negatives_Calibrated_AvoidPlantedFalseNegatives(bool streams)
    {
        var planted = new PlantedCollection((query, passage) => passage == "a" + query[1..] ? 1 : 0)
        {
            Score = (query, passage) => PlantedCollection.IsAnswer(query, passage) ? 3 : 1.5 + PlantedCollection.Spread(query + passage),
            Probability = (query, passage) => PlantedCollection.IsAnswer(query, passage) ? 0.9999 : 0.02,
        };
        // Without a teacher that knows, the first stage's second passage is what is proposed most.
        var plain = planted.Draw(PlantedCollection.Settings() with { Negatives = new NegativeSettings { Rule = NegativeRule.SimAns(depth: 6) } }, _folder["plain"]);
        plain.Count(HasFalseNegative).ShouldBeGreaterThan(10);
        planted.Asked.ShouldBeEmpty();
        planted.AskedLabels.ShouldBeEmpty();
        var groups = planted.Draw(PlantedCollection.Settings() with { Negatives = new NegativeSettings { Rule = NegativeRule.Calibrated(depth: 20), Streams = streams } }, _folder["e"]);
        groups.Count(HasFalseNegative).ShouldBeLessThanOrEqualTo(4);
        groups.ShouldAllBe(group => group.Candidates.Count == 5 && group.Candidates.Select(candidate => candidate.Passage.Id).Distinct().Count() == 5);
        groups.ShouldAllBe(group => PlantedCollection.IsJudgedAnswer(group));
    }

    private static bool HasFalseNegative(TrainingGroup group) => group.Negatives.Any(passage => PlantedCollection.IsAnswer(group.Query.Id, passage.Id));

    [Fact]
    public void Examples_NoRateGiven_LabelsAreAskedForAndThePlantedShareIsEstimated()
    {
        var planted = new PlantedCollection();
        planted.Draw(PlantedCollection.Settings() with { Examples = Agreement(ExampleDetector.Probability, weighs: true) }, _folder["e"]);
        planted.Asked.ShouldBeEmpty();
        planted.AskedLabels.Count.ShouldBe(PlantedCollection.Queries);
        var part = planted.Noted.Single(fields => (string?)fields["part"] == ExamplesPart.Name);
        ((double)part["noise_rate"]!).ShouldBe(0.2, 0.02);                                    // every fifth; .97 and .02 are not sure of it
        planted.Told.ShouldContain(line => line.Contains(" % of the labels are taken to be wrong", StringComparison.Ordinal));

        planted.Draw(PlantedCollection.Settings() with { Examples = Agreement(ExampleDetector.Probability, weighs: true) with { NoiseRate = 0.4 } }, _folder["given"]);
        ((double)planted.Noted.Last(fields => (string?)fields["part"] == ExamplesPart.Name)["noise_rate"]!).ShouldBe(0.4);
    }

    [Fact]
    public void Negatives_Streamed_TeacherIsAskedForProposalsOnlyAndTheLedgerHoldsThem()
    {
        var planted = new PlantedCollection();
        planted.Draw(PlantedCollection.Settings() with { Negatives = new NegativeSettings { Rule = NegativeRule.RocketQa(depth: 20), Streams = true } }, _folder["e"], negatives: 2);
        planted.AskedLabels.ShouldBeEmpty();
        planted.Asked.Distinct().Count().ShouldBe(planted.Asked.Count);                       // each once
        planted.Asked.Count.ShouldBeLessThan(PlantedCollection.Queries * 12);                 // of 20 candidates and a positive each
        foreach (var entry in PlantedCollection.Ledger(_folder["e"])) entry.Passages.Select(passage => (entry.QueryId, passage.PassageId)).ShouldBeSubsetOf(planted.Asked);
    }

    [Fact]
    public void Negatives_EveryRule_LedgerReconcilesWithTheGroups()
    {
        foreach (var rule in NegativeRule.All)
        {
            foreach (var streams in new[] { false, true })
            {
                var groups = new PlantedCollection().Draw(PlantedCollection.Settings() with { Negatives = new NegativeSettings { Rule = rule, Streams = streams } }, _folder["e"]).ToDictionary(group => group.Query.Id);
                foreach (var entry in PlantedCollection.Ledger(_folder["e"]))
                {
                    entry.Part.ShouldBe("negatives");
                    groups[entry.QueryId].Candidates.Where(candidate => candidate.Origin.Why == CandidateOrigin.Sampled).Select(candidate => candidate.Passage.Id)
                        .ShouldBe(entry.Taken.Select(draw => entry.Passages[draw.Candidate].PassageId), $"{rule.Name} {streams} {entry.QueryId}");
                }
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Negatives_NothingCanBeAccepted_AreFromThePoolWithoutWhatWasRefusedAndThatIsTold(bool streams)
    {
        var planted = new PlantedCollection { Probability = (_, _) => 0.9 };
        var groups = planted.Draw(PlantedCollection.Settings() with { Negatives = new NegativeSettings { Rule = NegativeRule.RocketQa(depth: 20), Streams = streams } }, _folder["e"]);
        groups.ShouldAllBe(group => group.Candidates.Count == 5 && group.Candidates.Skip(1).All(candidate => candidate.Origin.Why == CandidateOrigin.Random));
        groups.ShouldAllBe(group => !HasFalseNegative(group));
        planted.Told.ShouldContain(text => text.Contains("40 stay as without sampling, as nothing could be accepted; 160 negatives are from the pool", StringComparison.Ordinal));
        planted.Noted.Single()["from_pool"]!.GetValue<int>().ShouldBe(160);
    }

    [Theory]
    [InlineData(1, 80)]                                     // the eight mismatched have two answers that nobody judged
    [InlineData(2, 88)]
    public void Negatives_RocketQaWithPositives_WhatTheTeacherIsSureOfHasAGroupOfItsOwn(int most, int expected)
    {
        var (planted, settings) = (new PlantedCollection(), PlantedCollection.Settings() with { Negatives = new NegativeSettings { Rule = NegativeRule.RocketQa(depth: 20), Positives = most } });
        var groups = planted.Draw(settings, _folder["one"]);
        groups.Count.ShouldBe(expected);
        groups.Count.ShouldBeLessThanOrEqualTo(EpochSampling.MostGroups(settings, PlantedCollection.Queries));
        groups.Count(group => PlantedCollection.IsAnswer(group.Query.Id, group.Positive.Id)).ShouldBe(expected - 8);
        groups.ShouldAllBe(group => group.Candidates.Count == 5 && group.Candidates[0].Grade == 1 && group.Candidates[0].Origin.Why == CandidateOrigin.Positive && !HasFalseNegative(group));
        groups.Select(group => (group.Query.Id, group.Positive.Id)).ShouldBeUnique();
        groups.Select(group => group.Query.Id).ShouldBe(groups.Select(group => group.Query.Id).Order());                    // each beside its query's own
        planted.Noted.Single()["added"]!.GetValue<int>().ShouldBe(expected - 40);
        planted.Told.ShouldContain(text => text.Contains($"{expected - 40} groups are added, of passages of which the teacher is sure", StringComparison.Ordinal));
        PlantedCollection.Ledger(_folder["one"]).Count.ShouldBe(expected);
        new PlantedCollection().Draw(settings, _folder["four"], threads: 4);
        File.ReadAllBytes(_folder["four/epoch-2.tsv"]).ShouldBe(File.ReadAllBytes(_folder["one/epoch-2.tsv"]));
    }

    [Fact]
    public void Negatives_PositiveMissingFromTheRun_RulesThatCompareWithItFallBack()
    {
        var planted = new PlantedCollection();
        planted.Draw(PlantedCollection.Settings() with { ByRun = true, Negatives = new NegativeSettings { Rule = NegativeRule.SimAns() } }, _folder["e"]);
        planted.Noted.Single()["fallbacks"]!.GetValue<int>().ShouldBe(8);                      // the mismatched ones, whose passage is another query's
    }

    [Fact]
    public void AllParts_AnyThreads_DrawTheSame()
    {
        var settings = PlantedCollection.Settings() with
        {
            Positives = new PositiveSettings { Scheme = SamplingScheme.Rso, Count = 2, GradeShare = 0.5, BestGrade = 1 },
            Negatives = new NegativeSettings { Rule = NegativeRule.Calibrated(), Streams = true },
            Examples = Agreement(ExampleDetector.Mixture),
        };
        new PlantedCollection().Draw(settings, _folder["one"], threads: 1);
        new PlantedCollection().Draw(settings, _folder["four"], threads: 4);
        new PlantedCollection().Draw(settings, _folder["other"], epoch: 3);
        File.ReadAllBytes(_folder["one/epoch-2.tsv"]).ShouldBe(File.ReadAllBytes(_folder["four/epoch-2.tsv"]));
        File.ReadAllBytes(_folder["one/epoch-2.tsv"]).ShouldNotBe(File.ReadAllBytes(_folder["other/epoch-3.tsv"]));
        PlantedCollection.Ledger(_folder["one"]).Select(entry => entry.Part).Distinct().ShouldBe(["positives", "negatives", "examples"]);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Draw_ModelGivesNoNumber_NamesQueryAndPassage(double bad)
    {
        var planted = new PlantedCollection { Score = (query, passage) => query == "q03" && passage == "b03" ? bad : 0 };
        Should.Throw<DragomanException>(() => planted.Draw(PlantedCollection.Settings() with { Negatives = new NegativeSettings { Rule = NegativeRule.Ance() } }, _folder["e"])).Message
            .ShouldStartWith("Query q03: the model in training scores passage b03 as ");
        Directory.GetFiles(_folder["e"]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1.5)]
    public void Draw_TeacherGivesNoProbability_NamesQueryAndPassage(double bad)
    {
        var planted = new PlantedCollection { Probability = (query, _) => query == "q03" ? bad : 0.5 };
        Should.Throw<DragomanException>(() => planted.Draw(PlantedCollection.Settings() with { Examples = Agreement(ExampleDetector.Probability) }, _folder["e"])).Message
            .ShouldStartWith("Query q03: the teacher gives passage a03 a probability of relevance of ");
    }
}
