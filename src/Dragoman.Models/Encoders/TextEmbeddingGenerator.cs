using Microsoft.Extensions.AI;

namespace Dragoman.Models.Encoders;

/// <summary>What a text is, for encoders that tell queries from passages.</summary>
public enum EncodedSide
{
    /// <summary>What somebody asks.</summary>
    Query,

    /// <summary>What is found.</summary>
    Passage,
}

/// <summary>
/// An encoder as other .NET libraries use one (Microsoft.Extensions.AI): one generator for queries, one for passages, over the same encoder. Vectors are those of the encoder, of length 1, so that their dot
/// product is the similarity. Thread-safe: one call computes at a time.
/// </summary>
public sealed class TextEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int TextsPerStep = 1024;
    private readonly ITextEncoder _encoder;
    private readonly bool _owns;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Makes a generator of an encoder.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="side">What the texts are.</param>
    /// <param name="owns">Whether disposing of the generator disposes of the encoder.</param>
    public TextEmbeddingGenerator(ITextEncoder encoder, EncodedSide side, bool owns = false)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        (_encoder, Side, _owns) = (encoder, side, owns);
        _metadata = new EmbeddingGeneratorMetadata("dragoman", null, encoder.Identity, encoder.Dimension);
    }

    /// <summary>What the texts are.</summary>
    public EncodedSide Side { get; }

    /// <summary>Encodes texts, on a thread of the pool.</summary>
    /// <param name="values">The texts, any language.</param>
    /// <param name="options">A model or a dimension named here must be the encoder's; null for no wishes.</param>
    /// <param name="cancellationToken">Stops between steps of 1,024 texts.</param>
    /// <returns>One vector a text, in their order.</returns>
    /// <exception cref="ArgumentException">Another model or dimension is wanted.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.ModelId is { } model && model != _encoder.Identity) throw new ArgumentException($"The model {model} is wanted; this generator's is {_encoder.Identity}.", nameof(options));
        if (options?.Dimensions is { } dimension && dimension != _encoder.Dimension) throw new ArgumentException(FormattableString.Invariant($"Vectors of {dimension} numbers are wanted; those of {_encoder.Identity} have {_encoder.Dimension}."), nameof(options));
        var texts = values.ToArray();
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Generate(texts, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The generator, its encoder (<see cref="ITextEncoder"/>) or its <see cref="EmbeddingGeneratorMetadata"/>; null for anything else.</summary>
    /// <param name="serviceType">The type wanted.</param>
    /// <param name="serviceKey">Null; nothing has a key.</param>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        if (serviceType == typeof(EmbeddingGeneratorMetadata)) return _metadata;
        if (serviceType.IsInstanceOfType(this)) return this;
        return serviceType.IsInstanceOfType(_encoder) ? _encoder : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _turn.Dispose();
        if (_owns) _encoder.Dispose();
    }

    private GeneratedEmbeddings<Embedding<float>> Generate(string[] texts, CancellationToken cancellationToken)
    {
        var (generated, made) = (new GeneratedEmbeddings<Embedding<float>>(texts.Length), TimeProvider.System.GetUtcNow());
        foreach (var step in texts.Chunk(TextsPerStep))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = new float[step.Length * _encoder.Dimension];
            if (Side == EncodedSide.Query) _encoder.EncodeQueries(step, rows);
            else _encoder.Encode(step, rows);
            for (var row = 0; row < step.Length; row++)
                generated.Add(new Embedding<float>(rows.AsMemory(row * _encoder.Dimension, _encoder.Dimension)) { ModelId = _encoder.Identity, CreatedAt = made });
        }
        return generated;
    }
}
