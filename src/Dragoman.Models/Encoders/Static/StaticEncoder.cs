using Dragoman.Text.Tokenizers;

namespace Dragoman.Models.Encoders.Static;

/// <summary>
/// A bi-encoder without context: the L2-normalised weighted sum of a text's token vectors. Runs in managed SIMD code and needs no libtorch. Thread-safe.
/// </summary>
/// <remarks>Averaged subword embeddings trained on parallel text: Wieting et al., "Simple and effective paraphrastic similarity from parallel translations" (ACL 2019).</remarks>
public sealed class StaticEncoder : ITextEncoder
{
    private const int TextsPerPart = 64;
    private readonly StaticEmbeddings _embeddings;
    private readonly ITokenizer _tokenizer;

    /// <summary>Joins a tokenizer and its table.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="embeddings">The table; as many rows as the tokenizer has ids.</param>
    /// <param name="identity">Name and fingerprint.</param>
    public StaticEncoder(ITokenizer tokenizer, StaticEmbeddings embeddings, string identity)
    {
        _tokenizer = tokenizer;
        _embeddings = embeddings;
        Identity = identity;
    }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <summary>The table of token vectors; row i belongs to the tokenizer's id i.</summary>
    public StaticEmbeddings Embeddings => _embeddings;

    /// <inheritdoc/>
    public int Dimension => _embeddings.Dimension;

    /// <inheritdoc/>
    public void Encode(IReadOnlyList<string> texts, Span<float> vectors)
    {
        if (vectors.Length < (long)texts.Count * Dimension)
            throw new ArgumentException($"{texts.Count} vectors of {Dimension} floats need {(long)texts.Count * Dimension}, the span has {vectors.Length}.", nameof(vectors));
        if (texts.Count <= TextsPerPart)
        {
            EncodePart(texts, 0, vectors[..(texts.Count * Dimension)]);
            return;
        }
        // Every text by itself, so that the vectors do not depend on the threads.
        var parts = new float[(texts.Count + TextsPerPart - 1) / TextsPerPart][];
        Parallel.For(0, parts.Length, part =>
        {
            parts[part] = new float[Math.Min(TextsPerPart, texts.Count - part * TextsPerPart) * Dimension];
            EncodePart(texts, part * TextsPerPart, parts[part]);
        });
        for (var part = 0; part < parts.Length; part++) parts[part].CopyTo(vectors[(part * TextsPerPart * Dimension)..]);
    }

    private void EncodePart(IReadOnlyList<string> texts, int first, Span<float> vectors)
    {
        var tokens = new List<int>();
        for (var index = 0; index * Dimension < vectors.Length; index++)
        {
            tokens.Clear();
            _tokenizer.AppendIds(texts[first + index], tokens);
            _embeddings.Encode(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tokens), vectors.Slice(index * Dimension, Dimension));
        }
    }

    /// <summary>Holds no native resources; nothing to free.</summary>
    public void Dispose()
    {
    }
}
