using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Training.Sampling.Rejection.Agreement;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>
/// A teacher of which each query is scored by a model that was trained on other folds of the queries (cross-fitting), so that it cannot have learned the query's wrong labels by heart. Scores are kept in a file; a pair is scored once in a run.
/// </summary>
/// <remarks>
/// Each fold's model has a T of its own (and b), fitted to its own scores of the dev split: a training pair is scored by one model, not by the mean of all, whose scores are less spread; and a ranking loss leaves each
/// model's zero somewhere else. One model is in memory at a time: ask for many pairs at once.
/// </remarks>
internal sealed class FoldTeacher : IRecordedTeacher
{
    private const string ScoresName = "folds.scores.tsv.gz";
    private readonly FoldPlan _plan;
    private readonly IReadOnlyList<(string Path, JsonObject Manifest)> _models;
    private readonly TeacherProbabilities?[] _calibrations;
    private readonly Func<string, IPairScorer> _open;
    private readonly KeptScores _scores;
    private (int Fold, IPairScorer Scorer)? _opened;

    /// <summary>Takes trained models.</summary>
    /// <param name="plan">Which queries each was trained on.</param>
    /// <param name="models">Each fold's model folder with its manifest, as <see cref="FoldTraining.Run"/> gives them.</param>
    /// <param name="open">Opens a model folder.</param>
    /// <param name="scores">What was scored before.</param>
    internal FoldTeacher(FoldPlan plan, IReadOnlyList<(string Path, JsonObject Manifest)> models, Func<string, IPairScorer> open, KeptScores scores)
    {
        (_plan, _models, _open, _scores) = (plan, models, open, scores);
        _calibrations = [.. models.Select(model => model.Manifest["calibration"] is JsonObject fitted ? TeacherProbabilities.FromJson(fitted) : null)];
    }

    public long Scored { get; private set; }

    public double[] Probabilities(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken) => Of(pairs, (fitted, score) => fitted.OfCandidate(score), cancellationToken);

    public double[] LabelProbabilities(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken) => Of(pairs, (fitted, score) => fitted.OfLabel(score), cancellationToken);

    public JsonObject Record()
    {
        var folds = _models.Select(model =>
        {
            var entry = model.Manifest.DeepClone().AsObject();
            entry.Remove("fingerprint");
            return (JsonNode)entry;
        });
        return new JsonObject { ["from"] = "folds", ["pairs"] = _scores.Count, ["folds"] = new JsonArray([.. folds]) };
    }

    public IReadOnlyList<string> Publish(string folder)
    {
        _scores.Publish(Path.Combine(folder, ScoresName), query => _plan[query]);
        return [ScoresName];
    }

    public void Dispose() => _opened?.Scorer.Dispose();

    private double[] Of(IReadOnlyList<(Query Query, Passage Passage)> pairs, Func<TeacherProbabilities, double, double> probability, CancellationToken cancellationToken)
    {
        var folds = pairs.Select(pair => _plan[pair.Query.Id]).ToArray();
        Score([.. pairs.Where(pair => !_scores.Has(pair.Query.Id, pair.Passage.Id)).DistinctBy(pair => (pair.Query.Id, pair.Passage.Id))], cancellationToken);
        return [.. pairs.Select((pair, at) => Probability(_calibrations[folds[at]], _scores[pair.Query.Id, pair.Passage.Id]))];

        double Probability(TeacherProbabilities? fitted, float score) => fitted is null ? RelevanceCalibration.Sigmoid(score) : probability(fitted, score);
    }

    /// <summary>Scores pairs, those of a fold together, and remembers all of them at once.</summary>
    private void Score((Query Query, Passage Passage)[] pairs, CancellationToken cancellationToken)
    {
        var scores = new float[pairs.Length];
        // The fold whose model is still loaded goes first.
        foreach (var fold in Enumerable.Range(0, pairs.Length).GroupBy(at => _plan[pairs[at].Query.Id]).OrderBy(group => group.Key != _opened?.Fold).ThenBy(group => group.Key).ToList())
        {
            int[] places = [.. fold];
            var found = Open(fold.Key).Score([.. places.Select(at => pairs[at])], cancellationToken);
            for (var at = 0; at < places.Length; at++) scores[places[at]] = found[at];
        }
        _scores.Add(pairs, scores);
        Scored += pairs.Length;
    }

    private IPairScorer Open(int fold)
    {
        if (_opened is { } opened && opened.Fold == fold) return opened.Scorer;
        _opened?.Scorer.Dispose();
        _opened = null;
        var scorer = _open(_models[fold].Path);
        _opened = (fold, scorer);
        return scorer;
    }
}
