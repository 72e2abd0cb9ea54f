using Dragoman.Training.Fitting;
using Dragoman.Training.Losses;
using Dragoman.Training.Sampling;

namespace Dragoman.Training.CrossEncoders;

/// <summary>The encoder a cross-encoder starts from: a model folder, or sizes of one to draw at random.</summary>
public sealed record EncoderStart
{
    /// <summary>Model folder to start from, Hugging Face layout; null to draw one at random.</summary>
    public string? From { get; init; }

    /// <summary>Folder with a vocabulary (<c>vocab.txt</c> or a SentencePiece model) for an encoder drawn at random.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>Folder of a static encoder whose vocabulary and token vectors an encoder otherwise drawn at random gets; takes the place of <see cref="Vocabulary"/>.</summary>
    public string? Embeddings { get; init; }

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

    /// <summary>Longest pair in tokens, special tokens included.</summary>
    public int MaxLength { get; init; } = 256;
}

/// <summary>What a cross-encoder is trained and chosen on.</summary>
public sealed record CrossEncoderData
{
    /// <summary>The collection folder.</summary>
    public required string Collection { get; init; }

    /// <summary>Split of the judgements that training groups are made from; null for the only one.</summary>
    public required string? TrainSplit { get; init; }

    /// <summary>Split of the judgements that epochs are compared by.</summary>
    public string? DevSplit { get; init; }

    /// <summary>Candidates that are reranked after each epoch; null keeps the last epoch.</summary>
    public string? DevRun { get; init; }

    /// <summary>How many candidates of a query are reranked.</summary>
    public int DevDepth { get; init; } = 100;

    /// <summary>Candidates that hard negatives come from.</summary>
    public string? NegativeRun { get; init; }
}

/// <summary>How a cross-encoder is trained.</summary>
public sealed record CrossEncoderSettings
{
    /// <summary>What it starts from.</summary>
    public required EncoderStart Encoder { get; init; }

    /// <summary>What it is trained on.</summary>
    public required CrossEncoderData Data { get; init; }

    /// <summary>How groups are drawn.</summary>
    public required GroupOptions Groups { get; init; }

    /// <summary>What is minimised.</summary>
    public required IRankingLoss Loss { get; init; }

    /// <summary>How it is fitted.</summary>
    public FitSettings Fit { get; init; } = new();

    /// <summary>Most tokens that are computed at once in training; 0 for a batch at once.</summary>
    public int MaxBatchTokens { get; init; }
}
