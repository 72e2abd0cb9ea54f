using Dragoman.Collections;
using Dragoman.Collections.Scanning;

namespace Dragoman.Evaluation.Checks;

/// <summary>Compares all texts of two collections, as of one to train on and one to test with.</summary>
internal static class AgainstChecks
{
    private const int QueryShingle = 3;

    internal static void Compare(Collection collection, Collection against, CheckOptions options, FindingList found, CancellationToken cancellationToken)
    {
        string[] names = [collection.Folder, against.Folder];
        Compare("passage-of-both", "passages, one of each collection,", PassageChecks.ShingleLength, [Passages(collection), Passages(against)], options, found, names, cancellationToken);
        if (collection.QueriesPath is not null && against.QueriesPath is not null)
            Compare("query-of-both", "queries, one of each collection,", QueryShingle, [Queries(collection), Queries(against)], options, found, names, cancellationToken);
    }

    private static LeakSource Passages(Collection collection) => new(collection.CorpusPath, () => CollectionScan.Passages(collection.CorpusPath));

    private static LeakSource Queries(Collection collection) => new(collection.QueriesPath!, () => CollectionScan.Queries(collection.QueriesPath!));

    private static void Compare(string kind, string what, int shingle, LeakSource[] sources, CheckOptions options, FindingList found, string[] names, CancellationToken cancellationToken)
    {
        var leaks = new LeakCheck(shingle, options, sources);
        for (var source = 0; source < sources.Length; source++)
        {
            foreach (var line in sources[source].Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (line.Problem is null) leaks.Add(Shingles.Normalised(line.Title.Length == 0 ? line.Text : line.Title + "\n" + line.Text), 1UL << source);
                leaks.Next();
            }
        }
        leaks.Report(kind, what, names, found, cancellationToken);
    }
}
