namespace Dragoman.Retrieval.FirstStage.Phrases;

/// <summary>Where a phrase occurs in a passage.</summary>
/// <param name="Phrase">The phrase as it is written in a query.</param>
/// <param name="Terms">Its distinct terms.</param>
/// <param name="Occurrences">Where it occurs, in order; none when the passage does not hold it. Those of a window do not overlap.</param>
public sealed record PhraseExplanation(string Phrase, IReadOnlyList<string> Terms, IReadOnlyList<PhraseOccurrence> Occurrences);

/// <summary>An occurrence of a phrase.</summary>
/// <param name="Position">Place of its first word or unspaced letter in title and text, from 0.</param>
/// <param name="Places">Number of places that it takes, gaps included.</param>
/// <param name="Text">What stands there; empty when the analyzer cannot say.</param>
public sealed record PhraseOccurrence(int Position, int Places, string Text);
