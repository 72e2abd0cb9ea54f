namespace Dragoman.Evaluation.Guards;

/// <summary>
/// A model behind the run was selected (its best epoch was chosen) by the judgements that it is now measured on, or on some of the same queries: the number is then the best of several tries
/// on the test set. Known from the run's manifest, through all the runs it was made from.
/// </summary>
public sealed class SelectionGuard : Guard
{
    /// <inheritdoc/>
    public override string Name => "selected-on-test";

    /// <inheritdoc/>
    public override EvaluationWarning? Check(GuardInput input)
    {
        var selections = input.Selections.Concat(input.Manifest?.Selections ?? []).ToList();
        if (selections.Count == 0) return null;
        var fingerprint = input.Qrels.Fingerprint();
        if (selections.Find(selection => selection.JudgementsFingerprint == fingerprint) is { } same)
            return Warn(input.Result.QueryIds.Count, $"a model behind this run was selected by {same.Measure} on these very judgements ({same.Qrels}), so the value is the best of several tries; evaluate on judgements that took no part in training.");
        foreach (var selection in selections)
        {
            var shared = selection.QueryIds.Intersect(input.Qrels.QueryIds, StringComparer.Ordinal).Count();
            if (shared > 0)
                return Warn(shared, $"a model behind this run was selected by {selection.Measure} on {selection.Qrels}, which has {shared} of these {input.Qrels.QueryIds.Count} query ids; if they are the same queries, the value is too good.");
        }
        return null;
    }
}
