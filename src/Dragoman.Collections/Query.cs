namespace Dragoman.Collections;

/// <summary>The text sent to a retriever.</summary>
/// <param name="Id">Query id, unique among the queries of a collection, without white space.</param>
/// <param name="Text">The text in <paramref name="Language"/>.</param>
/// <param name="Language">BCP 47 tag (<c>zh</c>, <c>kk</c>); <c>und</c> when it is not known.</param>
public sealed record Query(string Id, string Text, string Language);
