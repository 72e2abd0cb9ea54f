using System.Text.Json.Nodes;
using Dragoman.Training.Jobs;
using Dragoman.Training.Sampling.Rejection.Agreement;

namespace Dragoman.Training.Sampling.Teachers;

/// <summary>Calibrates scorers on held-out pairs, and notes it: <c>"event": "calibration"</c> in the log.</summary>
/// <param name="pairs">The held-out pairs.</param>
/// <param name="withOffset">Whether b is fitted beside T: scores are cosines, those of a run, or logits whose zero a ranking loss left open.</param>
/// <param name="log">Where it is told.</param>
internal sealed class TeacherCalibration(CalibrationPairs pairs, bool withOffset, TrainingLog log)
{
    /// <summary>Nats of a pair that probabilities must be better by than the share of relevant ones to say anything.</summary>
    private const double LeastGain = 1e-4;

    /// <summary>Calibrates.</summary>
    /// <param name="scorer">Scores the held-out pairs; those to which it gives none are left out.</param>
    /// <param name="name">What to call it: "Fold 2".</param>
    /// <param name="fields">What the event says beside.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="Dragoman.Collections.Errors.DragomanException">The candidates that have scores are all relevant, or none is.</exception>
    internal TeacherProbabilities Of(IPairScorer scorer, string name, JsonObject fields, CancellationToken cancellationToken)
    {
        var scores = scorer.Score([.. pairs.Pairs.Select(pair => (pair.Query, pair.Passage))], cancellationToken);
        var known = Enumerable.Range(0, scores.Length).Where(at => !float.IsNaN(scores[at])).ToList();
        var candidates = Fit([.. known.Where(at => pairs.Pairs[at].IsCandidate)], scores);
        // A run has scores of candidates alone: then what they say of candidates has to do for labels.
        int[] labels = [.. known.Where(at => pairs.Pairs[at].IsLabel)];
        var ofLabels = labels.Select(at => pairs.Pairs[at].IsRelevant).Distinct().Count() == 2 ? Fit(labels, scores) : candidates;
        var fitted = new TeacherProbabilities(candidates, ofLabels);
        Tell(name, fitted);
        var entry = fitted.ToJson();
        foreach (var (key, value) in fields.ToArray())
        {
            fields.Remove(key);
            entry[key] = value;
        }
        log.Event("calibration", entry);
        return fitted;
    }

    /// <summary>Tells people how good the probabilities are, also those of a model that another run calibrated.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="fitted">Its probabilities.</param>
    internal void Tell(string name, TeacherProbabilities fitted)
    {
        var (candidates, labels) = fitted;
        log.Message(FormattableString.Invariant($"{name} is calibrated on {candidates.Pairs:N0} candidates of {pairs.Queries:N0} dev queries, {100 * candidates.Prior:0.0} % relevant: {Told(candidates)}."));
        if (candidates.LossAfter >= candidates.PriorLoss - LeastGain)
            log.Message(FormattableString.Invariant($"warning: its probabilities say no more than that {100 * candidates.Prior:0.0} % of the candidates are relevant (NLL {candidates.PriorLoss:0.0000}){(withOffset ? "" : "; a ranking loss leaves open where its logits have their zero, which one temperature cannot mend, and sampling.teacher.calibrate: offset can")}."));
        if (labels != candidates) log.Message(FormattableString.Invariant($"{name}, labels: {labels.Pairs:N0} best-graded and random passages: {Told(labels)}."));
    }

    private RelevanceCalibration Fit(int[] places, float[] scores) => RelevanceCalibration.Fit([.. places.Select(at => (double)scores[at])], [.. places.Select(at => pairs.Pairs[at].IsRelevant)], withOffset);

    private string Told(RelevanceCalibration fitted) => FormattableString.Invariant($"T {fitted.Temperature:0.####}{(withOffset ? FormattableString.Invariant($", b {fitted.Offset:0.####}") : "")}, NLL {fitted.LossBefore:0.0000} to {fitted.LossAfter:0.0000}, ECE {fitted.ErrorBefore:0.0000} to {fitted.ErrorAfter:0.0000}");
}
