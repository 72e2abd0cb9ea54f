using System.Globalization;

namespace Dragoman.Evaluation.Charts;

/// <summary>A drawn chart: SVG with title and description, and the numbers behind it. Immutable.</summary>
public sealed record Chart
{
    internal Chart(string name, double width, double height, string body) => (Name, Width, Height, Body) = (name, width, height, body);

    /// <summary>Names the chart within its report, in ids and as a file: lower-case letters, digits and hyphens.</summary>
    public string Name { get; }

    /// <summary>What the chart shows, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>What can be read from it, in a sentence or two, for those who do not see it.</summary>
    public required string Description { get; init; }

    /// <summary>The numbers.</summary>
    public required DataTable Table { get; init; }

    /// <summary>Width of the view box, in units of which text is 13 high.</summary>
    public double Width { get; }

    /// <summary>Height of the view box.</summary>
    public double Height { get; }

    private string Body { get; }

    /// <summary>The SVG element for an HTML page that has the style sheet of charts.</summary>
    public string ToInlineSvg() => Element("", "");

    /// <summary>The chart as a file of its own, with its style sheet; well-formed XML.</summary>
    public string ToSvgFile() => Element(" xmlns=\"http://www.w3.org/2000/svg\"", $"<style>{ChartStyle.Variables}{ChartStyle.Rules}</style>") + "\n";

    private string Element(string extra, string style) => string.Create(CultureInfo.InvariantCulture,
        $"<svg{extra} class=\"chart\" role=\"img\" aria-labelledby=\"{Name}-title {Name}-desc\" viewBox=\"0 0 {Width:0.##} {Height:0.##}\" width=\"{Width:0.##}\" height=\"{Height:0.##}\">") +
        $"<title id=\"{Name}-title\">{MarkupText.Escape(Title)}</title><desc id=\"{Name}-desc\">{MarkupText.Escape(Description)}</desc>{style}{Body}</svg>";
}
