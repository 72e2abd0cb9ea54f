using Dragoman.Training.Sampling.Rejection;
using Dragoman.Training.Sampling.Rejection.Schemes;

namespace Dragoman.Training.Sampling.Epochs;

/// <summary>What is drawn for, each with random numbers of its own.</summary>
internal enum SamplingPart
{
    /// <summary>Passages to compare a positive with, or to fill up with.</summary>
    Pool,

    /// <summary>Positives.</summary>
    Positives,

    /// <summary>Negatives.</summary>
    Negatives,

    /// <summary>Examples.</summary>
    Examples,
}

/// <summary>A group, and whose it is.</summary>
/// <param name="Source">Its place in <see cref="GroupSampler.Groups"/>.</param>
/// <param name="Place">Its number among the groups of its query, from 0: each has random numbers of its own.</param>
/// <param name="Group">The group.</param>
internal sealed record PlacedGroup(int Source, int Place, TrainingGroup Group);

/// <summary>What the parts of an epoch's sampling share.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Sources">What is sampled from.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Candidates">The candidates of each group; empty where nothing looks at them.</param>
/// <param name="Scorer">The model in training.</param>
/// <param name="Teacher">The teacher's answers about candidates; null for none.</param>
/// <param name="Labels">Its answers about judged positives; null for none.</param>
/// <param name="Cancellation">Stops.</param>
internal sealed record EpochWork(SamplingSettings Settings, EpochSources Sources, int Epoch, IReadOnlyList<ScoredCandidates> Candidates, EpochScorer Scorer, EpochTeacher? Teacher, EpochTeacher? Labels, CancellationToken Cancellation)
{
    private const int OfPart = 15_485_863, OfPlace = 7919;

    /// <summary>The groups by their places.</summary>
    internal IReadOnlyList<GroupSource> Groups => Sources.Sampler.Groups;

    /// <summary>What the random numbers of a part follow from, beside the query.</summary>
    /// <param name="part">The part.</param>
    /// <param name="place">The group's number among those of its query.</param>
    internal DrawKey Key(SamplingPart part, int place) => new(unchecked(Settings.Seed + (int)part * OfPart + place * OfPlace), Epoch);

    /// <summary>Numbers groups query by query.</summary>
    /// <param name="groups">Groups with their sources.</param>
    internal static List<PlacedGroup> Placed(IEnumerable<(int Source, TrainingGroup Group)> groups)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var placed = new List<PlacedGroup>();
        foreach (var (source, group) in groups)
        {
            var place = seen.GetValueOrDefault(group.Query.Id);
            seen[group.Query.Id] = place + 1;
            placed.Add(new PlacedGroup(source, place, group));
        }
        return placed;
    }

    /// <summary>Does the work of each group on the threads there are; the result does not depend on how many.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="count">How many.</param>
    /// <param name="work">The work of one.</param>
    internal T[] Each<T>(int count, Func<int, T> work) => QueryThreads.Each(count, work, Sources.Threads, Cancellation);
}

/// <summary>What a part made.</summary>
/// <param name="Groups">The groups.</param>
/// <param name="Draws">What was drawn.</param>
/// <param name="Fallbacks">Groups that stay as without sampling, as nothing could be drawn.</param>
/// <param name="FromPool">Negatives that are from the pool, as the rule accepted too few.</param>
/// <param name="Added">Groups of candidates that became positives.</param>
internal sealed record PartResult(IReadOnlyList<PlacedGroup> Groups, IReadOnlyList<QueryDraws> Draws, int Fallbacks = 0, int FromPool = 0, int Added = 0)
{
    /// <summary>The share of wrong labels that agreement was taken with; null where it was not asked for one.</summary>
    internal double? NoiseRate { get; init; }
}
