using Dragoman.Collections;
using Dragoman.Collections.Formats;

namespace Dragoman.Training.Sampling;

/// <summary>A teacher's scores, from a run.</summary>
internal sealed class TeacherScores
{
    private readonly Dictionary<string, Dictionary<string, double>> _scores;

    /// <summary>Takes the scores of a run.</summary>
    /// <param name="run">The run.</param>
    internal TeacherScores(Run run) => _scores = run.QueryIds.ToDictionary(id => id, id => run.Ranking(id).ToDictionary(passage => passage.PassageId, passage => passage.Score, StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    /// <param name="path">The run.</param>
    internal static TeacherScores Read(string path) => new(RunFile.Read(path));

    /// <summary>The group with the teacher's scores; NaN where it gave none.</summary>
    /// <param name="group">The group.</param>
    internal TrainingGroup Score(TrainingGroup group)
    {
        var scores = _scores.GetValueOrDefault(group.Query.Id);
        return group with { Candidates = [.. group.Candidates.Select(candidate => candidate with { TeacherScore = scores is not null && scores.TryGetValue(candidate.Passage.Id, out var score) ? score : double.NaN })] };
    }
}
