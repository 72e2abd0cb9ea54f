using System.Text;

namespace Dragoman.Cli.Watching;

/// <summary>Turns cells into what a terminal is sent.</summary>
internal static class ScreenText
{
    /// <summary>Colours of series by their ANSI numbers, in an order in which neighbours differ most.</summary>
    private static readonly int[] Colours = [36, 33, 35, 32, 34, 31];

    private const string Reset = "\u001b[0m", Limit = "\u001b[31m";

    /// <summary>A line without the blanks at its end.</summary>
    internal static string Of(IReadOnlyList<PlotCell> cells, bool colour)
    {
        var last = cells.Count;
        while (last > 0 && cells[last - 1].Sign == ' ') last--;
        var text = new StringBuilder();
        var now = PlotCell.None;
        for (var at = 0; at < last; at++)
        {
            var series = cells[at].Sign == ' ' ? now : cells[at].Series;
            if (colour && series != now) text.Append(series switch { PlotCell.None => Reset, PlotCell.Limit => Limit, _ => $"\u001b[{Colours[series % Colours.Length]}m" });
            now = series;
            text.Append(cells[at].Sign);
        }
        if (colour && now != PlotCell.None) text.Append(Reset);
        return text.ToString();
    }
}
