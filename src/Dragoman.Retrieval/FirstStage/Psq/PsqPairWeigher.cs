using Dragoman.Collections;
using Dragoman.Retrieval.Indexing.Segments;
using Dragoman.Retrieval.Indexing.Weights;

namespace Dragoman.Retrieval.FirstStage.Psq;

/// <summary>PSQ-HMM weights for one query language over passages in another. Immutable and thread-safe.</summary>
internal sealed class PsqPairWeigher : PairWeigher
{
    private readonly TermTranslations _translations;
    private readonly double _background;
    private readonly int[] _inOrder, _placeOf;
    private readonly double[] _probabilities;

    /// <summary>Creates a weigher.</summary>
    /// <param name="translations">From passage terms to query terms.</param>
    /// <param name="counts">The query language at large.</param>
    /// <param name="background">Its weight.</param>
    internal PsqPairWeigher(TermTranslations translations, TermCounts counts, double background)
    {
        (_translations, _background) = (translations, background);
        var terms = translations.QueryTerms;
        // A longer term is kept by its beginning in an index, and may then be two: such terms are left to query time.
        _inOrder = [.. Enumerable.Range(0, terms.Count).Where(term => terms.Utf8(term).Length <= TermForm.MaxBytes)];
        Array.Sort(_inOrder, terms.Compare);
        _placeOf = new int[terms.Count];
        Array.Fill(_placeOf, -1);
        for (var place = 0; place < _inOrder.Length; place++) _placeOf[_inOrder[place]] = place;
        _probabilities = [.. _inOrder.Select(term => counts.Probability(terms[term]))];
    }

    internal override int QueryTermCount => _inOrder.Length;

    internal override ReadOnlySpan<byte> QueryTerm(int number) => _translations.QueryTerms.Utf8(_inOrder[number]);

    internal override (int QueryTerm, double Probability)[] MeaningsOf(ReadOnlySpan<byte> passageTerm)
    {
        var meanings = _translations.MeaningsOf(passageTerm);
        return meanings.Count == 0 ? [] : [.. meanings.Select(meaning => (_placeOf[meaning.Key], meaning.Value)).Where(meaning => meaning.Item1 >= 0)];
    }

    internal override float Weight(int queryTerm, double expected, int length)
    {
        var weight = (float)PsqWeights.Hmm(expected, length, _background, _probabilities[queryTerm]);
        return weight >= PsqWeigher.LeastWeight ? weight : 0;
    }
}
