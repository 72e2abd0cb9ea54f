namespace Dragoman.Models.Encoders.Transformer;

/// <summary>What makes a bi-encoder of a transformer: how a text becomes one vector.</summary>
public sealed record SentenceModel
{
    /// <summary>How token vectors become one.</summary>
    /// <value><see cref="Pooling.Mean"/> by default.</value>
    public Pooling Pooling { get; init; } = Pooling.Mean;

    /// <summary>Most tokens of a text, special tokens included; the rest is cut off. Null for as many as the encoder reads.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Most tokens of a query, where that is less than <see cref="MaxLength"/>; null for as many as of any text.</summary>
    public int? QueryMaxLength { get; init; }

    /// <summary>What is put before a query: <c>query: </c> and the like. Empty by default.</summary>
    public string QueryPrompt { get; init; } = "";

    /// <summary>What is put before a passage. Empty by default.</summary>
    public string PassagePrompt { get; init; } = "";
}
