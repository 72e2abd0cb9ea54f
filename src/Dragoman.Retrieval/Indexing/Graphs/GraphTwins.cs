using Dragoman.Collections.Storage;
using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Graphs;

/// <summary>Finds rows that are the same byte for byte. In a graph they would be each other's only neighbours, and a search would not get out of them.</summary>
internal static class GraphTwins
{
    /// <summary>For every row, the next that is the same; -1 when there is none.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="count">Their number.</param>
    /// <param name="firsts">Receives the first of all that are the same, ascending.</param>
    internal static int[] Of(PartitionRows rows, int count, out int[] firsts)
    {
        var twins = new int[count];
        Array.Fill(twins, -1);
        // By checksum, the last row of every chain; chains whose checksums meet are told apart by their bytes.
        var lasts = new Dictionary<ulong, List<int>>();
        var found = new List<int>();
        for (var row = 0; row < count; row++)
        {
            var bytes = rows.Row(row);
            var checksum = (ulong)Crc32C.Of(bytes) << 32 | Crc32C.Of(bytes[(bytes.Length / 2)..]);
            if (!lasts.TryGetValue(checksum, out var chains)) lasts.Add(checksum, chains = new List<int>(1));
            var chain = 0;
            while (chain < chains.Count && !rows.Row(chains[chain]).SequenceEqual(bytes)) chain++;
            if (chain == chains.Count)
            {
                chains.Add(row);
                found.Add(row);
                continue;
            }
            twins[chains[chain]] = row;
            chains[chain] = row;
        }
        firsts = [.. found];
        return twins;
    }
}
