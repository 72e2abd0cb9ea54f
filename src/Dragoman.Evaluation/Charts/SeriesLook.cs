using System.Globalization;

namespace Dragoman.Evaluation.Charts;

/// <summary>The shape of a mark.</summary>
internal enum MarkShape
{
    Circle, Square, Up, Diamond, Down, Cross, Plus, Hexagon,
}

/// <summary>What tells one series from another: colour, and beside it shape, dash and pattern, for those who do not see the colour.</summary>
internal static class SeriesLook
{
    private static readonly string?[] Dashes = [null, "7 3", "2 3", "10 3 2 3", "5 5", "12 4", "1.5 4", "8 3 2 3 2 3"];

    private static readonly string[] Meshes =
    [
        "",
        Mesh("M-2 2L2 -2M0 8L8 0M6 10L10 6"),
        "<circle class=\"dot\" cx=\"2\" cy=\"2\" r=\"1.3\"/><circle class=\"dot\" cx=\"6\" cy=\"6\" r=\"1.3\"/>",
        Mesh("M-2 6L2 10M0 0L8 8M6 -2L10 2"),
        Mesh("M4 0V8"),
        Mesh("M0 4H8"),
        Mesh("M0 8L8 0M0 0L8 8"),
        "<rect class=\"dot\" width=\"2.4\" height=\"2.4\"/><rect class=\"dot\" x=\"4\" y=\"4\" width=\"2.4\" height=\"2.4\"/>",
    ];

    internal static int Colour(int series) => series % ChartTheme.SeriesColours;

    // Each round through the colours moves the other looks on by one, so that 64 series differ.
    internal static MarkShape ShapeOf(int series) => (MarkShape)Turned(series);

    internal static string? Dash(int series) => Dashes[Turned(series)];

    internal static string Pattern(string id, int series) =>
        $"<pattern id=\"{id}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect class=\"f{Colour(series)}\" width=\"8\" height=\"8\"/>{Meshes[Turned(series)]}</pattern>";

    internal static string Path(MarkShape shape, double x, double y, double r)
    {
        (double X, double Y)[] corners = shape switch
        {
            MarkShape.Square => [(-.9, -.9), (.9, -.9), (.9, .9), (-.9, .9)],
            MarkShape.Up => [(0, -1.1), (1.05, .8), (-1.05, .8)],
            MarkShape.Down => [(0, 1.1), (1.05, -.8), (-1.05, -.8)],
            MarkShape.Diamond => [(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)],
            MarkShape.Cross => [(0, -.45), (.75, -1.2), (1.2, -.75), (.45, 0), (1.2, .75), (.75, 1.2), (0, .45), (-.75, 1.2), (-1.2, .75), (-.45, 0), (-1.2, -.75), (-.75, -1.2)],
            MarkShape.Plus => [(-.4, -1.2), (.4, -1.2), (.4, -.4), (1.2, -.4), (1.2, .4), (.4, .4), (.4, 1.2), (-.4, 1.2), (-.4, .4), (-1.2, .4), (-1.2, -.4), (-.4, -.4)],
            _ => [(-.55, -1), (.55, -1), (1.1, 0), (.55, 1), (-.55, 1), (-1.1, 0)],
        };
        return "M" + string.Join('L', corners.Select(corner => string.Create(CultureInfo.InvariantCulture, $"{SvgCanvas.N(x + corner.X * r)} {SvgCanvas.N(y + corner.Y * r)}"))) + "Z";
    }

    private static int Turned(int series) => (series + series / ChartTheme.SeriesColours) % ChartTheme.SeriesColours;

    private static string Mesh(string path) => $"<path class=\"mesh\" d=\"{path}\"/>";
}
