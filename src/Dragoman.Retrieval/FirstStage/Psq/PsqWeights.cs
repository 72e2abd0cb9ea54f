using Dragoman.Retrieval.FirstStage.Bm25;

namespace Dragoman.Retrieval.FirstStage.Psq;

/// <summary>What a query term adds to the score of a passage.</summary>
/// <remarks>
/// PSQ-HMM: qtf · ln[((1 - a) P(e|d) + a P(e|G)) / (a P(e|G))], P(e|d) = Σ_f P(e|f) tf(f, d) / |d|, |d| counting all terms, those without translation too (HMM of Miller, Leek and Schwartz, 1999;
/// Xu and Weischedel, 2000; at index time by hltcoe/PSQ). It is 0 where no translation occurs and never below. PSQ: TF(e, d) = Σ_f P(f|e) tf(f, d) and DF(e) = Σ_f P(f|e) df(f) in the place of tf and df of BM25
/// (Darwish and Oard, 2003).
/// </remarks>
internal static class PsqWeights
{
    /// <summary>PSQ-HMM's weight of a query term that occurs once.</summary>
    /// <param name="expectedFrequency">Σ_f P(e|f) tf(f, d).</param>
    /// <param name="length">|d|.</param>
    /// <param name="background">a, within (0, 1).</param>
    /// <param name="probability">P(e|G), above 0.</param>
    internal static double Hmm(double expectedFrequency, int length, double background, double probability) =>
        Math.Log(1 + ((1 - background) * expectedFrequency / (length * background * probability)));

    /// <summary>PSQ's weight of a query term that occurs once, by BM25.</summary>
    /// <param name="expectedFrequency">TF(e, d).</param>
    /// <param name="expectedPassages">DF(e).</param>
    /// <param name="length">Number of terms of the passage.</param>
    /// <param name="averageLength">Mean number of terms.</param>
    /// <param name="passages">Number of passages, N.</param>
    /// <param name="options">k1 and b.</param>
    internal static double Bm25(double expectedFrequency, double expectedPassages, int length, double averageLength, long passages, Bm25Options options)
    {
        var idf = Math.Log(1 + (Math.Max(0, passages - expectedPassages) + 0.5) / (expectedPassages + 0.5));
        return idf * expectedFrequency / (expectedFrequency + options.K1 * (1 - options.B + options.B * length / averageLength));
    }
}
