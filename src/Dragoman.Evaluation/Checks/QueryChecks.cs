using Dragoman.Collections;
using Dragoman.Collections.Scanning;

namespace Dragoman.Evaluation.Checks;

/// <summary>One pass over the queries.</summary>
internal sealed class QueryChecks
{
    private const int ShingleLength = 3;
    private readonly List<int> _lines = [];

    private QueryChecks(LeakCheck leaks) => Leaks = leaks;

    internal IdTable Ids { get; } = new();

    internal int Count { get; private set; }

    internal bool HasFile { get; private init; }

    /// <summary>Queries of several splits, to be compared.</summary>
    internal LeakCheck Leaks { get; }

    internal static QueryChecks Read(Collection collection, JudgementChecks judgements, CheckOptions options, FindingList found, CancellationToken cancellationToken)
    {
        var path = collection.QueriesPath;
        var leaks = new LeakCheck(ShingleLength, options, path is null ? [] : [new LeakSource(path, () => CollectionScan.Queries(path))]);
        var checks = new QueryChecks(leaks) { HasFile = path is not null };
        if (path is null) return checks;
        var texts = new TextChecks("query", "queries", path, options, found);
        foreach (var line in CollectionScan.Queries(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (line.Problem is { } problem) found.Note("malformed-query", () => $"{path}, line {line.Line}: {problem}");
            else checks.Add(path, line, judgements, texts, found);
            leaks.Next();
        }
        found.Conclude("malformed-query", CheckSeverity.Error, checks.Count, _ => "Lines of the queries that cannot be read; every command refuses the file.");
        found.Conclude("duplicate-query-id", CheckSeverity.Error, checks.Count, _ => "Query ids that occur more than once; it is not clear which text was judged.");
        found.Conclude("query-without-judgements", CheckSeverity.Warning, checks.Count, _ => "Queries without judgements in any split; measures leave them out.");
        texts.Conclude(checks.Count);
        return checks;
    }

    private void Add(string path, ScannedText line, JudgementChecks judgements, TextChecks texts, FindingList found)
    {
        Count++;
        var number = Ids.Add(line.Id);
        if (number < _lines.Count) found.Note("duplicate-query-id", () => $"{path}, line {line.Line}: {line.Id} is already on line {_lines[number]}");
        else _lines.Add(line.Line);
        var splits = judgements.SplitsOfQuery(line.Id);
        if (splits == 0 && judgements.Splits.Count > 0) found.Note("query-without-judgements", () => $"{path}, line {line.Line}: {line.Id}");
        texts.Check(line);
        if (judgements.Splits.Count > 1 && splits != 0) Leaks.Add(Shingles.Normalised(line.Text), splits);
    }
}
