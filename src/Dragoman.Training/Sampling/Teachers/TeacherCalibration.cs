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
    /// <summary>Calibrates.</summary>
    /// <param name="scorer">Scores the held-out pairs; those to which it gives none are left out.</param>
    /// <param name="name">What to call it: "Fold 2".</param>
    /// <param name="fields">What the event says beside.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="Dragoman.Collections.Errors.DragomanException">What has scores is all relevant, or nothing is.</exception>
    internal RelevanceCalibration Of(IPairScorer scorer, string name, JsonObject fields, CancellationToken cancellationToken)
    {
        var all = scorer.Score(pairs.Pairs, cancellationToken);
        var known = Enumerable.Range(0, all.Length).Where(at => !float.IsNaN(all[at])).ToList();
        var fitted = RelevanceCalibration.Fit([.. known.Select(at => (double)all[at])], [.. known.Select(at => pairs.Relevant[at])], withOffset);
        log.Message(FormattableString.Invariant($"{name} is calibrated on {fitted.Pairs:N0} pairs of {pairs.Queries:N0} dev queries, {100 * fitted.Prior:0.0} % relevant: T {fitted.Temperature:0.####}{(withOffset ? FormattableString.Invariant($", b {fitted.Offset:0.####}") : "")}, NLL {fitted.LossBefore:0.0000} to {fitted.LossAfter:0.0000}, ECE {fitted.ErrorBefore:0.0000} to {fitted.ErrorAfter:0.0000}."));
        if (fitted.LossAfter >= fitted.PriorLoss)
            log.Message(FormattableString.Invariant($"warning: its probabilities say no more than that {100 * fitted.Prior:0.0} % of the candidates are relevant (NLL {fitted.PriorLoss:0.0000}){(withOffset ? "" : "; a ranking loss leaves open where its logits have their zero, which one temperature cannot mend, and sampling.teacher.calibrate: offset can")}."));
        var entry = fitted.ToJson();
        foreach (var (key, value) in fields.ToArray())
        {
            fields.Remove(key);
            entry[key] = value;
        }
        log.Event("calibration", entry);
        return fitted;
    }
}
