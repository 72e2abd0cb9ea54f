namespace Dragoman.Evaluation.Guards;

/// <summary>
/// A model behind the run had its best epoch chosen on a test split, as <c>data.choose_on_test</c> asked for. Told with every result, whatever it is measured on: such a model may be compared with others chosen likewise only. Known
/// from the run's manifest, through all the runs it was made from.
/// </summary>
public sealed class ChosenOnTestGuard : Guard
{
    /// <inheritdoc/>
    public override string Name => "chosen-on-test";

    /// <inheritdoc/>
    public override EvaluationWarning? Check(GuardInput input) =>
        input.Selections.Concat(input.Manifest?.Selections ?? []).FirstOrDefault(selection => selection.ChosenOnTest) is { } selection
            ? Warn(null, $"the best epoch of a model behind this run was chosen by {selection.Measure} on a test split ({selection.Qrels}; data.choose_on_test), so its values are too good; compare only with models chosen likewise.") : null;
}
