namespace Dragoman.Training.StaticEncoders;

/// <summary>The SentencePiece unigram vocabulary of a static encoder, made by the <c>spm_train</c> command.</summary>
public sealed record VocabularyOptions
{
    /// <summary>Number of pieces, bytes included.</summary>
    /// <value>48000 by default.</value>
    public int Size { get; init; } = 48000;

    /// <summary>Share of characters that get a piece of their own; the rest is spelled in bytes. Within (0.98, 1].</summary>
    /// <value>0.9998 by default.</value>
    public double CharacterCoverage { get; init; } = 0.9998;

    /// <summary>Characters of text to learn from, over all languages.</summary>
    /// <value>45 million by default.</value>
    public long Characters { get; init; } = 45_000_000;

    /// <summary>Exponent of a language's share of the text: 1 as it is, 0 all alike.</summary>
    /// <value>0.5 by default.</value>
    public double LanguageExponent { get; init; } = 0.5;

    /// <summary>At most how often a text is repeated for a rare language.</summary>
    /// <value>3 by default.</value>
    public int MaxRepeats { get; init; } = 3;
}
