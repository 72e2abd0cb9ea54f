namespace Dragoman.Collections.Formats.Clirmatrix;

/// <summary>A query of CLIRMatrix with its candidates.</summary>
/// <param name="Query">The query.</param>
/// <param name="Results">The candidates with their grades, 0 to 6, in the publisher's order (by grade, so the order tells it).</param>
public sealed record ClirmatrixQuery(Query Query, IReadOnlyList<Judgement> Results);
