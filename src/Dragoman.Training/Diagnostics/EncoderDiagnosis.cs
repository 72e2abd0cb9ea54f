namespace Dragoman.Training.Diagnostics;

/// <summary>Something that a diagnosis found.</summary>
/// <param name="IsAlarm">True beyond a limit; false for what is worth knowing.</param>
/// <param name="Where">Which vectors: a language, a pair of languages, <c>all</c>.</param>
/// <param name="What">What was measured, in a sentence without its end.</param>
/// <param name="Cause">The likely cause, a sentence.</param>
/// <param name="Cure">What to do, a sentence.</param>
public sealed record DiagnosisFinding(bool IsAlarm, string Where, string What, string Cause, string Cure);

/// <summary>Vectors of one language, of queries and passages alike, or of all.</summary>
/// <param name="Language">The language; <c>all</c> for all.</param>
/// <param name="Queries">Queries among them.</param>
/// <param name="Passages">Passages among them.</param>
/// <param name="Spread">How they fill their space.</param>
public sealed record DiagnosedLanguage(string Language, int Queries, int Passages, VectorSpread Spread);

/// <summary>Queries of one language with passages of another, or all pairs.</summary>
/// <param name="From">The queries' language; <c>all</c> for all.</param>
/// <param name="To">The passages' language.</param>
/// <param name="Raw">As the vectors are.</param>
/// <param name="Centred">Without the mean of these vectors.</param>
public sealed record DiagnosedPair(string From, string To, PairContrast Raw, PairContrast Centred);

/// <summary>What a change of the vectors would bring, fitted on other texts than it is measured on.</summary>
/// <param name="Method">The change.</param>
/// <param name="MeanCosine">Mean cosine of any two vectors afterwards.</param>
/// <param name="Auc">P(cosine of a pair &gt; that of a mismatch) afterwards.</param>
/// <param name="RecallAt1">Recall@1 among the pairs afterwards.</param>
/// <param name="Measures">Retrieval from the sampled passages afterwards, by measure.</param>
public sealed record DiagnosedChange(PostHocMethod Method, double MeanCosine, double Auc, double RecallAt1, IReadOnlyList<(string Measure, double Value)> Measures);

/// <summary>A vector on the plane of the pictures.</summary>
/// <param name="Language">Its language.</param>
/// <param name="X">First coordinate.</param>
/// <param name="Y">Second coordinate.</param>
public sealed record DiagnosedPoint(string Language, double X, double Y);

/// <summary>What <c>diagnose MODEL COLLECTION</c> finds: whether an encoder's vectors have collapsed, in numbers, with causes and cures.</summary>
public sealed record EncoderDiagnosis
{
    /// <summary>The encoder's identity.</summary>
    public required string Model { get; init; }

    /// <summary>The collection's folder.</summary>
    public required string Collection { get; init; }

    /// <summary>The split of judgements; null for the only one.</summary>
    public required string? Split { get; init; }

    /// <summary>Seed of the draw.</summary>
    public required int Seed { get; init; }

    /// <summary>Queries that were drawn.</summary>
    public required int Queries { get; init; }

    /// <summary>Passages that were drawn.</summary>
    public required int Passages { get; init; }

    /// <summary>All vectors first, then each language with two or more.</summary>
    public required IReadOnlyList<DiagnosedLanguage> Languages { get; init; }

    /// <summary>All pairs first, then each pair of languages with two or more.</summary>
    public required IReadOnlyList<DiagnosedPair> Pairs { get; init; }

    /// <summary>What the vectors give away of their language; null when there is one language only.</summary>
    public required LanguageTrace? Trace { get; init; }

    /// <summary>What could be done without training; the vectors as they are first.</summary>
    public required IReadOnlyList<DiagnosedChange> Changes { get; init; }

    /// <summary>Some vectors and, in <see cref="Centroids"/>, every language's mean, on the plane of their first two principal components.</summary>
    public required IReadOnlyList<DiagnosedPoint> Points { get; init; }

    /// <summary>The languages' means on that plane.</summary>
    public required IReadOnlyList<DiagnosedPoint> Centroids { get; init; }

    /// <summary>What is alarming, and what is worth knowing; empty when all is well.</summary>
    public required IReadOnlyList<DiagnosisFinding> Findings { get; init; }
}
