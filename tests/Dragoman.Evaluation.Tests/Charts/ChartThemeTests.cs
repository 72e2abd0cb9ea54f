using System.Globalization;
using Dragoman.Evaluation.Charts;

namespace Dragoman.Evaluation.Tests.Charts;

public sealed class ChartThemeTests
{
    // Machado, Oliveira and Fernandes (IEEE TVCG 2009), severity 1, on linear RGB.
    private static readonly Dictionary<string, double[,]> Vision = new()
    {
        ["usual"] = new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
        ["protanopia"] = new[,] { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
        ["deuteranopia"] = new[,] { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
        ["tritanopia"] = new[,] { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 }, { 0.004733, 0.691367, 0.303900 } },
    };

    public static TheoryData<bool> Themes() => [true, false];

    [Theory]
    [MemberData(nameof(Themes))]
    public void Text_OnItsBackground_HasContrastOfFourAndAHalf(bool dark)
    {
        var theme = dark ? ChartTheme.Dark : ChartTheme.Light;

        foreach (var text in (string[])[theme.Ink, theme.Muted, theme.Link])
            foreach (var background in (string[])[theme.Paper, theme.Panel]) ChartTheme.Contrast(text, background).ShouldBeGreaterThanOrEqualTo(4.5, $"{text} on {background}");
        ChartTheme.Contrast(theme.WarningInk, theme.WarningPaper).ShouldBeGreaterThanOrEqualTo(4.5);
        for (var i = 0; i < ChartTheme.HeatSteps; i++) ChartTheme.Contrast(theme.HeatInk[i], theme.Heat[i]).ShouldBeGreaterThanOrEqualTo(4.5, $"step {i}");
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void Series_OnPaper_HaveContrastOfThree(bool dark)
    {
        var theme = dark ? ChartTheme.Dark : ChartTheme.Light;

        theme.Series.Count.ShouldBe(ChartTheme.SeriesColours);
        theme.Series.ShouldAllBe(colour => ChartTheme.Contrast(colour, theme.Paper) >= 3);
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void Series_UnderColourBlindness_StayApart(bool dark)
    {
        const double LeastDistance = 10; // CIE 1976; 2.3 is about what an eye just sees (Mahy et al. 1994)
        var colours = (dark ? ChartTheme.Dark : ChartTheme.Light).Series;

        foreach (var (vision, matrix) in Vision)
            for (var i = 0; i < colours.Count; i++)
                for (var j = 0; j < i; j++) Distance(Lab(colours[i], matrix), Lab(colours[j], matrix)).ShouldBeGreaterThan(LeastDistance, $"{colours[i]} and {colours[j]} under {vision}");
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void Heat_Steps_GoOneWay(bool dark)
    {
        var theme = dark ? ChartTheme.Dark : ChartTheme.Light;

        var contrasts = theme.Heat.Select(colour => ChartTheme.Contrast(colour, theme.Paper)).ToList();

        contrasts.ShouldBe(contrasts.Order());
        contrasts.Distinct().Count().ShouldBe(ChartTheme.HeatSteps);
    }

    [Fact]
    public void Contrast_BlackOnWhite_IsTwentyOne() => ChartTheme.Contrast("#000000", "#ffffff").ShouldBe(21, 1e-9);

    [Fact]
    public void Contrast_TheExampleOfWcag_IsItsNumber() => ChartTheme.Contrast("#767676", "#ffffff").ShouldBe(4.54, 0.005); // the lightest grey that passes 4.5 on white

    private static double[] Lab(string colour, double[,] vision)
    {
        var linear = new[] { 1, 3, 5 }.Select(at => byte.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4)).ToArray();
        var rgb = Enumerable.Range(0, 3).Select(row => Enumerable.Range(0, 3).Sum(column => vision[row, column] * linear[column])).ToArray();
        var x = F((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505);
        var y = F(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
        var z = F((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089);
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)];

        static double F(double value) => value > 0.008856 ? Math.Cbrt(value) : 7.787 * Math.Max(0, value) + 16.0 / 116;
    }

    private static double Distance(double[] first, double[] second) => Math.Sqrt(first.Zip(second).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second)));
}
