using Dragoman.Tensors;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.Fitting;

/// <summary>Lays the candidates of groups, one after the other in a row of scores, out as lists with their grades.</summary>
internal static class GroupLists
{
    /// <summary>The lists of a batch; groups may differ in size.</summary>
    /// <param name="scores">Scores of all candidates, group after group, shape [N].</param>
    /// <param name="groups">The B groups.</param>
    /// <returns>Lists of shape [B, P], P the size of the largest group; their tensors belong to the scope under way.</returns>
    internal static CandidateLists Of(Tensor scores, IReadOnlyList<TrainingGroup> groups)
    {
        var (rows, columns) = (groups.Count, groups.Max(group => group.Candidates.Count));
        var (places, mask, grades, teacher) = (new long[rows * columns], new bool[rows * columns], new float[rows * columns], new float[rows * columns]);
        Array.Fill(teacher, float.NaN);
        var first = 0;
        for (var row = 0; row < rows; row++)
        {
            var candidates = groups[row].Candidates;
            for (var column = 0; column < candidates.Count; column++)
            {
                var at = row * columns + column;
                (places[at], mask[at], grades[at], teacher[at]) = (first + column, true, candidates[column].Grade, (float)candidates[column].TeacherScore);
            }
            first += candidates.Count;
        }
        var device = scores.Device;
        return new CandidateLists(scores.IndexSelect(0, Tensor.From(places, rows * columns).Send(device)).View(rows, columns))
        {
            Mask = Tensor.From(mask, rows, columns).Send(device),
            Grades = Tensor.From(grades, rows, columns).Send(device),
            TeacherScores = Tensor.From(teacher, rows, columns).Send(device),
            Weights = Weights(groups, device),
        };
    }

    /// <summary>How much each group counts, shape [B]; null where each counts 1.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="device">Where the tensor goes.</param>
    internal static Tensor? Weights(IReadOnlyList<TrainingGroup> groups, Device device) =>
        groups.All(group => group.Weight == 1) ? null : Tensor.From(groups.Select(group => (float)group.Weight).ToArray(), groups.Count).Send(device);

    /// <summary>How many groups have their first candidate above all others.</summary>
    /// <param name="scores">Scores of all candidates, group after group.</param>
    /// <param name="groups">The groups.</param>
    internal static int PositivesFirst(ReadOnlySpan<float> scores, IReadOnlyList<TrainingGroup> groups)
    {
        var (right, first) = (0, 0);
        foreach (var group in groups)
        {
            var count = group.Candidates.Count;
            if (scores.Slice(first + 1, count - 1).IndexOfAnyInRange(scores[first], float.PositiveInfinity) < 0) right++;
            first += count;
        }
        return right;
    }
}
