using System.Text.Json.Nodes;
using Dragoman.Collections;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Training.Sampling.Rejection.Agreement;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>A teacher that is one scorer: a model in a folder, a run, the running mean of the weights in training, or these weights themselves.</summary>
/// <remarks>Weights that have changed are calibrated anew before the next question, so that an epoch's questions are answered by one T.</remarks>
/// <param name="scorer">The scorer, which is then owned.</param>
/// <param name="from">What it is, for people and the manifest: <c>ema</c>, or a path.</param>
/// <param name="calibration">Calibrates; null takes σ(s).</param>
/// <param name="keptAt">File that remembers the calibrations for a run that goes on.</param>
/// <param name="steps">Steps that led to the scorer's weights; null when they stay.</param>
internal sealed class ScorerTeacher(IPairScorer scorer, string from, TeacherCalibration? calibration, string keptAt, Func<long>? steps = null) : IRecordedTeacher
{
    private readonly SortedDictionary<long, JsonObject> _calibrations = Read(keptAt);
    private TeacherProbabilities? _fitted;
    private long _fittedAt = -1;

    public long Scored { get; private set; }

    /// <summary>Remembers the scores of a model that does not learn; null for one that does, and for a run.</summary>
    internal KeptScores? Known { get; init; }

    public double[] Probabilities(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken) => Of(pairs, (fitted, score) => fitted.OfCandidate(score), cancellationToken);

    public double[] LabelProbabilities(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken) => Of(pairs, (fitted, score) => fitted.OfLabel(score), cancellationToken);

    public JsonObject Record()
    {
        var record = new JsonObject { ["from"] = from };
        if (calibration is not null) record["calibrations"] = List();
        return record;
    }

    public void Dispose() => scorer.Dispose();

    private double[] Of(IReadOnlyList<(Query Query, Passage Passage)> pairs, Func<TeacherProbabilities, double, double> probability, CancellationToken cancellationToken)
    {
        Calibrate(steps?.Invoke() ?? 0, cancellationToken);
        var scores = Score(pairs, cancellationToken);
        var missing = scores.Count(float.IsNaN);
        if (missing > 0)
        {
            var (query, passage) = pairs[Array.FindIndex(scores, float.IsNaN)];
            throw new DragomanException($"{from} (sampling.teacher.from) lacks {missing} of {pairs.Count} pairs that sampling asks for, the first being query {query.Id} and passage {passage.Id}; let the teacher score all candidates and positives of the training queries, or name the folder of a model.");
        }
        return [.. scores.Select(score => _fitted is { } fitted ? probability(fitted, score) : RelevanceCalibration.Sigmoid(score))];
    }

    private void Calibrate(long now, CancellationToken cancellationToken)
    {
        if (calibration is null || _fittedAt == now) return;
        _fitted = calibration.Of(scorer, $"The teacher ({from})", new JsonObject { ["teacher"] = from, ["step"] = now }, cancellationToken);
        _fittedAt = now;
        var entry = _fitted.ToJson();
        entry.Insert(0, "step", now);
        _calibrations[now] = entry;
        AtomicFile.WriteText(keptAt, writer => writer.WriteLine(List().ToJsonString()));
    }

    private float[] Score(IReadOnlyList<(Query Query, Passage Passage)> pairs, CancellationToken cancellationToken)
    {
        var open = Known is null ? pairs : [.. pairs.Where(pair => !Known.Has(pair.Query.Id, pair.Passage.Id)).DistinctBy(pair => (pair.Query.Id, pair.Passage.Id))];
        var scores = scorer.Score(open, cancellationToken);
        Scored += open.Count;
        if (Known is null) return scores;
        Known.Add(open, scores);
        return [.. pairs.Select(pair => Known[pair.Query.Id, pair.Passage.Id])];
    }

    private JsonArray List() => [.. _calibrations.Values.Select(entry => entry.DeepClone())];

    private static SortedDictionary<long, JsonObject> Read(string path) =>
        !File.Exists(path) ? [] : new(JsonNode.Parse(File.ReadAllText(path))!.AsArray().Select(entry => entry!.DeepClone().AsObject()).ToDictionary(entry => entry["step"]!.GetValue<long>()));
}
