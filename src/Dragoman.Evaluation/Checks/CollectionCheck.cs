using Dragoman.Collections;
using Dragoman.Collections.Errors;

namespace Dragoman.Evaluation.Checks;

/// <summary>
/// Finds what spoils experiments in a collection. Files are streamed; memory grows by about 100 bytes a passage beside its id (ids, a fingerprint of the text), and by 100 more for each
/// passage that is compared for near-duplicates, never by the length of texts.
/// </summary>
/// <remarks>docs/guides/data-check.md lists the findings with their reasons.</remarks>
public static class CollectionCheck
{
    /// <summary>Checks a collection.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="options">What to look for.</param>
    /// <param name="against">Another collection that this one must not share texts with, as training and test data; null for none.</param>
    /// <param name="runs">Runs or candidate lists to check against the collection.</param>
    /// <param name="cancellationToken">Stops between lines.</param>
    /// <returns>What was found, the worst first; the same for the same input.</returns>
    /// <exception cref="ConfigurationException">The options cannot be used.</exception>
    /// <exception cref="DragomanException">A file is missing or its compression is damaged; broken lines are findings.</exception>
    public static CheckReport Run(Collection collection, CheckOptions options, Collection? against = null, IReadOnlyList<string>? runs = null, CancellationToken cancellationToken = default)
    {
        if (options.Problems().ToList() is { Count: > 0 } problems) throw new ConfigurationException("check", problems);
        var found = new FindingList(options.Examples);
        var judgements = JudgementChecks.Read(collection, found, cancellationToken);
        var queries = QueryChecks.Read(collection, judgements, options, found, cancellationToken);
        var passages = PassageChecks.Read(collection, judgements, queries, options, found, cancellationToken);
        judgements.Conclude(queries, passages, found);
        foreach (var run in runs ?? []) RunChecks.Read(run, queries, passages, found, cancellationToken);
        queries.Leaks.Report("query", "queries in different splits", judgements.Splits, found, cancellationToken);
        passages.Leaks.Report("passage", "relevant passages in different splits", judgements.Splits, found, cancellationToken);
        if (against is not null) AgainstChecks.Compare(collection, against, options, found, cancellationToken);
        return new CheckReport(passages.Count, queries.Count, judgements.Count,
            [.. found.Findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Code, StringComparer.Ordinal)]);
    }
}
