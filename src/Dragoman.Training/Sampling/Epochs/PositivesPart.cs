using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Agreement;
using Dragoman.Training.Sampling.Rejection.Schemes;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>
/// Draws the passages that serve as positives from a query's candidates (docs/guides/rejection-sampling.md). A query without a candidate that is judged relevant, or of which nothing is accepted, keeps its group as without sampling.
/// </summary>
/// <param name="settings">The scheme.</param>
/// <param name="agreement">What doubts grades, whose probabilities the target is multiplied by; null for nothing.</param>
internal sealed class PositivesPart(PositiveSettings settings, ExampleSettings? agreement)
{
    internal const string Name = "positives";
    private const int ProposalsForEachNegative = 4;

    /// <summary>Draws.</summary>
    /// <param name="work">The epoch.</param>
    /// <param name="groups">The groups as without sampling, one for each place of the sampler.</param>
    internal PartResult Draw(EpochWork work, IReadOnlyList<PlacedGroup> groups)
    {
        var lists = work.Each(groups.Count, at => List(work, groups[at]));
        var able = Enumerable.Range(0, groups.Count).Where(at => lists[at] is not null).ToList();
        var clean = Clean(work, groups, lists, able);
        var drawn = DrawAll(work, groups, lists, able, clean);
        var byGroup = new QueryDraws?[groups.Count];
        for (var at = 0; at < able.Count; at++) byGroup[able[at]] = drawn[at];
        var made = work.Each(groups.Count, at => byGroup[at] is { } draws ? Groups(work, groups[at], draws) : []);
        return new PartResult(EpochWork.Placed(made.SelectMany((own, at) => (own.Count > 0 ? own : [groups[at].Group]).Select(group => (groups[at].Source, group)))), [.. drawn.Select(draws => draws with { Part = Name })], made.Count(own => own.Count == 0));
    }

    private CandidateList? List(EpochWork work, PlacedGroup group)
    {
        var grades = work.Groups[group.Source].Graded.ToDictionary(candidate => candidate.Passage.Id, candidate => candidate.Grade, StringComparer.Ordinal);
        // Within the depth; relevant ones join wherever they stand.
        var ranking = work.Candidates[group.Source].Ranking.Where((passage, place) => place < work.Settings.Depth || grades.ContainsKey(passage.PassageId)).ToList();
        var list = ranking.Count == 0 ? null : new CandidateList(group.Group.Query.Id, [.. ranking.Select(passage => passage.PassageId)], [.. ranking.Select(passage => passage.Score)], [.. ranking.Select(passage => grades.GetValueOrDefault(passage.PassageId))]);
        return list is null || (list.HasOnlyZeros && !settings.NeedsTeacher) ? null : list;
    }

    /// <summary>For each candidate the probability that its grade is right, as far as it counts: 1 for a grade of 0, which says no more than the smoothing does. Null where nothing doubts.</summary>
    private double[][]? Clean(EpochWork work, IReadOnlyList<PlacedGroup> groups, CandidateList?[] lists, List<int> able)
    {
        if (agreement is null || settings.IsByReward) return null;
        var relevant = able.SelectMany((at, place) => Enumerable.Range(0, lists[at]!.Count).Where(candidate => lists[at]!.Grades[candidate] > 0).Select(candidate => (List: place, Candidate: candidate))).ToList();
        var pairs = relevant.Select(entry => (groups[able[entry.List]].Source, groups[able[entry.List]].Place, lists[able[entry.List]]!.PassageIds[entry.Candidate])).ToList();
        var losses = agreement.NeedsLosses ? PairLosses.Of(work, pairs, agreement.EasyNegatives) : null;
        var found = new AgreementDetector(agreement, work).Clean(pairs, losses);
        var clean = able.Select(at => Enumerable.Repeat(1.0, lists[at]!.Count).ToArray()).ToArray();
        for (var pair = 0; pair < found.Length; pair++) clean[relevant[pair].List][relevant[pair].Candidate] = agreement.Acceptance.Acceptance(found[pair], work.Epoch);
        return clean;
    }

