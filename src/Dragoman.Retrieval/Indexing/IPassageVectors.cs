using Dragoman.Collections;

namespace Dragoman.Retrieval.Indexing;

/// <summary>Vectors of passages that were made before, by the encoder of the index, and are given in the order in which the passages are added.</summary>
public interface IPassageVectors
{
    /// <summary>Gives the vectors of the next passages.</summary>
    /// <param name="passages">The passages, N of them, which follow those of the call before.</param>
    /// <param name="vectors">Receives the rows, shape [N, dimension], row-major; N·dimension long.</param>
    /// <exception cref="Dragoman.Collections.Errors.DragomanException">The next vectors are not those of these passages.</exception>
    void Read(IReadOnlyList<Passage> passages, Span<float> vectors);
}
