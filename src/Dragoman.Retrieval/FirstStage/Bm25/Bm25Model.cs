using System.Runtime.CompilerServices;
using Dragoman.Retrieval.FirstStage.TermMatching;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Postings;

namespace Dragoman.Retrieval.FirstStage.Bm25;

/// <summary>The BM25 formula over given statistics (Robertson and Zaragoza, 2009), in the form Lucene 8 computes.</summary>
/// <remarks>
/// score = Σ qtf · idf · tf / (tf + k1 · (1 - b + b · dl / avgdl)), idf = ln(1 + (N - df + 0.5) / (df + 0.5)).
/// Deviation: without the constant factor k1 + 1 of the original, which changes no ranking; passage lengths are exact, where Lucene rounds them to one byte.
/// </remarks>
internal sealed class Bm25Model(Bm25Options options, ICollectionStatistics statistics) : TermModel
{
    private readonly double _k1 = options.K1;
    private readonly double _constant = options.K1 * (1 - options.B);
    private readonly double _perTerm = statistics.AverageLength > 0 ? options.K1 * options.B / statistics.AverageLength : 0;

    internal override string Formula => "part = weight x idf x saturation; saturation = tf / (tf + k1 (1 - b + b length / average length))";

    internal override TermWeight Weigh(WeightedTerm term, TermStatistics statistics) => new Weight(this, term.Weight, term.Weight * Idf(statistics.Passages));

    internal override (double Rarity, double Match) Describe(TermStatistics statistics, TermWeight? weight, int frequency, int length) =>
        (Idf(statistics.Passages), frequency == 0 ? 0 : Saturation(frequency, length));

    /// <summary>Inverse document frequency of a term that <paramref name="passagesWith"/> passages hold.</summary>
    internal double Idf(long passagesWith) => Math.Log(1 + (statistics.PassageCount - passagesWith + 0.5) / (passagesWith + 0.5));

    /// <summary>Saturated term frequency in a passage of <paramref name="length"/> terms, within [0, 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Saturation(int frequency, int length) => _k1 == 0 ? 1 : frequency / (frequency + _constant + _perTerm * length);

    private sealed class Weight(Bm25Model model, double queryWeight, double weight) : TermWeight
    {
        internal override double QueryWeight => queryWeight;

        internal override double Part(int value, int length) => weight * model.Saturation(value, length);

        internal override void Weigh(ReadOnlySpan<int> passages, ReadOnlySpan<int> values, ReadOnlySpan<int> lengths, Span<double> parts)
        {
            values = values[..passages.Length];
            parts = parts[..passages.Length];
            for (var place = 0; place < passages.Length; place++) parts[place] = weight * model.Saturation(values[place], lengths[passages[place]]);
        }
    }
}
