using System.Globalization;

namespace Dragoman.Evaluation.Charts;

/// <summary>A query's value under two systems.</summary>
/// <param name="QueryId">The query.</param>
/// <param name="Baseline">The baseline's value, finite.</param>
/// <param name="System">The other system's value, finite.</param>
public readonly record struct PairedPoint(string QueryId, double Baseline, double System)
{
    /// <summary>How much better the system is; below 0 when the baseline is.</summary>
    public double Difference => System - Baseline;

    /// <summary>Wins, ties and losses of the system, in words.</summary>
    /// <param name="points">The queries.</param>
    internal static string Count(IReadOnlyList<PairedPoint> points)
    {
        var (wins, losses) = (points.Count(point => point.Difference > 0), points.Count(point => point.Difference < 0));
        return string.Create(CultureInfo.InvariantCulture, $"{wins:N0} {(wins == 1 ? "query" : "queries")} better, {points.Count - wins - losses:N0} equal, {losses:N0} worse");
    }

    /// <summary>The table of a chart of queries: all of them, or those with the largest differences.</summary>
    internal static DataTable Table(IReadOnlyList<PairedPoint> points, string baseline, string system)
    {
        var rows = points.OrderByDescending(point => Math.Abs(point.Difference)).ThenBy(point => point.QueryId, StringComparer.Ordinal).Take(DataTable.MostRows)
            .OrderByDescending(point => point.Difference).ThenBy(point => point.QueryId, StringComparer.Ordinal)
            .Select(point => (IReadOnlyList<string>)[point.QueryId, NumberText.Value(point.Baseline), NumberText.Value(point.System), NumberText.Signed(point.Difference)]);
        var note = points.Count <= DataTable.MostRows ? null
            : string.Create(CultureInfo.InvariantCulture, $"The {DataTable.MostRows:N0} queries of {points.Count:N0} with the largest differences; 'dragoman evaluate --by-query' prints all.");
        return new DataTable(["query", baseline, system, "difference"], [.. rows], 1, note);
    }
}
