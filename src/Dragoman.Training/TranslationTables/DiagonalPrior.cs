namespace Dragoman.Training.TranslationTables;

/// <summary>
/// Where a term's translation is expected (Dyer, Chahuneau and Smith, NAACL 2013, section 3): P(a_j = i) = (1 - p0) e^(λ h(i, j)) / Z_j with h = -|i/l - j/m|,
/// for positions i of l terms that are given and j of m terms that are generated, both from 1; p0 is left for NULL.
/// </summary>
internal static class DiagonalPrior
{
    internal const double LeastTension = 0.1, MostTension = 14;
    private const int Bisections = 40;

    /// <summary>The feature h, within [-1, 0]; 0 on the diagonal.</summary>
    /// <param name="i">Position of the given term, from 1.</param>
    /// <param name="given">Number of given terms, l.</param>
    /// <param name="j">Position of the generated term, from 1.</param>
    /// <param name="generated">Number of generated terms, m.</param>
    internal static double Feature(int i, int given, int j, int generated) => -Math.Abs(((double)i / given) - ((double)j / generated));

    /// <summary>Fills the prior over given positions.</summary>
    /// <param name="prior">Receives P(a_j = i) without NULL's share, summing to 1; its length is l.</param>
    /// <param name="j">Position of the generated term, from 1.</param>
    /// <param name="generated">Number of generated terms, m.</param>
    /// <param name="tension">λ.</param>
    internal static void Fill(Span<double> prior, int j, int generated, double tension)
    {
        double sum = 0;
        for (var i = 0; i < prior.Length; i++) sum += prior[i] = Math.Exp(tension * Feature(i + 1, prior.Length, j, generated));
        for (var i = 0; i < prior.Length; i++) prior[i] /= sum;
    }

    /// <summary>
    /// The tension that maximises the expected log-likelihood λ Σ p h - Σ w log Z(λ), which is concave in λ: found by halving on its derivative, within [0.1, 14].
    /// Deviation: the reference takes eight steps of fixed size and leaves the weights w out (1 for every term, aligned to NULL or not).
    /// </summary>
    /// <param name="expectedFeature">Σ p h over all generated terms and given positions, p the posterior.</param>
    /// <param name="weights">Posterior mass not on NULL, w, of the generated positions of one pair of lengths.</param>
    internal static double BestTension(double expectedFeature, IReadOnlyList<PositionWeights> weights)
    {
        var (low, high) = (LeastTension, MostTension);
        if (Derivative(low, expectedFeature, weights) <= 0) return low;
        if (Derivative(high, expectedFeature, weights) >= 0) return high;
        for (var step = 0; step < Bisections; step++)
        {
            var middle = (low + high) / 2;
            if (Derivative(middle, expectedFeature, weights) > 0) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    /// <summary>The part of the expected log-likelihood that depends on λ.</summary>
    internal static double Objective(double tension, double expectedFeature, IReadOnlyList<PositionWeights> weights)
    {
        var logNormalisers = 0.0;
        foreach (var (given, generated, byPosition) in weights)
        {
            for (var j = 1; j <= generated; j++)
            {
                double sum = 0;
                for (var i = 1; i <= given; i++) sum += Math.Exp(tension * Feature(i, given, j, generated));
                logNormalisers += byPosition[j - 1] * Math.Log(sum);
            }
        }
        return (tension * expectedFeature) - logNormalisers;
    }

    /// <summary>Its derivative: Σ p h - Σ w E[h], the expectation under the prior.</summary>
    internal static double Derivative(double tension, double expectedFeature, IReadOnlyList<PositionWeights> weights)
    {
        var underPrior = 0.0;
        foreach (var (given, generated, byPosition) in weights)
        {
            for (var j = 1; j <= generated; j++)
            {
                if (byPosition[j - 1] == 0) continue;
                double sum = 0, feature = 0;
                for (var i = 1; i <= given; i++)
                {
                    var h = Feature(i, given, j, generated);
                    var weight = Math.Exp(tension * h);
                    sum += weight;
                    feature += weight * h;
                }
                underPrior += byPosition[j - 1] * feature / sum;
            }
        }
        return expectedFeature - underPrior;
    }
}

/// <summary>Posterior mass not on NULL at each generated position, over all pairs of texts of the same two lengths.</summary>
/// <param name="Given">Number of given terms, l.</param>
/// <param name="Generated">Number of generated terms, m.</param>
/// <param name="ByPosition">The mass, shape [m].</param>
internal sealed record PositionWeights(int Given, int Generated, IReadOnlyList<double> ByPosition);
