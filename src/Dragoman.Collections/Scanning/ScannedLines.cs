namespace Dragoman.Collections.Scanning;

/// <summary>A line with a passage or a query, as it stands in the file: ids may repeat and texts may be empty.</summary>
/// <param name="Line">Line number, from 1.</param>
/// <param name="Id">The id; empty when the line has a problem.</param>
/// <param name="Title">The title; empty when there is none.</param>
/// <param name="Text">The text.</param>
/// <param name="Language">The language tag; <c>und</c> when the line has none.</param>
/// <param name="Problem">Why the line cannot be read, one sentence; null when it can.</param>
public readonly record struct ScannedText(int Line, string Id, string Title, string Text, string Language, string? Problem);

/// <summary>A line with a judgement or a ranked passage.</summary>
/// <param name="Line">Line number, from 1.</param>
/// <param name="QueryId">The query's id; empty when the line has a problem.</param>
/// <param name="PassageId">The passage's id.</param>
/// <param name="Grade">The grade; 0 in a run.</param>
/// <param name="Problem">Why the line cannot be read, one sentence; null when it can.</param>
public readonly record struct ScannedPair(int Line, string QueryId, string PassageId, int Grade, string? Problem);
