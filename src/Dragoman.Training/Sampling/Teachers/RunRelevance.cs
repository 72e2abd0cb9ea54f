using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>P(relevant) = σ(s) by the scores of a run.</summary>
internal sealed class RunRelevance : IRelevanceTeacher
{
    private readonly string _path;
    private readonly Dictionary<string, Dictionary<string, double>> _scores;

    /// <summary>Takes a run's scores.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">What to call it in messages: its file.</param>
    internal RunRelevance(Run run, string path)
    {
        _path = path;
        _scores = run.QueryIds.ToDictionary(id => id, id => run.Ranking(id).ToDictionary(passage => passage.PassageId, passage => passage.Score, StringComparer.Ordinal), StringComparer.Ordinal);
    }

    public long Scored { get; private set; }

    public double[] Probabilities(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken)
    {
        var missing = pairs.Where(pair => !Has(pair.Query, pair.Passage)).ToList();
        if (missing.Count > 0) throw new DragomanException($"{_path} (sampling.teacher.from) lacks {missing.Count} of {pairs.Count} pairs that sampling asks for, the first being query {missing[0].Query.Id} and passage {missing[0].Passage.Id}; let the teacher score all candidates and positives of the training queries, or name the folder of a model.");
        Scored += pairs.Count;
        return [.. pairs.Select(pair => 1 / (1 + Math.Exp(-_scores[pair.Query.Id][pair.Passage.Id])))];
    }

    public void Dispose()
    {
    }

    private bool Has(Query query, Passage passage) => _scores.TryGetValue(query.Id, out var scores) && scores.ContainsKey(passage.Id);
}
