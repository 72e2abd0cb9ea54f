using Dragoman.Retrieval.Indexing;

namespace Dragoman.Retrieval.FirstStage.Bm25;

/// <summary>The BM25 formula over given statistics (Robertson and Zaragoza, 2009), in the form Lucene 8 computes.</summary>
/// <remarks>
/// score = Σ qtf · idf · tf / (tf + k1 · (1 - b + b · dl / avgdl)), idf = ln(1 + (N - df + 0.5) / (df + 0.5)).
/// Deviation: without the constant factor k1 + 1 of the original, which changes no ranking; passage lengths are exact, where Lucene rounds them to one byte.
/// </remarks>
internal readonly struct Bm25Weights(Bm25Options options, ICollectionStatistics statistics)
{
    private readonly double _k1 = options.K1;
    private readonly double _constant = options.K1 * (1 - options.B);
    private readonly double _perTerm = statistics.AverageLength > 0 ? options.K1 * options.B / statistics.AverageLength : 0;

    /// <summary>Inverse document frequency of a term that <paramref name="passagesWith"/> passages hold.</summary>
    internal double Idf(long passagesWith) => Math.Log(1 + (statistics.PassageCount - passagesWith + 0.5) / (passagesWith + 0.5));

    /// <summary>Saturated term frequency in a passage of <paramref name="length"/> terms, within [0, 1].</summary>
    internal double Saturation(int frequency, int length) => _k1 == 0 ? 1 : frequency / (frequency + _constant + _perTerm * length);
}
