using System.Globalization;
using System.Text;

namespace Dragoman.Evaluation.Charts;

/// <summary>The style sheet of charts: colours follow the reader's preference for light or dark; print is light.</summary>
internal static class ChartStyle
{
    /// <summary>The themes as CSS variables of the root element.</summary>
    internal static string Variables { get; } =
        $$$"""
        :root{color-scheme:light dark;{{{ChartTheme.Light.Variables()}}}}
        @media (prefers-color-scheme:dark){:root{{{{ChartTheme.Dark.Variables()}}}}}
        @media print{:root{color-scheme:light;{{{ChartTheme.Light.Variables()}}}}}

        """;

    /// <summary>Rules for what <see cref="SvgCanvas"/> draws.</summary>
    internal static string Rules { get; } = Build();

    private static string Build()
    {
        var css = new StringBuilder(
            """
            .chart{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC",sans-serif;font-size:13px}
            .chart text{fill:var(--ink);unicode-bidi:isolate}.chart .small{fill:var(--muted);font-size:12px}.chart .strong{font-weight:600;paint-order:stroke;stroke:var(--paper);stroke-width:5px}
            .chart .back{fill:var(--paper)}.chart .grid{stroke:var(--line);stroke-width:1}.chart .axis{stroke:var(--muted);stroke-width:1}
            .chart .whisker{stroke:var(--ink);stroke-width:1.6;fill:none}.chart .halo{stroke:var(--paper);stroke-width:4.2;fill:none}
            .chart .mesh{stroke:var(--paper);stroke-width:1.4;fill:none}.chart .dot{fill:var(--paper)}.chart .missing{stroke:var(--line);stroke-width:1;fill:none}
            .chart .line{fill:none;stroke-width:2;stroke-linejoin:round}.chart .faint{fill:none;stroke-width:1;opacity:.4;stroke-linejoin:round}.chart .area{opacity:.2}.chart .mark{stroke:var(--paper);stroke-width:.8}

            """);
        for (var i = 0; i < ChartTheme.SeriesColours; i++) css.Append(CultureInfo.InvariantCulture, $".chart .f{i}{{fill:var(--s{i})}}.chart .l{i}{{stroke:var(--s{i})}}");
        for (var i = 0; i < ChartTheme.HeatSteps; i++) css.Append(CultureInfo.InvariantCulture, $".chart .h{i}{{fill:var(--h{i})}}.chart text.t{i}{{fill:var(--t{i})}}");
        return css.Append('\n').ToString();
    }
}
