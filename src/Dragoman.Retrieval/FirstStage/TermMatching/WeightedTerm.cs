namespace Dragoman.Retrieval.FirstStage.TermMatching;

/// <summary>A term of a query with its weight.</summary>
/// <param name="Term">The term, as the analyzer gives it.</param>
/// <param name="Weight">Its weight, more than 0; the weight of a word of a text is how often it occurs there.</param>
public readonly record struct WeightedTerm(string Term, double Weight);

/// <summary>A query as weighted terms. Scores are sums in the order of the terms.</summary>
/// <param name="Id">Query id.</param>
/// <param name="Terms">The terms, each once.</param>
public sealed record TermQuery(string Id, IReadOnlyList<WeightedTerm> Terms);
