using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.FirstStage.Psq;

/// <summary>Which terms of a partition a table has no row for, by the rows that speak for them. One pass over the terms. Immutable and thread-safe.</summary>
internal sealed class BackOffTerms
{
    private readonly Dictionary<string, List<(int Term, int Rows)>> _ofRow = new(StringComparer.Ordinal);
    private readonly IndexPartition _partition;

    internal BackOffTerms(IndexPartition partition, NearestRows rows)
    {
        _partition = partition;
        var number = 0;
        foreach (var term in partition.Terms())
        {
            var near = rows.Of(term);
            foreach (var row in near)
            {
                if (!_ofRow.TryGetValue(row, out var list)) _ofRow[row] = list = [];
                list.Add((number, near.Length));
            }
            number++;
        }
    }

    /// <summary>The terms that a row speaks for, with the number of rows that speak for each.</summary>
    /// <param name="row">The term of the row.</param>
    internal IEnumerable<(string Term, int Rows)> Of(string row) =>
        (_ofRow.GetValueOrDefault(row) ?? []).Select(entry => (_partition.TermAt(entry.Term), entry.Rows));
}
