namespace Dragoman.Training.Encoders;

/// <summary>First values of the layers above given token vectors.</summary>
public enum FirstLayers
{
    /// <summary>Drawn at random.</summary>
    Random,

    /// <summary>A bi-encoder that is the mean of the token vectors; see <see cref="Dragoman.Models.Encoders.Transformer.MeanInitialiser"/>.</summary>
    Mean,

    /// <summary>A cross-encoder that compares the tokens of its texts; see <see cref="Dragoman.Models.Encoders.Transformer.MatchingInitialiser"/>.</summary>
    Matching,
}

/// <summary>The encoder that training starts from: a model folder, or sizes of one to draw at random.</summary>
public sealed record EncoderStart
{
    /// <summary>Model folder to start from, Hugging Face layout; null to draw one at random.</summary>
    public string? From { get; init; }

    /// <summary>Folder with a vocabulary (<c>vocab.txt</c> or a SentencePiece model) for an encoder drawn at random.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>Folder of a static encoder whose vocabulary and token vectors an encoder otherwise drawn at random gets; takes the place of <see cref="Vocabulary"/>.</summary>
    public string? Embeddings { get; init; }

    /// <summary>What an encoder with <see cref="Embeddings"/> begins as.</summary>
    public FirstLayers FirstLayers { get; init; }

    /// <summary>Whether the token vectors stay as they are at the start.</summary>
    public bool FreezeEmbeddings { get; init; }

    /// <summary>H, width of a token's vector, of an encoder drawn at random; that of <see cref="Embeddings"/> when given.</summary>
    public int Hidden { get; init; } = 256;

    /// <summary>L, layers of an encoder drawn at random.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>A, attention heads of an encoder drawn at random.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Width inside the feed-forward layers of an encoder drawn at random.</summary>
    public int Intermediate { get; init; } = 1024;

    /// <summary>Dropout of an encoder drawn at random.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Longest input in tokens, special tokens included: a pair of a cross-encoder, a passage of a bi-encoder.</summary>
    public int MaxLength { get; init; } = 256;
}
