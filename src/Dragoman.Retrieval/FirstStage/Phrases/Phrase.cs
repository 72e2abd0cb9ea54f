namespace Dragoman.Retrieval.FirstStage.Phrases;

/// <summary>Words of a query that stood in quotation marks: a passage must hold them together.</summary>
/// <param name="Text">The words.</param>
/// <param name="Window">Null when they must stand as they are written; otherwise the number of places within which they must all stand, in any order.</param>
public sealed record Phrase(string Text, int? Window = null)
{
    /// <summary>As it is written in a query: <c>"silk road"</c> or <c>"silk road"~5</c>.</summary>
    public override string ToString() => Window is { } window ? FormattableString.Invariant($"\"{Text}\"~{window}") : $"\"{Text}\"";
}
