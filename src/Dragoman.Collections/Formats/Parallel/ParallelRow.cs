namespace Dragoman.Collections.Formats.Parallel;

/// <summary>Texts that are translations of each other.</summary>
/// <param name="Id">The row's id; unique in its file when the file carries ids, else <c>FILE:LINE</c>.</param>
/// <param name="Source">Where the row came from first (a repository, say); null when the file does not say.</param>
/// <param name="Texts">Language tag to text, in the order of the file; no text is empty.</param>
public sealed record ParallelRow(string Id, string? Source, IReadOnlyDictionary<string, string> Texts);
