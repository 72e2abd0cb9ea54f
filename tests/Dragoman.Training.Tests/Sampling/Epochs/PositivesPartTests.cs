using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling;
using Dragoman.Training.Sampling.Epochs;
using Dragoman.Training.Sampling.Rejection;

namespace Dragoman.Training.Tests.Sampling.Epochs;

public sealed class PositivesPartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // a is the best answer, b a good one, and a passage of the run that answers nothing has a low grade.
    private static PlantedCollection Graded() => new((query, passage) => passage[1..] != query[1..] ? 0 : passage[0] == 'a' ? 3 : passage[0] == 'b' ? 2 : 0);

    private IReadOnlyList<TrainingGroup> Draw(PlantedCollection planted, PositiveSettings settings, int epoch = 2) => planted.Draw(PlantedCollection.Settings() with { Positives = settings }, _folder["e"], epoch);

    public static TheoryData<string> Schemes => [SamplingScheme.Rejection, SamplingScheme.QuasiRejection, SamplingScheme.Resampling, SamplingScheme.GumbelTopK];

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Draw_GradedTarget_PositivesFollowTheGrades(string scheme)
    {
        var settings = new PositiveSettings { Scheme = scheme, Bound = new BoundOptions { Kind = scheme == SamplingScheme.QuasiRejection ? BoundKind.Variation : BoundKind.Exact }, Factor = 100 };
        var drawn = Enumerable.Range(2, 30).SelectMany(epoch => Draw(Graded(), settings, epoch)).ToList();
        double Share(char kind) => drawn.Average(group => group.Positive.Id == kind + group.Query.Id[1..] ? 1.0 : 0);
        // 2^3 - 1 and 2^2 - 1 of 10, and 0.02 for each of some twenty others.
        var mass = 10 + PlantedCollection.Depth * 0.02;
        Share('a').ShouldBe(7 / mass, 0.07);
        Share('b').ShouldBe(3 / mass, 0.07);
        drawn.ShouldAllBe(group => group.Candidates[0].Grade >= 1 && group.Candidates.Skip(1).All(candidate => candidate.Grade == 0 && candidate.Passage.Id != group.Positive.Id));
        drawn.ShouldAllBe(group => group.Weight == 1 && group.Candidates.Count == 5);
    }

    [Fact]
    public void Draw_Importance_WeightsAreRelativeToTheQuerysOthers()
    {
        var groups = Draw(Graded(), new PositiveSettings { Scheme = SamplingScheme.Importance, Count = 16 });
        foreach (var query in groups.GroupBy(group => group.Query.Id)) query.Sum(group => group.Weight).ShouldBe(query.Count(), 1e-9);
        double Weight(char kind) => groups.Where(group => group.Positive.Id == kind + group.Query.Id[1..]).Sum(group => group.Weight) / groups.Count;
        (Weight('a') / Weight('b')).ShouldBe(7 / 3.0, 0.7);
    }

    [Fact]
    public void Draw_SeveralGroupsOfAQuery_LedgerReconciles()
    {
        var drawn = Draw(Graded(), new PositiveSettings { Scheme = SamplingScheme.Rejection, Count = 3 });
        var groups = drawn.ToLookup(group => group.Query.Id, group => group.Positive.Id);
        drawn.ShouldAllBe(group => !group.Negatives.Any(passage => groups[group.Query.Id].Contains(passage.Id)));
        foreach (var entry in PlantedCollection.Ledger(_folder["e"])) groups[entry.QueryId].ShouldBe(entry.Taken.Select(draw => entry.Passages[draw.Candidate].PassageId));
        groups.Sum(query => query.Count()).ShouldBeGreaterThan(PlantedCollection.Queries * 2);
    }

    [Theory]
    [InlineData("rso")]
    [InlineData("raft")]
    [InlineData("rest")]
    public void Draw_ByATeachersReward_PositivesAreWhatItHoldsRelevantAndNegativesAreWorse(string scheme)
    {
        var planted = new PlantedCollection();
        var groups = Draw(planted, new PositiveSettings { Scheme = scheme, GradeShare = 0, Beta = 0.1, Gap = 0.2, Count = 1 });
        var drawn = groups.Where(group => group.Candidates.Skip(1).Any(candidate => candidate.Origin.Why == CandidateOrigin.Sampled)).ToList();
        drawn.Count.ShouldBeGreaterThan(30);
        drawn.Count(group => PlantedCollection.IsAnswer(group.Query.Id, group.Positive.Id)).ShouldBe(drawn.Count);
        drawn.SelectMany(group => group.Candidates.Skip(1).Select(candidate => (group.Query.Id, candidate.Passage.Id))).ShouldAllBe(pair => !PlantedCollection.IsAnswer(pair.Item1, pair.Item2));
        // Whether the judged passage is right does not matter where the teacher decides.
        drawn.ShouldContain(group => PlantedCollection.IsMismatched(group.Query.Id));
    }

    [Fact]
    public void Draw_TiltedTarget_FavoursRewardsWithinTheProposal()
    {
        var groups = Draw(new PlantedCollection(), new PositiveSettings { Scheme = SamplingScheme.GumbelTopK, Target = PositiveTarget.Tilted, GradeShare = 0, Beta = 0.1 });
        groups.Count(group => PlantedCollection.IsAnswer(group.Query.Id, group.Positive.Id)).ShouldBeGreaterThan(38);
    }

    [Fact]
    public void Draw_AgreementBeside_TargetTakesItInAndNothingIsWeighed()
    {
        // b is judged best and wrong; what the teacher says moves the draws to a.
        var planted = new PlantedCollection((query, passage) => passage == "a" + query[1..] ? 2 : passage == "b" + query[1..] ? 3 : 0) { Probability = (_, passage) => passage[0] == 'a' ? 0.99 : 0.01 };
        var settings = PlantedCollection.Settings() with { Positives = new PositiveSettings { Scheme = SamplingScheme.GumbelTopK } };
        var agreement = new ExampleSettings { Scheme = SamplingScheme.Agreement, Detector = ExampleDetector.Probability };
        var before = planted.Draw(settings, _folder["before"]);
        var after = planted.Draw(settings with { Examples = agreement }, _folder["after"]);
        before.Count(group => group.Positive.Id[0] == 'b').ShouldBeGreaterThan(18);
        after.Count(group => group.Positive.Id[0] == 'b').ShouldBeLessThan(10);
        after.ShouldAllBe(group => group.Weight == 1);
        PlantedCollection.Ledger(_folder["after"]).ShouldAllBe(entry => entry.Part == "positives");
    }

    [Fact]
    public void Draw_NoCandidateIsGraded_GroupStaysAsWithoutSamplingAndIsCounted()
    {
        var planted = new PlantedCollection();
        var groups = planted.Draw(PlantedCollection.Settings() with { ByRun = true, Positives = new PositiveSettings { Scheme = SamplingScheme.GumbelTopK, Smoothing = 0 } }, _folder["e"]);
        planted.Noted.Single()["fallbacks"]!.GetValue<int>().ShouldBe(8);                  // another query's passage, which the run lacks
        groups.Where(group => PlantedCollection.IsMismatched(group.Query.Id)).ShouldAllBe(group => group.Candidates[0].Origin.Rank == 0 && group.Weight == 1);
        groups.Count.ShouldBe(PlantedCollection.Queries);
    }

    [Fact]
    public void Draw_BoundTooSmall_IsCountedKeptAndTold()
    {
        var planted = Graded();
        Draw(planted, new PositiveSettings { Scheme = SamplingScheme.Rejection, Bound = new BoundOptions { Kind = BoundKind.Given, LogGiven = Math.Log(1.2) } });
        planted.Noted.Single()["above_bound"]!.GetValue<long>().ShouldBeGreaterThan(0);
        planted.Told.ShouldContain(text => text.StartsWith("warning: sampling of epoch 2, positives: ", StringComparison.Ordinal) && text.Contains("proposals were above the bound", StringComparison.Ordinal));
    }

    [Fact]
    public void Draw_OneCandidate_IsTaken()
    {
        var groups = Graded().Draw(PlantedCollection.Settings() with { ByRun = true, Depth = 1, Positives = new PositiveSettings { Scheme = SamplingScheme.Rejection } }, _folder["e"]);
        groups.ShouldAllBe(group => PlantedCollection.IsAnswer(group.Query.Id, group.Positive.Id));
        PlantedCollection.Ledger(_folder["e"]).ShouldAllBe(entry => entry.Taken.Any());
    }

    [Fact]
    public void Draw_WantedAndNeverProposed_NamesThePassage()
    {
        var planted = new PlantedCollection { Score = (query, passage) => passage == "a" + query[1..] ? -1e308 : 1e308 };
        Should.Throw<DragomanException>(() => planted.Draw(PlantedCollection.Settings() with { Proposal = new ProposalOptions { Temperature = 1e-6, Defence = 0 }, Positives = new PositiveSettings { Scheme = SamplingScheme.Rejection } }, _folder["e"]));
    }
}
