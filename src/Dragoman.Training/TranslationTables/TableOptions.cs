namespace Dragoman.Training.TranslationTables;

/// <summary>How the two directions' models become probabilities of translation.</summary>
internal enum TableEstimate
{
    /// <summary>Relative counts of the links of the joined most probable alignments.</summary>
    Viterbi,

    /// <summary>The mean of two estimates of P(translation | term): each direction's expected counts, divided by their sum over the term's translations.</summary>
    Mean,
}

/// <summary>How a translation table is made of word alignments, and what of it is kept.</summary>
internal sealed record TableOptions
{
    /// <summary>Which estimate to take.</summary>
    /// <value><see cref="TableEstimate.Viterbi"/> by default.</value>
    internal TableEstimate Estimate { get; init; } = TableEstimate.Viterbi;

    /// <summary>How alignments are joined, for <see cref="TableEstimate.Viterbi"/>.</summary>
    /// <value><see cref="SymmetrisationMethod.GrowDiagFinalAnd"/> by default.</value>
    internal SymmetrisationMethod Symmetrisation { get; init; } = SymmetrisationMethod.GrowDiagFinalAnd;

    /// <summary>Translations less probable than this are dropped; within [0, 1).</summary>
    /// <value>1e-4 by default.</value>
    internal double MinProbability { get; init; } = 1e-4;

    /// <summary>How many translations of a term to keep; 1 or more.</summary>
    /// <value>64 by default.</value>
    internal int MaxTranslations { get; init; } = 64;

    /// <summary>Terms seen less often than this in the parallel text get no row; 1 or more.</summary>
    /// <value>1 by default.</value>
    internal int MinCount { get; init; } = 1;
}
