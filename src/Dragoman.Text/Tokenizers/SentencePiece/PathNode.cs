namespace Dragoman.Text.Tokenizers.SentencePiece;

/// <summary>The best path that ends at a byte position.</summary>
internal struct PathNode
{
    /// <summary>Sum of the scores of the path's pieces.</summary>
    internal float Score;

    /// <summary>Where the path's last piece starts; -1 while no path ends here.</summary>
    internal int Start;

    /// <summary>Slot of the last piece in the trie; -1 for an unknown character.</summary>
    internal int Slot;
}
