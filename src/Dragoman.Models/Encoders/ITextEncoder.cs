namespace Dragoman.Models.Encoders;

/// <summary>Turns texts into vectors whose dot product is their similarity. Implementations say whether they are thread-safe.</summary>
public interface ITextEncoder : IDisposable
{
    /// <summary>Name and fingerprint of the weights. A dense index stores it; queries must be encoded by the encoder that built the index.</summary>
    string Identity { get; }

    /// <summary>Length of a vector, in floats.</summary>
    int Dimension { get; }

    /// <summary>Encodes passages into L2-normalised rows. A text without any known token may become the zero vector.</summary>
    /// <param name="texts">The texts, N of them, any language.</param>
    /// <param name="vectors">Receives the rows, shape [N, <see cref="Dimension"/>], row-major; at least N·Dimension long.</param>
    /// <exception cref="ArgumentException"><paramref name="vectors"/> is too short.</exception>
    void Encode(IReadOnlyList<string> texts, Span<float> vectors);

    /// <summary>Encodes queries likewise, for encoders that tell queries from passages.</summary>
    /// <param name="texts">The queries, N of them, any language.</param>
    /// <param name="vectors">Receives the rows, shape [N, <see cref="Dimension"/>], row-major; at least N·Dimension long.</param>
    /// <exception cref="ArgumentException"><paramref name="vectors"/> is too short.</exception>
    void EncodeQueries(IReadOnlyList<string> texts, Span<float> vectors) => Encode(texts, vectors);
}
