using Dragoman.Collections.Errors;

namespace Dragoman.Models.Encoders.Transformer;

/// <summary>Which published architecture an encoder follows.</summary>
public enum EncoderFamily
{
    /// <summary>BERT (Devlin et al., NAACL 2019), as <c>bert-base-multilingual-cased</c>.</summary>
    Bert,

    /// <summary>XLM-RoBERTa (Conneau et al., ACL 2020): positions count from after the padding id, and texts have no types.</summary>
    XlmRoberta,
}

/// <summary>The function between the two halves of a feed-forward layer.</summary>
public enum EncoderActivation
{
    /// <summary>GELU with the exact normal distribution function.</summary>
    Gelu,

    /// <summary>GELU by the hyperbolic tangent.</summary>
    GeluTanh,

    /// <summary>The positive part.</summary>
    Relu,
}

/// <summary>Sizes and constants of a transformer encoder, as a Hugging Face <c>config.json</c> gives them.</summary>
public sealed record EncoderConfig
{
    /// <summary>The architecture.</summary>
    public EncoderFamily Family { get; init; } = EncoderFamily.Bert;

    /// <summary>V, number of token ids.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>H, width of a token's vector.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>L, number of layers.</summary>
    public required int Layers { get; init; }

    /// <summary>A, attention heads; H is a multiple of it.</summary>
    public required int Heads { get; init; }

    /// <summary>Width inside the feed-forward layers.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Rows of the position table.</summary>
    /// <value>512 by default.</value>
    public int MaxPositions { get; init; } = 512;

    /// <summary>Rows of the text-type table.</summary>
    /// <value>2 by default.</value>
    public int TypeVocabularySize { get; init; } = 2;

    /// <summary>The id of padding.</summary>
    public int PadTokenId { get; init; }

    /// <summary>Added to the variance in LayerNorm.</summary>
    /// <value>1e-12 by default.</value>
    public double LayerNormEpsilon { get; init; } = 1e-12;

    /// <summary>Share of hidden values dropped in training, within [0, 1).</summary>
    /// <value>0.1 by default.</value>
    public double HiddenDropout { get; init; } = 0.1;

    /// <summary>Share of attention weights dropped in training, within [0, 1).</summary>
    /// <value>0.1 by default.</value>
    public double AttentionDropout { get; init; } = 0.1;

    /// <summary>Standard deviation of random first values.</summary>
    /// <value>0.02 by default.</value>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>The function inside the feed-forward layers.</summary>
    public EncoderActivation Activation { get; init; } = EncoderActivation.Gelu;

    /// <summary>Longest input in tokens: XLM-R loses the positions up to the padding id.</summary>
    public int MaxTokens => Family == EncoderFamily.XlmRoberta ? MaxPositions - PadTokenId - 1 : MaxPositions;

    /// <summary>What the keys of the encoder begin with in a checkpoint with a head: <c>bert.</c> or <c>roberta.</c></summary>
    public string KeyPrefix => Family == EncoderFamily.Bert ? "bert." : "roberta.";

    /// <summary>Every problem with these sizes, one sentence each; empty when usable.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var (name, value) in new[] { ("vocab_size", VocabularySize), ("hidden_size", HiddenSize), ("num_hidden_layers", Layers),
            ("num_attention_heads", Heads), ("intermediate_size", IntermediateSize), ("max_position_embeddings", MaxPositions), ("type_vocab_size", TypeVocabularySize) })
        {
            if (value <= 0) yield return $"{name} is {value}; it must be above 0.";
        }
        if (Heads > 0 && HiddenSize % Heads != 0) yield return $"hidden_size {HiddenSize} is not a multiple of num_attention_heads {Heads}.";
        if (PadTokenId < 0 || PadTokenId >= VocabularySize) yield return $"pad_token_id {PadTokenId} is not within the vocabulary of {VocabularySize}.";
        if (MaxTokens <= 0) yield return $"max_position_embeddings {MaxPositions} leaves no position beside pad_token_id {PadTokenId}.";
        if (!(LayerNormEpsilon > 0)) yield return $"layer_norm_eps is {LayerNormEpsilon}; it must be above 0.";
        if (!(HiddenDropout is >= 0 and < 1)) yield return $"hidden_dropout_prob is {HiddenDropout}; use a value from 0 to below 1.";
        if (!(AttentionDropout is >= 0 and < 1)) yield return $"attention_probs_dropout_prob is {AttentionDropout}; use a value from 0 to below 1.";
        if (!(InitializerRange > 0)) yield return $"initializer_range is {InitializerRange}; it must be above 0.";
    }

    /// <summary>Checks the sizes.</summary>
    /// <param name="source">What to name in the message.</param>
    /// <returns>The same configuration.</returns>
    /// <exception cref="ConfigurationException">Some cannot be used.</exception>
    public EncoderConfig Require(string source)
    {
        var problems = Problems().ToList();
        return problems.Count == 0 ? this : throw new ConfigurationException(source, problems);
    }
}