    private QueryDraws[] DrawAll(EpochWork work, IReadOnlyList<PlacedGroup> groups, CandidateList?[] lists, List<int> able, double[][]? clean)
    {
        (CandidateList List, Proposal Proposal, DrawKey Key) Of(int place)
        {
            var (group, list) = (groups[able[place]], lists[able[place]]!);
            return (list, Proposal.Softmax(list, work.Settings.Proposal), work.Key(SamplingPart.Positives, group.Place));
        }
        if (settings.Scheme == SamplingScheme.Rso)
        {
            return TeacherRounds.Draw(work, able.Count, (place, factor) =>
            {
                var (list, proposal, key) = Of(place);
                return Asked(groups[able[place]].Source, list, proposal.First(Math.Max(settings.Count * factor, MostPairs(work)), key.Stream(list.QueryId, DrawPurpose.Proposal)));
            }, (place, factor) =>
            {
                var (list, proposal, key) = Of(place);
                return RewardSelection.Soft(list, proposal, at => Reward(work, groups[able[place]].Source, list, at), 1, settings.Beta, Stop with { CapFactor = factor }, key);
            }, settings.Cap);
        }
        if (settings.NeedsTeacher) work.Teacher!.Ask(Enumerable.Range(0, able.Count).SelectMany(place =>
        {
            var (list, proposal, key) = Of(place);
            var all = settings.IsByReward ? proposal.First(settings.Count * settings.Factor, key.Stream(list.QueryId, DrawPurpose.Proposal)) : [.. Enumerable.Range(0, list.Count)];
            return Asked(groups[able[place]].Source, list, all);
        }), work.Cancellation);
        return work.Each(able.Count, place =>
        {
            var (list, proposal, key) = Of(place);
            var source = groups[able[place]].Source;
            return settings.IsByReward ? ByReward(work, source, list, proposal, key) : ByTarget(work, source, list, proposal, key, clean?[place]);
        });
    }

    /// <summary>Proposals whose rewards are asked for even if fewer are judged: what is worse than an accepted one is found among them.</summary>
    private int MostPairs(EpochWork work) => settings.Gap is null ? 0 : ProposalsForEachNegative * work.Sources.Negatives;

    private StopRule Stop => new() { Wanted = settings.Count, Count = StopCount.Accepted, CapFactor = settings.Cap };

    private QueryDraws ByReward(EpochWork work, int source, CandidateList list, Proposal proposal, DrawKey key)
    {
        // What was not proposed has no reward, and needs none.
        var rewards = Rewards(work, source, list).Select(reward => double.IsNaN(reward) ? 0 : reward).ToArray();
        if (settings.Scheme == SamplingScheme.Raft) return RewardSelection.Best(list, proposal, rewards, settings.Count * settings.Factor, settings.Count, key);
        var threshold = settings.Thresholds[Math.Min(work.Epoch - work.Settings.WarmUp, settings.Thresholds.Count) - 1];
        return RewardSelection.Above(list, proposal, rewards, settings.Count * settings.Factor, [threshold], key);
    }

    private QueryDraws ByTarget(EpochWork work, int source, CandidateList list, Proposal proposal, DrawKey key, double[]? clean)
    {
        var target = settings.Target switch
        {
            PositiveTarget.Graded => Target.Graded(list, settings.Smoothing),
            PositiveTarget.Softmax => Target.SoftmaxOfGrades(list, settings.TargetTemperature),
            _ => Target.RewardTilted(list, proposal, Rewards(work, source, list), settings.Beta),
        };
        if (clean is not null) target = target.TimesClean(list, clean);
        if (settings.Scheme == SamplingScheme.GumbelTopK) return GumbelTopK.Draw(list, target, settings.Count, key);
        var ratios = CandidateRatios.Of(list, proposal, target);
        return settings.Scheme switch
        {
            SamplingScheme.Importance => ImportanceSampler.Weigh(list, proposal, ratios, Stop with { Count = StopCount.Proposals }, key),
            SamplingScheme.Resampling => ImportanceSampler.Resample(list, proposal, ratios, settings.Count, settings.Factor, key),
            var scheme => RejectionSampler.Draw(list, proposal, ratios, settings.Bound.LogBound(list, proposal, target, ratios), Stop, key, scheme),
        };
    }

