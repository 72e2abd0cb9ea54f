namespace Dragoman.Retrieval.Indexing;

/// <summary>A term's presence in a passage.</summary>
/// <param name="Passage">Passage ordinal, from 0.</param>
/// <param name="Frequency">How often the term occurs in it, 1 or more.</param>
public readonly record struct Posting(int Passage, int Frequency);
