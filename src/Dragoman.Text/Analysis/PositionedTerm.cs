namespace Dragoman.Text.Analysis;

/// <summary>A term with its place in a text.</summary>
/// <remarks>
/// Places are counted from 0. A word takes one, also a stop word that is dropped, so that it leaves a gap; a letter of a script without spaces takes one, with its marks. A term of several letters
/// stands at the place of the first. White space and punctuation take none.
/// </remarks>
/// <param name="Term">The term, as <see cref="IAnalyzer.Analyze"/> gives it.</param>
/// <param name="Position">Its place, 0 or more.</param>
/// <param name="Width">Number of places that it covers: 2 for a pair of letters, otherwise 1.</param>
public readonly record struct PositionedTerm(string Term, int Position, int Width);
