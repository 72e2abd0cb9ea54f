namespace Dragoman.Evaluation.Guards;

/// <summary>
/// Few of the first passages were judged. What was not judged counts as not relevant, so a run unlike those that were pooled scores lower than it deserves (Zobel, SIGIR 1998; Buckley
/// and Voorhees, SIGIR 2004). The threshold is a convention of this project.
/// </summary>
public sealed class LowJudgedShareGuard : Guard
{
    /// <summary>The share of judged passages among the first ten below which is warned: a half.</summary>
    public const double LowShare = 0.5;

    private const double SparseJudgements = 10;

    /// <inheritdoc/>
    public override string Name => "low-judged-share";

    /// <inheritdoc/>
    public override EvaluationWarning? Check(GuardInput input)
    {
        if (input.Result.Run is not { Entries: > 0 } run || input.Result.QueryIds.Count == 0 || run.JudgedShare >= LowShare || input.Options.JudgedOnly) return null;
        var judgements = (double)input.Qrels.JudgementCount / input.Qrels.QueryIds.Count;
        return judgements < SparseJudgements
            ? Warn(null, $"only {run.JudgedShare:P0} of the first 10 passages are judged, as the judgements hold {judgements:F1} passages a query; good passages that nobody judged count as not relevant, so compare runs, not values.")
            : Warn(null, $"only {run.JudgedShare:P0} of the first 10 passages are judged, and the others count as not relevant; compare with Bpref or nDCG(judged_only=True)@10 before concluding that the run is bad.");
    }
}
