using System.Runtime.InteropServices;

namespace Dragoman.Retrieval.Indexing.Postings;

/// <summary>What stands before the blocks of a list of 128 postings or more.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct ListHeader(int frontierBytes, int blockBytes)
{
    /// <summary>Bytes of the frontiers: the whole list's, then every block's.</summary>
    internal readonly int FrontierBytes = frontierBytes;

    /// <summary>Bytes of the full blocks; the rest of the list is the tail.</summary>
    internal readonly int BlockBytes = blockBytes;
}

/// <summary>Where a full block of postings lies, and how far it reaches.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct BlockHeader(int lastPassage, int offset, int frontierOffset)
{
    /// <summary>Number of the last passage in the block.</summary>
    internal readonly int LastPassage = lastPassage;

    /// <summary>Start of the block, from the start of the blocks.</summary>
    internal readonly int Offset = offset;

    /// <summary>Start of the block's frontier, from the start of the frontiers.</summary>
    internal readonly int FrontierOffset = frontierOffset;
}
