namespace Dragoman.Retrieval.Pipelines;

/// <summary>What a search found, ready to show to a person.</summary>
/// <param name="Method">The method that was used.</param>
/// <param name="Results">The passages, best first.</param>
public sealed record SearchAnswer(string Method, IReadOnlyList<SearchResult> Results);

/// <summary>A passage found by a search.</summary>
/// <param name="Rank">Place in the ranking, from 1.</param>
/// <param name="Score">Score, comparable within one answer only.</param>
/// <param name="PassageId">Id of the passage.</param>
/// <param name="Language">BCP 47 tag of the passage.</param>
/// <param name="Title">Title; empty when there is none.</param>
/// <param name="Snippet">Part of the text on one line.</param>
public sealed record SearchResult(int Rank, double Score, string PassageId, string Language, string Title, string Snippet);
