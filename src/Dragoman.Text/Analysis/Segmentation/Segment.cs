namespace Dragoman.Text.Analysis.Segmentation;

/// <summary>A piece of a folded text.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="IsWord">Whether it is a whole word, which can be a stop word and be stemmed; not so for letters and pairs of letters.</param>
/// <param name="Position">Its place among the words and unspaced letters, from 0.</param>
/// <param name="Width">Number of places it covers: 2 for a pair of letters, otherwise 1.</param>
internal readonly record struct Segment(int Start, int End, bool IsWord, int Position, int Width = 1);
