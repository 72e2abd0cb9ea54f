using Dragoman.Collections;
using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Negatives;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>
/// Draws the negatives of each group by a rule (docs/guides/rejection-sampling.md). What a rule accepts too few of is filled up from the pool, with passages that it did not look at; a group for which that gives nothing keeps its own.
/// </summary>
/// <param name="settings">The rule.</param>
internal sealed class NegativesPart(NegativeSettings settings)
{
    internal const string Name = "negatives";
    private readonly NegativeSampler _sampler = new(settings.Rule, settings.Temperature);

    /// <summary>Draws.</summary>
    /// <param name="work">The epoch.</param>
    /// <param name="groups">The groups.</param>
    internal PartResult Draw(EpochWork work, IReadOnlyList<PlacedGroup> groups)
    {
        var before = groups.Count;
        if (settings.Positives > 0) groups = WithPositives(work, groups);
        var answers = Answers(groups);
        var lists = work.Each(groups.Count, at => List(work, groups[at], answers[groups[at].Source]));
        var able = Enumerable.Range(0, groups.Count).Where(at => lists[at] is not null).ToList();
        var (drawn, byGroup) = (settings.Streams ? Stream(work, groups, lists, able) : TopK(work, groups, lists, able), new QueryDraws?[groups.Count]);
        for (var at = 0; at < able.Count; at++) byGroup[able[at]] = drawn[at];
        var made = work.Each(groups.Count, at => Make(work, groups[at], lists[at], byGroup[at]));
        return new PartResult([.. made.Select((result, at) => groups[at] with { Group = result.Group })], [.. drawn.OfType<QueryDraws>().Select(draws => draws with { Part = Name })],
            made.Count(result => result.IsOld), made.Sum(result => result.FromPool), groups.Count - before);
    }

    /// <summary>The groups, each followed by those of the candidates that the rule would rather have as positives, the teacher's best first. None of a group's is the negative of another: what is so relevant is no negative.</summary>
    private List<PlacedGroup> WithPositives(EpochWork work, IReadOnlyList<PlacedGroup> groups)
    {
        var answers = Answers(groups);
        var lists = work.Each(groups.Count, at => List(work, groups[at], answers[groups[at].Source])?.List);
        work.Teacher!.Ask(groups.Zip(lists).Where(entry => entry.Second is not null).SelectMany(entry => entry.Second!.PassageIds.Select(id => (entry.First.Source, id))), work.Cancellation);
        return EpochWork.Placed(groups.Zip(lists).SelectMany(entry => new[] { entry.First.Group }.Concat(entry.Second is null ? [] : Sure(work, entry.First, entry.Second)).Select(group => (entry.First.Source, group))));
    }

    /// <summary>The positives of each source's groups: what one group takes for an answer is no negative of another.</summary>
    private static Dictionary<int, HashSet<string>> Answers(IReadOnlyList<PlacedGroup> groups) =>
        groups.GroupBy(group => group.Source).ToDictionary(source => source.Key, source => source.Select(group => group.Group.Positive.Id).ToHashSet(StringComparer.Ordinal));

    private IEnumerable<TrainingGroup> Sure(EpochWork work, PlacedGroup placed, CandidateList list)
    {
        var (group, teacher) = (placed.Group, list.PassageIds.Select(id => work.Teacher![placed.Source, id]).ToArray());
        foreach (var at in _sampler.Positives(list, teacher).OrderByDescending(at => teacher[at]).Take(settings.Positives))
        {
            var positive = Of(work, list, at);
            var others = group.Candidates.Skip(1).Where(candidate => candidate.Passage.Id != positive.Passage.Id).ToList();
            // Nobody judged it relevant: it stands for an answer.
            if (others.Count > 0) yield return group with { Candidates = [positive with { Grade = 1, Origin = positive.Origin with { Why = CandidateOrigin.Positive } }, .. others] };
        }
    }

