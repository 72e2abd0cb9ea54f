using Dragoman.Collections.Errors;
using Dragoman.Retrieval.Indexing.Publication;

namespace Dragoman.Retrieval.Indexing;

/// <summary>An index was built by another analyzer or encoder than the one that is to prepare queries.</summary>
public sealed class IndexMismatchException : DragomanException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="index">The index folder as the user named it.</param>
    /// <param name="part">What differs: <c>analyzer</c> or <c>encoder</c>.</param>
    /// <param name="built">Identity the index was built by.</param>
    /// <param name="given">Identity that queries would use.</param>
    public IndexMismatchException(string index, string part, string built, string given)
        : base($"Index {index} was built by {part} {built}, the query by {given}; rebuild with '{IndexFolder.Command}'.")
    {
        Built = built;
        Given = given;
    }

    /// <summary>Identity the index was built by.</summary>
    public string Built { get; }

    /// <summary>Identity that queries would use.</summary>
    public string Given { get; }
}
