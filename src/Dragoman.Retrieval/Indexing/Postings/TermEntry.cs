namespace Dragoman.Retrieval.Indexing.Postings;

/// <summary>A term of a dictionary.</summary>
/// <param name="Number">Place in the dictionary, from 0.</param>
/// <param name="Passages">Number of passages that hold it, deleted ones included.</param>
/// <param name="Occurrences">How often it occurs in them together.</param>
/// <param name="Offset">Start of its postings in their section.</param>
/// <param name="Bytes">Size of its postings.</param>
internal readonly record struct TermEntry(int Number, int Passages, long Occurrences, long Offset, int Bytes);
