using System.Globalization;
using System.Text;

namespace Dragoman.Evaluation.Charts;

/// <summary>The colours of charts and reports on one kind of background, as <c>#rrggbb</c>.</summary>
/// <remarks>
/// Text reaches a contrast of 4.5:1 and marks 3:1 (WCAG 2.2, success criteria 1.4.3 and 1.4.11), and any two series stay apart under simulated protanopia, deuteranopia and
/// tritanopia; the tests compute both. Nothing is told by colour alone: series also have shapes, dashes and patterns, and cells of a heat map hold their numbers.
/// </remarks>
public sealed record ChartTheme
{
    /// <summary>How many series have a colour of their own; a ninth begins again, with another pattern, dash and shape.</summary>
    public const int SeriesColours = 8;

    /// <summary>How many steps a heat map's colours have.</summary>
    public const int HeatSteps = 7;

    private ChartTheme()
    {
    }

    /// <summary>For light backgrounds, and for paper.</summary>
    public static ChartTheme Light { get; } = new()
    {
        Paper = "#ffffff", Panel = "#f4f6f8", Ink = "#1a2230", Muted = "#566173", Line = "#c9d1da", Link = "#0b5fa5", WarningInk = "#6b4000", WarningPaper = "#fff4d6",
        Series = ["#0072b2", "#d55e00", "#00795a", "#a8327a", "#5f4300", "#4a2fb0", "#10161d", "#8593a0"],
        Heat = ["#f3f7fb", "#dbe8f4", "#b9d3ea", "#8cb8dc", "#2f74ae", "#1c5688", "#0b3a63"],
        HeatInk = ["#1a2230", "#1a2230", "#1a2230", "#1a2230", "#ffffff", "#ffffff", "#ffffff"],
    };

    /// <summary>For dark backgrounds.</summary>
    public static ChartTheme Dark { get; } = new()
    {
        Paper = "#14181d", Panel = "#1c232b", Ink = "#e8edf2", Muted = "#a6b1bd", Line = "#3a4552", Link = "#7cc0f5", WarningInk = "#f5d28a", WarningPaper = "#33280f",
        Series = ["#5ab4f0", "#ff8f55", "#35c99a", "#f7b3dc", "#f0dc70", "#8f7ff5", "#ffffff", "#84909c"],
        Heat = ["#1c242d", "#1b3348", "#1c4566", "#215a86", "#6db3e8", "#9accf0", "#c9e4f8"],
        HeatInk = ["#e8edf2", "#e8edf2", "#e8edf2", "#e8edf2", "#0c1116", "#0c1116", "#0c1116"],
    };

    /// <summary>The background.</summary>
    public required string Paper { get; init; }

    /// <summary>The background of panels, such as a query's box.</summary>
    public required string Panel { get; init; }

    /// <summary>Text.</summary>
    public required string Ink { get; init; }

    /// <summary>Secondary text: ticks, notes.</summary>
    public required string Muted { get; init; }

    /// <summary>Grid lines and borders; they carry no information.</summary>
    public required string Line { get; init; }

    /// <summary>Links.</summary>
    public required string Link { get; init; }

    /// <summary>Text of warnings, on <see cref="WarningPaper"/>.</summary>
    public required string WarningInk { get; init; }

    /// <summary>Background of warnings.</summary>
    public required string WarningPaper { get; init; }

    /// <summary>Colours of series, <see cref="SeriesColours"/> of them.</summary>
    public required IReadOnlyList<string> Series { get; init; }

    /// <summary>Colours of a heat map, low to high, <see cref="HeatSteps"/> of them.</summary>
    public required IReadOnlyList<string> Heat { get; init; }

    /// <summary>Text on each of <see cref="Heat"/>.</summary>
    public required IReadOnlyList<string> HeatInk { get; init; }

    /// <summary>The contrast of two colours by WCAG 2.2, from 1 (equal) to 21 (black and white).</summary>
    /// <param name="first">A colour as <c>#rrggbb</c>.</param>
    /// <param name="second">Another.</param>
    public static double Contrast(string first, string second)
    {
        var (a, b) = (Luminance(first), Luminance(second));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>The theme as CSS variables.</summary>
    internal string Variables()
    {
        var css = new StringBuilder($"--paper:{Paper};--panel:{Panel};--ink:{Ink};--muted:{Muted};--line:{Line};--link:{Link};--warn-ink:{WarningInk};--warn-paper:{WarningPaper};");
        for (var i = 0; i < SeriesColours; i++) css.Append(CultureInfo.InvariantCulture, $"--s{i}:{Series[i]};");
        for (var i = 0; i < HeatSteps; i++) css.Append(CultureInfo.InvariantCulture, $"--h{i}:{Heat[i]};--t{i}:{HeatInk[i]};");
        return css.ToString();
    }

    private static double Luminance(string colour) => 0.2126 * Linear(colour, 1) + 0.7152 * Linear(colour, 3) + 0.0722 * Linear(colour, 5);

    private static double Linear(string colour, int at)
    {
        var value = byte.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
