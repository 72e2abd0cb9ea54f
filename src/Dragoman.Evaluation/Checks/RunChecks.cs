using Dragoman.Collections.Scanning;

namespace Dragoman.Evaluation.Checks;

/// <summary>One pass over a run or a list of candidates.</summary>
internal static class RunChecks
{
    internal static void Read(string path, QueryChecks queries, PassageChecks passages, FindingList found, CancellationToken cancellationToken)
    {
        var seen = new HashSet<(int, int)>();
        var runQueries = new Dragoman.Collections.IdTable();
        var runPassages = new Dragoman.Collections.IdTable();
        long lines = 0;
        foreach (var line in CollectionScan.Run(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (line.Problem is { } problem)
            {
                found.Note("malformed-run/" + path, () => $"{path}, line {line.Line}: {problem}");
                continue;
            }
            lines++;
            var (queryCount, passageCount) = (runQueries.Count, runPassages.Count);
            var (query, passage) = (runQueries.Add(line.QueryId), runPassages.Add(line.PassageId));
            if (!seen.Add((query, passage))) found.Note("duplicate-run-passage/" + path, () => $"{path}, line {line.Line}: query {line.QueryId}, passage {line.PassageId}");
            if (query == queryCount && queries.HasFile && queries.Ids.IndexOf(line.QueryId) < 0) found.Note("run-query-missing/" + path, () => $"{path}, line {line.Line}: query {line.QueryId}");
            if (passage == passageCount && passages.Ids.IndexOf(line.PassageId) < 0) found.Note("run-passage-missing/" + path, () => $"{path}, line {line.Line}: passage {line.PassageId}");
        }
        found.Conclude("malformed-run/" + path, CheckSeverity.Error, lines, _ => $"Lines of {path} that cannot be read.");
        found.Conclude("duplicate-run-passage/" + path, CheckSeverity.Error, lines, _ => $"Lines of {path} that repeat a passage of their query; trec_eval refuses such a run, other tools count it twice.");
        found.Conclude("run-query-missing/" + path, CheckSeverity.Warning, runQueries.Count, _ => $"Queries of {path} that are not among the collection's; does the run belong to it?");
        found.Conclude("run-passage-missing/" + path, CheckSeverity.Warning, runPassages.Count, _ => $"Passages of {path} that are not in the corpus; they have no text to rerank.");
    }
}
