using Dragoman.Retrieval.FirstStage.TermMatching;
using Dragoman.Retrieval.Indexing;
using Dragoman.Retrieval.Indexing.Postings;

namespace Dragoman.Retrieval.FirstStage.QueryLikelihood;

/// <summary>Query likelihood with Dirichlet smoothing, in the form that sums over matches (Zhai and Lafferty, 2004, equation 6).</summary>
/// <remarks>
/// log P(q|d) - log P(q|C) = Σ w · ln(1 + tf / (μ P(t|C))) + W · ln(μ / (μ + dl)), P(t|C) = cf / |C|, W = Σ w over the query terms that occur in the collection. Passages differ
/// in it as they do in log P(q|d).
/// </remarks>
internal sealed class DirichletModel(double mu, ICollectionStatistics statistics) : TermModel
{
    internal override string Formula => "part = weight x ln(1 + tf / (mu P(t|C))); base = query weight x ln(mu / (mu + length))";

    internal override TermWeight Weigh(WeightedTerm term, TermStatistics statistics) => new Weight(this, term.Weight, mu * Share(statistics)) { BoundIsPart = false };

    internal override double Base(double queryWeight, int length) => queryWeight * LengthPart(length);

    internal override (double Rarity, double Match) Describe(TermStatistics statistics, TermWeight? weight, int frequency, int length) =>
        (Share(statistics), frequency == 0 || weight is null ? 0 : Math.Log(1 + frequency / (mu * Share(statistics))));

    private double Share(TermStatistics term) => statistics.TokenCount == 0 ? 0 : (double)term.Occurrences / statistics.TokenCount;

    private double LengthPart(int length) => Math.Log(mu / (mu + length));

    private sealed class Weight(DirichletModel model, double queryWeight, double expected) : TermWeight
    {
        internal override double QueryWeight => queryWeight;

        internal override double Part(int value, int length) => queryWeight * Math.Log(1 + value / expected);

        internal override double BoundOf(double part, int length) => part + queryWeight * model.LengthPart(length);
    }
}
