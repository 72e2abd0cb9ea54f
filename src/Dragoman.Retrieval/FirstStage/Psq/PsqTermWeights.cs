using Dragoman.Retrieval.Indexing.Postings;

namespace Dragoman.Retrieval.FirstStage.Psq;

/// <summary>The weight of a query term that stands in the index.</summary>
/// <param name="queryWeight">How often the term occurs in the query.</param>
internal sealed class StoredPsqWeight(double queryWeight) : TermWeight
{
    internal override double QueryWeight => queryWeight;

    internal override double Part(int value, int length) => queryWeight * BitConverter.Int32BitsToSingle(value);
}

/// <summary>The weight of a query term that stands for itself alone, from how often it occurs; rounded as one that stands in the index.</summary>
/// <param name="queryWeight">How often the term occurs in the query.</param>
/// <param name="identity">Probability that the term stands for itself.</param>
/// <param name="background">Weight of the query language at large.</param>
/// <param name="probability">P(e|G).</param>
internal sealed class ComputedPsqWeight(double queryWeight, double identity, double background, double probability) : TermWeight
{
    internal override double QueryWeight => queryWeight;

    internal override double Part(int value, int length) => queryWeight * (float)PsqWeights.Hmm(identity * value, length, background, probability);
}