    /// <summary>What may be a negative of a group; null where there is none, or where the positive's score, which the rule compares with, is not known.</summary>
    private Candidates? List(EpochWork work, PlacedGroup group, HashSet<string> answers)
    {
        var (source, scored) = (work.Groups[group.Source], work.Candidates[group.Source]);
        var ranking = scored.Ranking.Where(passage => !source.Relevant.Contains(passage.PassageId) && !answers.Contains(passage.PassageId)).Take(settings.Rule.Depth).ToList();
        var positive = scored.Ranking.Where(passage => passage.PassageId == group.Group.Positive.Id).Select(passage => (double?)passage.Score).FirstOrDefault();
        if (ranking.Count == 0 || (settings.Rule.ComparesScores && positive is null)) return null;
        return new Candidates(new CandidateList(group.Group.Query.Id, [.. ranking.Select(passage => passage.PassageId)], [.. ranking.Select(passage => passage.Score)], new int[ranking.Count]), positive ?? double.NaN);
    }

    private QueryDraws?[] TopK(EpochWork work, IReadOnlyList<PlacedGroup> groups, Candidates?[] lists, List<int> able)
    {
        if (settings.Rule.NeedsTeacher) work.Teacher!.Ask(able.SelectMany(at => lists[at]!.List.PassageIds.Append(groups[at].Group.Positive.Id).Select(id => (groups[at].Source, id))), work.Cancellation);
        return work.Each(able.Count, place =>
        {
            var (group, candidates) = (groups[able[place]], lists[able[place]]!);
            var teacher = settings.Rule.NeedsTeacher ? candidates.List.PassageIds.Select(id => work.Teacher![group.Source, id]).ToArray() : [];
            var positive = PositiveTeacher(work, group);
            return _sampler.AcceptsAny(candidates.List, candidates.Positive, positive, teacher)
                ? _sampler.TopK(candidates.List, candidates.Positive, positive, teacher, work.Sources.Negatives, work.Key(SamplingPart.Negatives, group.Place)) : null;
        });
    }

    private QueryDraws[] Stream(EpochWork work, IReadOnlyList<PlacedGroup> groups, Candidates?[] lists, List<int> able)
    {
        var wanted = work.Sources.Negatives;
        return TeacherRounds.Draw(work, able.Count, (place, factor) =>
        {
            if (!settings.Rule.NeedsTeacher) return [];
            var (group, list) = (groups[able[place]], lists[able[place]]!.List);
            return _sampler.Proposed(list, wanted * factor, work.Key(SamplingPart.Negatives, group.Place)).Select(at => list.PassageIds[at]).Append(group.Group.Positive.Id).Select(id => (group.Source, id));
        }, (place, factor) =>
        {
            var (group, candidates) = (groups[able[place]], lists[able[place]]!);
            return _sampler.Stream(candidates.List, candidates.Positive, PositiveTeacher(work, group), at => work.Teacher![group.Source, candidates.List.PassageIds[at]], wanted, work.Key(SamplingPart.Negatives, group.Place), factor);
        });
    }

    private double PositiveTeacher(EpochWork work, PlacedGroup group) => settings.Rule.NeedsTeacher ? work.Teacher![group.Source, group.Group.Positive.Id] : double.NaN;

    private static (TrainingGroup Group, int FromPool, bool IsOld) Make(EpochWork work, PlacedGroup placed, Candidates? candidates, QueryDraws? draws)
    {
        var group = placed.Group;
        List<TrainingCandidate> negatives = draws is null ? [] : [.. draws.Taken.Select(draw => Of(work, candidates!.List, draw.Candidate))];
        var accepted = negatives.Count;
        if (accepted < work.Sources.Negatives)
        {
            var without = (candidates?.List.PassageIds ?? []).Append(group.Positive.Id).ToHashSet(StringComparer.Ordinal);
            negatives.AddRange(work.Sources.Sampler.Easy(placed.Source, work.Sources.Negatives - accepted, work.Key(SamplingPart.Negatives, placed.Place).Stream(group.Query.Id, DrawPurpose.Pool), without)
                .Select(passage => new TrainingCandidate(passage, 0) { Origin = new CandidateOrigin(work.Sources.Sampler.PoolWhy) }));
        }
        if (negatives.Count == 0) return (group, 0, true);
        return (group with { Candidates = [group.Candidates[0], .. group.Candidates.Skip(1).Where(candidate => candidate.Grade > 0), .. negatives] }, negatives.Count - accepted, accepted == 0);
    }

    private static TrainingCandidate Of(EpochWork work, CandidateList list, int at) =>
        new(work.Sources.Passages.Entries[list.PassageIds[at]], 0) { Origin = new CandidateOrigin(CandidateOrigin.Sampled, at + 1, list.Scores[at]) };

    private sealed record Candidates(CandidateList List, double Positive);
}
