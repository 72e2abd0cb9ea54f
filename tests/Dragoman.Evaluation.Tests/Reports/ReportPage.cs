using System.Xml.Linq;
using Dragoman.Evaluation.Reports;

namespace Dragoman.Evaluation.Tests.Reports;

/// <summary>A report read back from its HTML, which is well-formed XML.</summary>
internal sealed class ReportPage
{
    internal ReportPage(ReportDocument report)
    {
        using var writer = new StringWriter();
        HtmlReport.Write(writer, report);
        Html = writer.ToString();
        Root = XDocument.Parse(Html, LoadOptions.PreserveWhitespace).Root!;
    }

    internal string Html { get; }

    internal XElement Root { get; }

    internal IEnumerable<XElement> All(string element) => Root.Descendants(element);

    internal XElement Section(string id) => All("section").Single(section => (string?)section.Attribute("id") == id);

    /// <summary>The text of a table's rows, cell by cell; marks included.</summary>
    internal static List<string[]> Rows(XElement table) => [.. table.Descendants("tbody").Descendants("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray())];

    internal XElement Table(string caption) => All("table").First(table => table.Element("caption")!.Value == caption);
}
