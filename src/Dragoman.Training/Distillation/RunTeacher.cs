using System.Globalization;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.Distillation;

/// <summary>A teacher whose scores are in a run. Candidates that it lacks are left out of the comparison, counted and told of; or they are an error.</summary>
internal sealed class RunTeacher : ITeacher
{
    private const int Named = 3;
    private readonly string _path;
    private readonly bool _refusesMissing;
    private readonly Dictionary<string, Dictionary<string, double>> _scores;

    /// <summary>Takes the scores of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">What to call it in messages: its file.</param>
    /// <param name="refusesMissing">Whether a missing score is an error.</param>
    internal RunTeacher(Run run, string path, bool refusesMissing)
    {
        (_path, _refusesMissing) = (path, refusesMissing);
        _scores = run.QueryIds.ToDictionary(id => id, id => run.Ranking(id).ToDictionary(passage => passage.PassageId, passage => passage.Score, StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>Reads a run.</summary>
    /// <param name="path">The run.</param>
    /// <param name="refusesMissing">Whether a missing score is an error.</param>
    internal static RunTeacher Read(string path, bool refusesMissing) => new(RunFile.Read(path), path, refusesMissing);

    public IReadOnlyList<TrainingGroup> Score(IReadOnlyList<TrainingGroup> groups, Action<string> tell, CancellationToken cancellationToken)
    {
        IReadOnlyList<TrainingGroup> scored = [.. groups.Select(Score)];
        var all = scored.Sum(group => group.Candidates.Count);
        var missing = scored.SelectMany(group => group.Candidates.Where(candidate => double.IsNaN(candidate.TeacherScore)).Select(candidate => $"{group.Query.Id} {candidate.Passage.Id}")).ToList();
        if (missing.Count == 0)
        {
            tell(string.Create(CultureInfo.InvariantCulture, $"The teacher scored all {all:N0} candidates."));
            return scored;
        }
        var what = string.Create(CultureInfo.InvariantCulture, $"{_path} lacks {missing.Count:N0} of {all:N0} candidates (query and passage: {string.Join(", ", missing.Take(Named))}{(missing.Count > Named ? ", …" : "")})");
        if (missing.Count == all) throw new DragomanException($"{what}, which is all of them; was it made for other queries or another collection?");
        if (_refusesMissing) throw new DragomanException($"{what}, and distillation.missing is error; let the teacher score what is trained on, or set distillation.missing: skip.");
        tell($"warning: {what}; these are left out of the comparison with the teacher.");
        return scored;
    }

    public void Dispose()
    {
    }

    private TrainingGroup Score(TrainingGroup group)
    {
        var scores = _scores.GetValueOrDefault(group.Query.Id);
        return group with { Candidates = [.. group.Candidates.Select(candidate => candidate with { TeacherScore = scores is not null && scores.TryGetValue(candidate.Passage.Id, out var score) ? score : double.NaN })] };
    }
}
