using Dragoman.Collections.Errors;
using Dragoman.Training.Sampling.Rejection.Ledger;

namespace Dragoman.Cli.Commands.Sampling;

/// <summary>What is shown of ledgers: summaries of their epochs, and the entries of a query or summaries of all when these are asked for; the ledgers themselves are not held.</summary>
/// <param name="Epochs">A summary of each epoch, part and scheme, in this order.</param>
/// <param name="Parts">Of each part over all epochs; one of everything where ledgers know no parts.</param>
/// <param name="Queries">A summary of each entry, with the query's id, if asked for.</param>
/// <param name="Entries">The entries of the query that was asked for.</param>
/// <param name="Seconds">Processor seconds of proposing and of the target's scorer; null when only a part was looked at.</param>
internal sealed record LedgerContent(IReadOnlyList<LedgerSummary> Epochs, IReadOnlyList<LedgerSummary> Parts, IReadOnlyList<(string QueryId, LedgerSummary Summary)> Queries, IReadOnlyList<LedgerEntry> Entries, (double Proposal, double Target)? Seconds)
{
    /// <summary>Reads ledgers.</summary>
    /// <param name="paths">The ledgers, of one data set.</param>
    /// <param name="data">The data set that they must be of; null for any.</param>
    /// <param name="query">The query to look at; null for all.</param>
    /// <param name="epoch">The epoch; null for all.</param>
    /// <param name="byQuery">Whether each entry's summary is wanted.</param>
    /// <exception cref="DragomanException">A ledger is of another data set, or nothing is there.</exception>
    internal static LedgerContent Read(IReadOnlyList<string> paths, string? data, string? query, int? epoch, bool byQuery)
    {
        var (groups, parts, queries, entries) = (new SortedDictionary<(int, string, string), LedgerCounter>(), new SortedDictionary<string, LedgerCounter>(StringComparer.Ordinal), new List<(string, LedgerSummary)>(), new List<LedgerEntry>());
        var (proposal, target, isAny, isPart, first) = (0.0, 0.0, false, false, (Path: "", Data: ""));
        foreach (var path in paths)
        {
            var header = SamplingLedger.Header(path);
            if (first.Path.Length > 0 && header.Data != first.Data) throw new DragomanException($"{path} is the ledger of another data set than {first.Path} ({header.Data} and {first.Data}); look at them one by one.");
            first = (path, header.Data);
            foreach (var entry in SamplingLedger.Read(path, data, totals => (proposal, target) = (proposal + totals.ProposalTime.TotalSeconds, target + totals.TargetTime.TotalSeconds)))
            {
                if ((query is not null && entry.QueryId != query) || (epoch is not null && entry.Epoch != epoch))
                {
                    isPart = true;
                    continue;
                }
                isAny = true;
                CounterOf(groups, (entry.Epoch, entry.Part, entry.Scheme)).Add(entry);
                CounterOf(parts, entry.Part).Add(entry);
                if (byQuery) queries.Add((entry.QueryId, LedgerSummary.Of([entry])));
                if (query is not null) entries.Add(entry);
            }
        }
        var of = $"{(query is null ? "" : $" of query {query}")}{(epoch is null ? "" : $" of epoch {epoch}")}";
        if (!isAny) throw new DragomanException($"{string.Join(", ", paths)}: there are no proposals{of}; 'dragoman sampling inspect --by-query' lists what is there.");
        return new LedgerContent([.. groups.Values.Select(counter => counter.Summary())], [.. parts.Values.Select(counter => counter.Summary())], queries, entries, isPart ? null : (proposal, target));
    }

    private static LedgerCounter CounterOf<TKey>(SortedDictionary<TKey, LedgerCounter> counters, TKey key) where TKey : notnull
    {
        if (!counters.TryGetValue(key, out var counter)) counters.Add(key, counter = new LedgerCounter());
        return counter;
    }
}
