using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Agreement;
using Dragoman.Training.Sampling.Rejection.Schemes;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>Thins or weighs the pairs of query and positive: agreement acceptance, and its controls (docs/guides/rejection-sampling.md).</summary>
/// <param name="settings">The scheme.</param>
internal sealed class ExamplesPart(ExampleSettings settings)
{
    internal const string Name = "examples";

    /// <summary>Draws.</summary>
    /// <param name="work">The epoch.</param>
    /// <param name="groups">The groups.</param>
    /// <returns>The groups that are trained on. Where nothing would be left, all of them, as without sampling.</returns>
    internal PartResult Draw(EpochWork work, IReadOnlyList<PlacedGroup> groups)
    {
        var detector = new AgreementDetector(settings, work);
        var acceptance = Acceptance(work, groups, detector);
        var byQuery = groups.Select((group, at) => (group, at)).GroupBy(entry => entry.group.Group.Query.Id, entry => entry.at, StringComparer.Ordinal).Select(query => query.ToArray()).ToList();
        var draws = work.Each(byQuery.Count, query => Draw(work, byQuery[query], groups, acceptance));
        var weights = new double[groups.Count];
        for (var query = 0; query < byQuery.Count; query++)
            foreach (var draw in draws[query].Taken) weights[byQuery[query][draw.Candidate]] = draw.Weight;
        if (weights.All(weight => weight == 0)) return new PartResult(groups, draws, groups.Count) { NoiseRate = detector.NoiseRate };
        if (settings.Weighs) return new PartResult([.. groups.Select((group, at) => group with { Group = group.Group with { Weight = group.Group.Weight * weights[at] } })], draws) { NoiseRate = detector.NoiseRate };
        var kept = groups.Where((_, at) => weights[at] > 0).ToList();
        return new PartResult(settings.Shortens ? kept : [.. Enumerable.Range(0, groups.Count).Select(at => kept[at % kept.Count])], draws) { NoiseRate = detector.NoiseRate };
    }

    private QueryDraws Draw(EpochWork work, int[] own, IReadOnlyList<PlacedGroup> groups, double[] acceptance)
    {
        var first = groups[own[0]].Group;
        var candidates = new CandidateList(first.Query.Id, [.. own.Select(at => groups[at].Group.Positive.Id)], [.. own.Select(at => acceptance[at])], [.. own.Select(at => groups[at].Group.Candidates[0].Grade)]);
        return ExampleThinning.Draw(settings.Scheme, candidates, [.. own.Select(at => acceptance[at])], settings.Weighs, work.Key(SamplingPart.Examples, 0)) with { Part = Name };
    }

    private double[] Acceptance(EpochWork work, IReadOnlyList<PlacedGroup> groups, AgreementDetector detector)
    {
        var pairs = groups.Select(group => (group.Source, group.Place, group.Group.Positive.Id)).ToList();
        var losses = settings.NeedsLosses ? PairLosses.Of(work, pairs, settings.EasyNegatives) : null;
        return settings.Scheme switch
        {
            SamplingScheme.Random => [.. groups.Select(_ => settings.Rate)],
            SamplingScheme.Hardest => Hardest(losses!),
            SamplingScheme.SeedLiteral => Array.ConvertAll(losses!, loss => SeedLiteral.Acceptance(-loss, settings.Bound)),
            _ => Agreement(detector.Clean(pairs, losses), losses, work.Epoch),
        };
    }

    /// <summary>The share with the greatest losses; among equal ones the first.</summary>
    private double[] Hardest(double[] losses)
    {
        var kept = Enumerable.Range(0, losses.Length).OrderByDescending(at => losses[at]).ThenBy(at => at).Take((int)Math.Ceiling(settings.Rate * losses.Length)).ToHashSet();
        return [.. losses.Select((_, at) => kept.Contains(at) ? 1.0 : 0)];
    }

    /// <summary>max(a_min, (c h)^γ), divided by the greatest one where h takes it above 1: acceptances, like weights, mean the same up to a factor.</summary>
    private double[] Agreement(double[] clean, double[]? losses, int epoch)
    {
        if (!settings.Informative) return Array.ConvertAll(clean, share => settings.Acceptance.Acceptance(share, epoch));
        var informative = AgreementAcceptance.Informative(clean, Array.ConvertAll(losses!, loss => Math.Exp(-loss)));
        var greatest = Math.Max(1, informative.Max());
        return Array.ConvertAll(informative, share => settings.Acceptance.Acceptance(share / greatest, epoch));
    }
}
