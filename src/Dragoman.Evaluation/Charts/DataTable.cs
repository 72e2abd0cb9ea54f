namespace Dragoman.Evaluation.Charts;

/// <summary>The numbers behind a chart, for readers who cannot or would rather not see it.</summary>
/// <param name="Header">Names of the columns.</param>
/// <param name="Rows">Cells, as many as there are columns.</param>
/// <param name="LeftColumns">How many columns from the left hold text; the others are numbers.</param>
/// <param name="Note">What the table leaves out; null when it is whole.</param>
public sealed record DataTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows, int LeftColumns = 1, string? Note = null)
{
    /// <summary>The most rows a chart's table has; beyond it a note says what was left out, which bounds the size of a report.</summary>
    public const int MostRows = 100;
}
