namespace Dragoman.Evaluation.Guards;

/// <summary>Queries of the run that have no judgements: they are left out, so the mean is over fewer queries than were run.</summary>
public sealed class UnjudgedQueriesGuard : Guard
{
    /// <inheritdoc/>
    public override string Name => "unjudged-queries";

    /// <inheritdoc/>
    public override EvaluationWarning? Check(GuardInput input) =>
        input.Result.QueriesOnlyInRun is > 0 and var count && input.Result.Run is { } run
            ? Warn(count, $"{count} of {run.Queries} queries have no judgements and are left out.") : null;
}

/// <summary>
/// Judged queries that the run lacks. Left out, as trec_eval does without <c>-c</c>, they flatter a run that gives up on hard queries; counted as 0, they may hide that the run was
/// made for another set.
/// </summary>
public sealed class MissingQueriesGuard : Guard
{
    /// <inheritdoc/>
    public override string Name => "missing-queries";

    /// <inheritdoc/>
    public override EvaluationWarning? Check(GuardInput input) =>
        input.Result.QueriesOnlyInQrels is > 0 and var count
            ? Warn(count, $"{count} judged queries are not in the run and {(input.Options.Complete ? "count as 0." : "are left out; '--complete' counts them as 0.")}") : null;
}
