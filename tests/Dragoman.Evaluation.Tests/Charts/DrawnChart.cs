using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dragoman.Evaluation.Charts;

namespace Dragoman.Evaluation.Tests.Charts;

/// <summary>A chart read back from its SVG.</summary>
internal sealed partial class DrawnChart
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    internal DrawnChart(Chart chart) => Root = XDocument.Parse(chart.ToSvgFile(), LoadOptions.PreserveWhitespace).Root!;

    internal XElement Root { get; }

    internal IEnumerable<XElement> All(string element) => Root.Descendants(Svg + element);

    internal IEnumerable<XElement> Styled(string style) => Root.Descendants().Where(element => ((string?)element.Attribute("class") ?? "").Split(' ').Contains(style));

    internal double ViewBox(int part) => Number(((string)Root.Attribute("viewBox")!).Split(' ')[part]);

    /// <summary>Every point that is drawn; of texts only where they are anchored, with patterns' insides left out.</summary>
    internal IEnumerable<(double X, double Y)> Points()
    {
        foreach (var element in Root.Descendants().Where(element => !element.Ancestors(Svg + "defs").Any()))
        {
            if (element.Name == Svg + "rect" && element.Attribute("x") is not null)
            {
                yield return (Of(element, "x"), Of(element, "y"));
                yield return (Of(element, "x") + Of(element, "width"), Of(element, "y") + Of(element, "height"));
            }
            if (element.Name == Svg + "line")
            {
                yield return (Of(element, "x1"), Of(element, "y1"));
                yield return (Of(element, "x2"), Of(element, "y2"));
            }
            if (element.Name == Svg + "text" && element.Attribute("x") is not null) yield return (Of(element, "x"), Of(element, "y"));
            if (element.Name == Svg + "circle") yield return (Of(element, "cx"), Of(element, "cy"));
            var list = (string?)element.Attribute("points") ?? (element.Name == Svg + "path" ? (string?)element.Attribute("d") : null);
            if (list is null) continue;
            var numbers = NumberText().Matches(list).Select(match => Number(match.Value)).ToList();
            for (var i = 0; i + 1 < numbers.Count; i += 2) yield return (numbers[i], numbers[i + 1]);
        }
    }

    internal bool IsInside() => Points().All(point => point.X >= 0 && point.Y >= 0 && point.X <= ViewBox(2) && point.Y <= ViewBox(3));

    internal static double Of(XElement element, string attribute) => Number((string)element.Attribute(attribute)!);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex NumberText();
}
