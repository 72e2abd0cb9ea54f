namespace Dragoman.Collections;

/// <summary>A judged passage of a query.</summary>
/// <param name="PassageId">Id of the passage.</param>
/// <param name="Grade">How relevant it is: 0 not at all, higher is better; a negative grade means that the judgement does not count.</param>
public readonly record struct Judgement(string PassageId, int Grade);
