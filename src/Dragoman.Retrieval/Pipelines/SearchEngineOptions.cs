using Dragoman.Retrieval.FirstStage.Bm25;
using Dragoman.Retrieval.FirstStage.Feedback;
using Dragoman.Retrieval.FirstStage.QueryLikelihood;

namespace Dragoman.Retrieval.Pipelines;

/// <summary>The weights of the methods that match terms.</summary>
public sealed record SearchEngineOptions
{
    /// <summary>How BM25 weighs a term, alone and within <c>hybrid</c> and <c>pivot</c>.</summary>
    public Bm25Options Bm25 { get; init; } = new();

    /// <summary>How query likelihood smooths; the method's name decides the kind.</summary>
    public QueryLikelihoodOptions QueryLikelihood { get; init; } = new();

    /// <summary>How <c>bm25</c>, <c>qld</c> and <c>qljm</c> expand queries from the passages found first.</summary>
    /// <value>Null by default: they do not.</value>
    public Rm3Options? Rm3 { get; init; }
}
