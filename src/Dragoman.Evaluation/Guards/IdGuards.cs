namespace Dragoman.Evaluation.Guards;

/// <summary>Passages that the run ranks and no collection given has: the run was made over another collection or version, and judgements may not fit it.</summary>
public sealed class UnknownPassagesGuard : Guard
{
    /// <inheritdoc/>
    public override string Name => "unknown-passages";

    /// <inheritdoc/>
    public override EvaluationWarning? Check(GuardInput input) =>
        input.Result.Run is { UnknownPassages: > 0 and var count } run
            ? Warn(null, $"{count} ranked passages (of {run.Entries} entries) are in no collection given; was the run made over another collection or version?") : null;
}

/// <summary>
/// Passages with the query's own id seem to have been removed: some tools drop them (a habit from collections whose queries are passages), which loses relevant passages where ids of queries
/// and passages are numbered apart and collide by accident, as Wikipedia page numbers do in CLIRMatrix.
/// </summary>
/// <remarks>
/// With m relevant passages that have their query's id, none of them retrieved, and a share r of all relevant passages retrieved, an honest run would miss all m with probability (1 - r)^m;
/// below 5 % is warned about.
/// </remarks>
public sealed class SameIdGuard : Guard
{
    private const double Chance = 0.05;

    /// <inheritdoc/>
    public override string Name => "same-id-removal";

    /// <inheritdoc/>
    public override EvaluationWarning? Check(GuardInput input)
    {
        if (input.Result.Run is not { SameIdRelevant: > 0, SameIdRetrieved: 0, Relevant: > 0 } run) return null;
        var recall = (double)run.RelevantRetrieved / run.Relevant;
        var chance = Math.Pow(1 - recall, run.SameIdRelevant);
        return chance >= Chance ? null
            : Warn(run.SameIdRelevant, $"none of the {run.SameIdRelevant} relevant passages that have their query's id was retrieved, though {recall:P0} of all relevant passages were; does the run drop passages whose id equals the query's?");
    }
}
