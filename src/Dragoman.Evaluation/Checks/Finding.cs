namespace Dragoman.Evaluation.Checks;

/// <summary>How bad a finding is.</summary>
public enum CheckSeverity
{
    /// <summary>Good to know.</summary>
    Information,

    /// <summary>Numbers computed with this may mean something else than they seem to; look at it.</summary>
    Warning,

    /// <summary>Numbers computed with this are wrong, or the collection cannot be used as it is.</summary>
    Error,
}

/// <summary>Something that was found in a collection.</summary>
/// <param name="Code">Short fixed name: <c>duplicate-passage-id</c>; docs/guides/data-check.md explains each.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Count">How often it was found.</param>
/// <param name="Of">How many were looked at; 0 where that has no meaning.</param>
/// <param name="Message">What was found and what to do, a sentence or two.</param>
/// <param name="Examples">The first ones, each with file and line or with ids.</param>
public sealed record Finding(string Code, CheckSeverity Severity, long Count, long Of, string Message, IReadOnlyList<string> Examples);

/// <summary>What was found in a collection.</summary>
/// <param name="Passages">Passages read.</param>
/// <param name="Queries">Queries read.</param>
/// <param name="Judgements">Judgements read, over all splits.</param>
/// <param name="Findings">The findings, the worst first.</param>
public sealed record CheckReport(int Passages, int Queries, long Judgements, IReadOnlyList<Finding> Findings)
{
    /// <summary>The worst severity; null when nothing was found.</summary>
    public CheckSeverity? Worst => Findings.Count == 0 ? null : Findings.Max(finding => finding.Severity);
}
