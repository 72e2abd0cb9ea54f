namespace Dragoman.Training.TranslationTables;

/// <summary>How the most probable alignments of the two directions become one.</summary>
internal enum SymmetrisationMethod
{
    /// <summary>Links that both directions have: precise.</summary>
    Intersection,

    /// <summary>The intersection, grown by neighbouring links of the union that reach an unaligned term, then by links of the union between two unaligned terms (Koehn, Och and Marcu, 2003).</summary>
    GrowDiagFinalAnd,

    /// <summary>Links that either direction has.</summary>
    Union,
}

/// <summary>Joins two alignments of a pair of texts.</summary>
internal static class Symmetrisation
{
    private static readonly (int Source, int Target)[] Neighbours = [(-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)];

    /// <summary>Joins the two directions.</summary>
    /// <param name="sourceOfTarget">For each target position its source position, -1 for NULL, shape [m].</param>
    /// <param name="targetOfSource">For each source position its target position, -1 for NULL, shape [l].</param>
    /// <param name="method">How.</param>
    /// <returns>The links, shape [l, m].</returns>
    internal static bool[,] Join(ReadOnlySpan<int> sourceOfTarget, ReadOnlySpan<int> targetOfSource, SymmetrisationMethod method)
    {
        var (l, m) = (targetOfSource.Length, sourceOfTarget.Length);
        var (forward, reverse) = (new bool[l, m], new bool[l, m]);
        for (var j = 0; j < m; j++)
            if (sourceOfTarget[j] >= 0) forward[sourceOfTarget[j], j] = true;
        for (var i = 0; i < l; i++)
            if (targetOfSource[i] >= 0) reverse[i, targetOfSource[i]] = true;
        var (both, either) = (new bool[l, m], new bool[l, m]);
        for (var i = 0; i < l; i++)
            for (var j = 0; j < m; j++) (both[i, j], either[i, j]) = (forward[i, j] && reverse[i, j], forward[i, j] || reverse[i, j]);
        if (method == SymmetrisationMethod.Intersection) return both;
        if (method == SymmetrisationMethod.Union) return either;
        GrowDiagonally(both, either);
        FinalAnd(both, forward);
        FinalAnd(both, reverse);
        return both;
    }

    private static void GrowDiagonally(bool[,] links, bool[,] either)
    {
        var (sources, targets) = Aligned(links);
        bool grown;
        do
        {
            grown = false;
            for (var i = 0; i < links.GetLength(0); i++)
            {
                for (var j = 0; j < links.GetLength(1); j++)
                {
                    if (!links[i, j]) continue;
                    foreach (var (down, right) in Neighbours)
                    {
                        var (s, t) = (i + down, j + right);
                        if (s < 0 || t < 0 || s >= sources.Length || t >= targets.Length || links[s, t] || !either[s, t] || (sources[s] && targets[t])) continue;
                        links[s, t] = sources[s] = targets[t] = grown = true;
                    }
                }
            }
        }
        while (grown);
    }

    private static void FinalAnd(bool[,] links, bool[,] direction)
    {
        var (sources, targets) = Aligned(links);
        for (var i = 0; i < sources.Length; i++)
        {
            for (var j = 0; j < targets.Length; j++)
            {
                if (direction[i, j] && !sources[i] && !targets[j]) links[i, j] = sources[i] = targets[j] = true;
            }
        }
    }

    private static (bool[] Sources, bool[] Targets) Aligned(bool[,] links)
    {
        var (sources, targets) = (new bool[links.GetLength(0)], new bool[links.GetLength(1)]);
        for (var i = 0; i < sources.Length; i++)
            for (var j = 0; j < targets.Length; j++)
                if (links[i, j]) sources[i] = targets[j] = true;
        return (sources, targets);
    }
}
