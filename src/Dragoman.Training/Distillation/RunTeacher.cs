using System.Globalization;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.Distillation;

/// <summary>A teacher whose scores are in a run. Candidates that it lacks are left out of the comparison, counted and told of; or they are an error.</summary>
internal sealed class RunTeacher : ITeacher
{
    private readonly bool _refusesMissing;
    private readonly RunScores _scores;

    /// <summary>Takes the scores of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">What to call it in messages: its file.</param>
    /// <param name="refusesMissing">Whether a missing score is an error.</param>
    internal RunTeacher(Run run, string path, bool refusesMissing) => (_scores, _refusesMissing) = (new RunScores(run, path), refusesMissing);

    /// <summary>Reads a run.</summary>
    /// <param name="path">The run.</param>
    /// <param name="refusesMissing">Whether a missing score is an error.</param>
    internal static RunTeacher Read(string path, bool refusesMissing) => new(RunFile.Read(path), path, refusesMissing);

    public IReadOnlyList<TrainingGroup> Score(IReadOnlyList<TrainingGroup> groups, Action<string> tell, CancellationToken cancellationToken)
    {
        var pairs = groups.SelectMany(group => group.Candidates.Select(candidate => (group.Query.Id, candidate.Passage.Id))).ToList();
        var missing = _scores.Missing(pairs, "candidates");
        missing?.RequireSome();
        if (missing is null) tell(string.Create(CultureInfo.InvariantCulture, $"The teacher scored all {pairs.Count:N0} candidates."));
        else if (_refusesMissing) throw new DragomanException($"{missing.Sentence}, and distillation.missing is error; let the teacher score what is trained on, or set distillation.missing: skip.");
        else tell($"warning: {missing.Sentence}; these are left out of the comparison with the teacher.");
        return [.. groups.Select(group => group with { Candidates = [.. group.Candidates.Select(candidate => candidate with { TeacherScore = _scores.Of(group.Query.Id, candidate.Passage.Id) })] })];
    }

    public void Dispose()
    {
    }
}
