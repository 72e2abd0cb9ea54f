using Dragoman.Retrieval.FirstStage.TermMatching;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Postings;

namespace Dragoman.Retrieval.FirstStage.QueryLikelihood;

/// <summary>Query likelihood with Jelinek-Mercer smoothing, in the form that sums over matches (Zhai and Lafferty, 2004, section 3).</summary>
/// <remarks>log P(q|d) - log P(q|C) - W ln λ = Σ w · ln(1 + (1 - λ) tf / (λ dl P(t|C))), P(t|C) = cf / |C|.</remarks>
internal sealed class JelinekMercerModel(double lambda, ICollectionStatistics statistics) : TermModel
{
    internal override string Formula => "part = weight x ln(1 + (1 - lambda) tf / (lambda length P(t|C)))";

    internal override TermWeight Weigh(WeightedTerm term, TermStatistics statistics) => new Weight(term.Weight, Odds(statistics));

    internal override (double Rarity, double Match) Describe(TermStatistics statistics, TermWeight? weight, int frequency, int length) =>
        (Share(statistics), frequency == 0 || weight is null ? 0 : Math.Log(1 + Odds(statistics) * frequency / length));

    private double Share(TermStatistics term) => statistics.TokenCount == 0 ? 0 : (double)term.Occurrences / statistics.TokenCount;

    private double Odds(TermStatistics term) => (1 - lambda) / (lambda * Share(term));

    private sealed class Weight(double queryWeight, double odds) : TermWeight
    {
        internal override double QueryWeight => queryWeight;

        internal override double Part(int value, int length) => queryWeight * Math.Log(1 + odds * value / length);
    }
}
