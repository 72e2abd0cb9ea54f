using Dragoman.Retrieval.Indexing.Segments;

namespace Dragoman.Retrieval.Indexing.Graphs;

/// <summary>Chooses neighbours in different directions: from the nearest on, each that is nearer to the node than to all chosen before. Not thread-safe.</summary>
/// <remarks>Algorithm 4 of Malkov and Yashunin, without extending the candidates and without keeping those passed over.</remarks>
internal sealed class NeighbourChoice(PartitionRows rows)
{
    private readonly float[] _vector = new float[rows.Dimension];

    /// <summary>Chooses.</summary>
    /// <param name="candidates">Candidates with their scores for the node; they get sorted, best first.</param>
    /// <param name="chosen">Receives the neighbours, as many as it has room for at most.</param>
    /// <returns>Their number.</returns>
    internal int Of(Span<ulong> candidates, Span<int> chosen)
    {
        candidates.Sort(static (left, right) => right.CompareTo(left));
        var count = 0;
        foreach (var candidate in candidates)
        {
            if (count == chosen.Length) break;
            var node = ScoredNode.Node(candidate);
            if (IsApart(node, ScoredNode.Score(candidate), chosen[..count])) chosen[count++] = node;
        }
        return count;
    }

    private bool IsApart(int node, float score, ReadOnlySpan<int> chosen)
    {
        var vector = rows.Vector(node, _vector);
        foreach (var other in chosen)
        {
            if (rows.Score(vector, other) > score) return false;
        }
        return true;
    }
}
