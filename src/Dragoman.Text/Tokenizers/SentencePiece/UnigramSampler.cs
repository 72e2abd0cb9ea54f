using System.Runtime.InteropServices;

namespace Dragoman.Text.Tokenizers.SentencePiece;

/// <summary>Draws a segmentation at random by forward filtering and backward sampling over the lattice of all segmentations (Kudo, ACL 2018, section 3.3).</summary>
internal sealed class UnigramSampler(UnigramLexicon lexicon)
{
    /// <summary>A piece between two positions.</summary>
    /// <param name="Start">Where it starts, in bytes.</param>
    /// <param name="Slot">Its slot in the trie; -1 for an unknown character.</param>
    /// <param name="LogWeight">Logarithm of the weight of all paths that end with it.</param>
    /// <param name="Next">The next piece that ends at the same position; -1 for none.</param>
    private readonly record struct Edge(int Start, int Slot, double LogWeight, int Next);

    /// <summary>Segments the workspace's normalised text into its list of pieces, last first.</summary>
    internal void Sample(SegmentationWorkspace workspace, double alpha, Random random)
    {
        workspace.Reversed.Clear();
        var text = workspace.Normalized.Written;
        var (edges, lastEdge, total) = (new List<Edge>(), new int[text.Length + 1], new double[text.Length + 1]);
        Array.Fill(lastEdge, -1);
        Array.Fill(total, double.NegativeInfinity);
        total[0] = 0;
        Filter(text, alpha, edges, lastEdge, total);
        for (var end = text.Length; end > 0;)
        {
            var edge = Draw(CollectionsMarshal.AsSpan(edges), lastEdge[end], total[end], random);
            workspace.Reversed.Add((edge.Start, lexicon.IdAt(edge.Slot)));
            end = edge.Start;
        }
    }

    /// <summary>Sums the weights of all paths to each position, in logarithms.</summary>
    private void Filter(ReadOnlySpan<byte> text, double alpha, List<Edge> edges, int[] lastEdge, double[] total)
    {
        void Add(int start, int end, int slot, double score)
        {
            var weight = total[start] + alpha * score;
            edges.Add(new Edge(start, slot, weight, lastEdge[end]));
            lastEdge[end] = edges.Count - 1;
            total[end] = LogSum(total[end], weight);
        }

        for (var start = 0; start < text.Length;)
        {
            var length = Math.Min(Utf8.LengthOf(text[start]), text.Length - start);
            var (coversCharacter, children) = (false, lexicon.Trie.Root);
            for (var end = start; end < text.Length && children != 0;)
            {
                var slot = children + text[end];
                var unit = lexicon.Trie.Units[slot];
                if (unit.Label != text[end]) break;
                end++;
                children = unit.Children;
                if (float.IsNaN(unit.Score)) continue;
                Add(start, end, (int)slot, lexicon.ScoreOf(unit, slot));
                coversCharacter |= end - start == length;
            }
            if (!coversCharacter) Add(start, start + length, -1, lexicon.UnknownScore);
            start += length;
        }
    }

    private static Edge Draw(ReadOnlySpan<Edge> edges, int first, double total, Random random)
    {
        var (rest, edge) = (random.NextDouble(), edges[first]);
        while ((rest -= Math.Exp(edge.LogWeight - total)) >= 0 && edge.Next >= 0) edge = edges[edge.Next];
        return edge;
    }

    private static double LogSum(double a, double b)
    {
        if (double.IsNegativeInfinity(a)) return b;
        return Math.Max(a, b) + Math.Log(1 + Math.Exp(-Math.Abs(a - b)));
    }
}