    private IEnumerable<(int Source, string PassageId)> Asked(int source, CandidateList list, IReadOnlyList<int> candidates) => settings.NeedsTeacher ? candidates.Select(at => (source, list.PassageIds[at])) : [];

    /// <summary>The reward of each candidate, within [0, 1]; NaN for one that the teacher was not asked for.</summary>
    private double[] Rewards(EpochWork work, int source, CandidateList list) => [.. Enumerable.Range(0, list.Count).Select(at => Reward(work, source, list, at))];

    private double Reward(EpochWork work, int source, CandidateList list, int at)
    {
        var grade = Math.Clamp((double)list.Grades[at] / settings.BestGrade, 0, 1);
        return settings.NeedsTeacher ? settings.GradeShare * grade + (1 - settings.GradeShare) * work.Teacher!.Known(source, list.PassageIds[at]) : grade;
    }

    private List<TrainingGroup> Groups(EpochWork work, PlacedGroup placed, QueryDraws draws)
    {
        var taken = draws.Taken.Take(settings.Count).ToList();
        // Weights are relative to the query's others, so that every query weighs as many groups as it has.
        var mean = settings.Scheme == SamplingScheme.Importance || (settings.Scheme == SamplingScheme.GumbelTopK && taken.Count > 1) ? taken.Sum(draw => draw.Weight) / taken.Count : double.NaN;
        var rewards = settings.Gap is null ? [] : Rewards(work, placed.Source, draws.Candidates);
        return [.. taken.Select((draw, number) => Group(work, placed, draws, draw.Candidate, rewards, number) with { Weight = double.IsNaN(mean) ? 1 : draw.Weight / mean })];
    }

    private TrainingGroup Group(EpochWork work, PlacedGroup placed, QueryDraws draws, int positive, double[] rewards, int number)
    {
        var (group, list, key) = (placed.Group, draws.Candidates, work.Key(SamplingPart.Positives, placed.Place));
        TrainingCandidate Candidate(int at, int grade, string why) => new(work.Sources.Passages.Entries[list.PassageIds[at]], grade) { Origin = new CandidateOrigin(why, at + 1, list.Scores[at]) };
        // What was drawn stands for an answer, whatever nobody judged of it.
        var first = list.PassageIds[positive] == group.Positive.Id ? group.Candidates[0] : Candidate(positive, Math.Max(1, list.Grades[positive]), CandidateOrigin.Positive);
        if (settings.Gap is { } gap)
        {
            var worse = RewardSelection.Worse(draws, rewards, positive, gap, group.Candidates.Count - 1, key with { Seed = unchecked(key.Seed + number) });
            if (worse.Count > 0) return group with { Candidates = [first, .. worse.Select(at => Candidate(at, 0, CandidateOrigin.Sampled))] };
        }
        // What another group of the query takes for an answer is no negative here.
        var answers = draws.Taken.Select(draw => list.PassageIds[draw.Candidate]).ToHashSet(StringComparer.Ordinal);
        var others = group.Candidates.Skip(1).Where(candidate => !answers.Contains(candidate.Passage.Id)).ToList();
        if (others.Count < group.Candidates.Count - 1)
        {
            var without = others.Select(candidate => candidate.Passage.Id).Concat(answers).ToHashSet(StringComparer.Ordinal);
            others.AddRange(work.Sources.Sampler.Easy(placed.Source, group.Candidates.Count - 1 - others.Count, key.Stream(group.Query.Id, DrawPurpose.Pool), without).Select(passage => new TrainingCandidate(passage, 0) { Origin = new CandidateOrigin(work.Sources.Sampler.PoolWhy) }));
        }
        return group with { Candidates = [first, .. others] };
    }
}
