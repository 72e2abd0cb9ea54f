using System.Diagnostics;
using System.Globalization;
using Dragoman.Models;
using Dragoman.Training.Sampling;
using Dragoman.Training.Sampling.Teachers;

namespace Dragoman.Training.Distillation;

/// <summary>A teacher that is a model: it scores the candidates of an epoch at its beginning, in blocks of groups.</summary>
internal sealed class ModelTeacher : ITeacher
{
    private const int BlockGroups = 256;
    private readonly IPairScorer _scorer;
    private (IReadOnlyList<TrainingGroup> Groups, IReadOnlyList<TrainingGroup> Scored)? _last;

    private ModelTeacher(IPairScorer scorer) => _scorer = scorer;

    /// <summary>Loads a cross-encoder or a bi-encoder.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="maxLength">Longest pair that a cross-encoder reads.</param>
    /// <param name="precision">Type of the matrix products.</param>
    /// <exception cref="Dragoman.Collections.Errors.DragomanException">The folder holds neither.</exception>
    internal static ModelTeacher Load(string folder, int maxLength, Precision precision) => new(PairScorers.Load(folder, maxLength, precision));

    public IReadOnlyList<TrainingGroup> Score(IReadOnlyList<TrainingGroup> groups, Action<string> tell, CancellationToken cancellationToken)
    {
        if (_last is { } last && IsSame(last.Groups, groups)) return last.Scored;                              // epochs that do not differ
        var start = Stopwatch.GetTimestamp();
        var scored = new List<TrainingGroup>(groups.Count);
        foreach (var block in groups.Chunk(BlockGroups))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (scores, at) = (_scorer.Score([.. block.SelectMany(group => group.Candidates.Select(candidate => (group.Query, candidate.Passage)))], cancellationToken), 0);
            scored.AddRange(block.Select(group => group with { Candidates = [.. group.Candidates.Select(candidate => candidate with { TeacherScore = scores[at++] })] }));
        }
        tell(string.Create(CultureInfo.InvariantCulture, $"The teacher scored {groups.Sum(group => group.Candidates.Count):N0} candidates in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s."));
        _last = (groups, scored);
        return scored;
    }

    public void Dispose() => _scorer.Dispose();

    private static bool IsSame(IReadOnlyList<TrainingGroup> left, IReadOnlyList<TrainingGroup> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => pair.First.Query.Id == pair.Second.Query.Id
            && pair.First.Candidates.Select(candidate => candidate.Passage.Id).SequenceEqual(pair.Second.Candidates.Select(candidate => candidate.Passage.Id), StringComparer.Ordinal));
}
