using System.Globalization;
using Dragoman.Evaluation.Charts;

namespace Dragoman.Evaluation.Reports;

/// <summary>
/// Writes a report as one HTML file that needs nothing else: no network, no script, no font. It follows the reader's preference for light or dark, prints in light, and is
/// used with a keyboard through links and folds alone. The page is well-formed XML too.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="output">Where to; left open.</param>
    /// <param name="report">The report.</param>
    public static void Write(TextWriter output, ReportDocument report)
    {
        output.Write($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n");
        output.Write("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n");
        output.Write($"<title>{Text(report.Title)}</title>\n<style>\n{ChartStyle.Variables}{ChartStyle.Rules}{HtmlStyle.Rules}</style>\n</head>\n<body>\n<header>\n<h1>{Text(report.Title)}</h1>\n");
        foreach (var line in report.Lead) output.Write($"<p>{Text(line)}</p>\n");
        output.Write("</header>\n");
        WriteContents(output, report);
        output.Write("<main>\n");
        foreach (var section in report.Sections) WriteSection(output, section);
        output.Write("</main>\n</body>\n</html>\n");
    }

    private static void WriteContents(TextWriter output, ReportDocument report)
    {
        if (report.Sections.Count < 2) return;
        output.Write("<nav aria-label=\"Contents\"><ul>\n");
        foreach (var section in report.Sections) output.Write($"<li><a href=\"#{section.Id}\">{Text(section.Heading)}</a></li>\n");
        output.Write("</ul></nav>\n");
    }

    private static void WriteSection(TextWriter output, ReportSection section)
    {
        output.Write($"<section id=\"{section.Id}\" aria-labelledby=\"{section.Id}-heading\">\n<h2 id=\"{section.Id}-heading\">{Text(section.Heading)}</h2>\n");
        foreach (var block in section.Blocks) WriteBlock(output, block);
        output.Write("</section>\n");
    }

    private static void WriteBlock(TextWriter output, ReportBlock block)
    {
        switch (block)
        {
            case ReportParagraph paragraph: output.Write($"<p>{Text(paragraph.Text)}</p>\n"); break;
            case ReportHeading heading: output.Write($"<h3>{Text(heading.Text)}</h3>\n"); break;
            case ReportCode code: output.Write($"<pre tabindex=\"0\"><code>{Text(code.Text)}</code></pre>\n"); break;
            case ReportWarnings warnings: WriteWarnings(output, warnings); break;
            case ReportTable table: WriteTable(output, table); break;
            case ReportFigure figure: WriteFigure(output, figure.Chart); break;
            case ReportQuery query: HtmlQuery.Write(output, query); break;
            default: throw new ArgumentException($"{block.GetType().Name} cannot be written.", nameof(block));
        }
    }

    private static void WriteWarnings(TextWriter output, ReportWarnings warnings)
    {
        if (warnings.Texts.Count == 0) return;
        output.Write($"<div class=\"warnings\" role=\"note\"><strong>{(warnings.Texts.Count == 1 ? "Warning" : "Warnings")}</strong><ul>\n");
        foreach (var text in warnings.Texts) output.Write($"<li>{Text(text)}</li>\n");
        output.Write("</ul></div>\n");
    }

    private static void WriteTable(TextWriter output, ReportTable table)
    {
        output.Write($"<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{Text(table.Caption)}\"><table>\n<caption>{Text(table.Caption)}</caption>\n<thead><tr>");
        var marked = Enumerable.Range(0, table.Header.Count).Select(column => table.Rows.Any(row => row[column].IsBest || row[column].Standing != Standing.Open)).ToArray();
        for (var column = 0; column < table.Header.Count; column++)
            output.Write($"<th scope=\"col\"{(column < table.LeftColumns ? " class=\"l\"" : marked[column] ? " class=\"w\"" : "")}>{Text(table.Header[column])}</th>");
        output.Write("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            output.Write("<tr>");
            for (var column = 0; column < row.Count; column++) WriteCell(output, row[column], column, table.LeftColumns, marked[column]);
            output.Write("</tr>\n");
        }
        output.Write("</tbody></table></div>\n");
        if (table.Note is { } note) output.Write($"<p class=\"note\">{Text(note)}</p>\n");
    }

    private static void WriteCell(TextWriter output, ReportCell cell, int column, int leftColumns, bool isMarked)
    {
        var hover = cell.Hover is { } text ? $" title=\"{Text(text)}\"" : "";
        if (column < leftColumns)
        {
            output.Write(column == 0 ? $"<th scope=\"row\" class=\"l\"{hover}><bdi>{Text(cell.Text)}</bdi></th>" : $"<td class=\"l\"{hover}><bdi>{Text(cell.Text)}</bdi></td>");
            return;
        }
        var number = cell.IsBest ? $"<strong>{Text(cell.Text)}</strong>" : Text(cell.Text);
        var marks = (cell.IsBest ? Mark("★", "best") : "") + cell.Standing switch { Standing.Better => Mark("▲", "significantly better"), Standing.Worse => Mark("▼", "significantly worse"), _ => "" };
        output.Write($"<td{hover}>{number}{(isMarked ? $"<span class=\"m\">{marks}</span>" : "")}</td>");
    }

    private static string Mark(string sign, string meaning) => $"<span aria-hidden=\"true\">{sign}</span><span class=\"sr\"> {meaning}</span>";

    private static void WriteFigure(TextWriter output, Chart chart)
    {
        output.Write(string.Create(CultureInfo.InvariantCulture,
            $"<figure id=\"{chart.Name}\">\n<figcaption>{Text(chart.Title)}</figcaption>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{Text(chart.Title)}\" style=\"--w:{chart.Width:0}px\">{chart.ToInlineSvg()}</div>\n"));
        output.Write("<details><summary>Data table</summary>\n");
        WriteTable(output, new ReportTable(chart.Title, chart.Table.Header, [.. chart.Table.Rows.Select(row => (IReadOnlyList<ReportCell>)[.. row.Select(cell => new ReportCell(cell))])], chart.Table.LeftColumns, chart.Table.Note));
        output.Write("</details>\n</figure>\n");
    }

    private static string Text(string text) => MarkupText.Escape(text);
}
