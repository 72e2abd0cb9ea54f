using System.Globalization;
using System.Text;
using Dragoman.Evaluation.Charts;

namespace Dragoman.Evaluation.Reports;

/// <summary>Writes a report as Markdown (GitHub's: tables with pipes), for a repository, an issue or a paper's notes.</summary>
public static class MarkdownReport
{
    private const string Special = "\\`*_{}[]#|~";

    /// <summary>Writes the text.</summary>
    /// <param name="output">Where to; left open.</param>
    /// <param name="report">The report.</param>
    /// <param name="figures">Where the charts lie as <c>NAME.svg</c>, relative to the text; null when they are not written, so that only their tables are.</param>
    public static void Write(TextWriter output, ReportDocument report, string? figures = null)
    {
        output.Write($"# {Text(report.Title)}\n\n");
        foreach (var line in report.Lead) output.Write($"{Text(line)}\n\n");
        foreach (var section in report.Sections)
        {
            output.Write($"## {Text(section.Heading)}\n\n");
            foreach (var block in section.Blocks) WriteBlock(output, block, figures);
        }
    }

    private static void WriteBlock(TextWriter output, ReportBlock block, string? figures)
    {
        switch (block)
        {
            case ReportParagraph paragraph: output.Write($"{Text(paragraph.Text)}\n\n"); break;
            case ReportHeading heading: output.Write($"### {Text(heading.Text)}\n\n"); break;
            case ReportCode code: WriteCode(output, code.Text); break;
            case ReportWarnings warnings:
                foreach (var text in warnings.Texts) output.Write($"> **Warning:** {Text(text)}\n>\n");
                if (warnings.Texts.Count > 0) output.Write('\n');
                break;
            case ReportTable table: WriteTable(output, table); break;
            case ReportFigure figure: WriteFigure(output, figure.Chart, figures); break;
            case ReportQuery query: WriteQuery(output, query); break;
            default: throw new ArgumentException($"{block.GetType().Name} cannot be written.", nameof(block));
        }
    }

    private static void WriteTable(TextWriter output, ReportTable table)
    {
        output.Write($"**{Text(table.Caption)}**\n\n| {string.Join(" | ", table.Header.Select(Text))} |\n|");
        for (var column = 0; column < table.Header.Count; column++) output.Write(column < table.LeftColumns ? " :--- |" : " ---: |");
        output.Write('\n');
        foreach (var row in table.Rows) output.Write($"| {string.Join(" | ", row.Select(Cell))} |\n");
        output.Write('\n');
        if (table.Note is { } note) output.Write($"{Text(note)}\n\n");
    }

    private static string Cell(ReportCell cell)
    {
        var text = cell.IsBest ? $"**{Text(cell.Text)}** ★" : Text(cell.Text);
        return cell.Standing switch { Standing.Better => text + " ▲", Standing.Worse => text + " ▼", _ => text };
    }

    private static void WriteFigure(TextWriter output, Chart chart, string? figures)
    {
        if (figures is not null) output.Write($"![{Text(chart.Title)}: {Text(chart.Description)}]({figures}/{chart.Name}.svg)\n\n");
        var rows = chart.Table.Rows.Select(row => (IReadOnlyList<ReportCell>)[.. row.Select(cell => new ReportCell(cell))]);
        WriteTable(output, new ReportTable(chart.Title, chart.Table.Header, [.. rows], chart.Table.LeftColumns, chart.Table.Note));
    }

    private static void WriteQuery(TextWriter output, ReportQuery query)
    {
        output.Write($"#### {Text(query.Text ?? query.QueryId)}\n\n{Text(query.QueryId)} · {Text(query.Language)} · {Text(query.Summary)}\n\n");
        foreach (var ranking in query.Rankings)
        {
            output.Write($"{Text(ranking.System)}:\n\n");
            if (ranking.Passages.Count == 0) output.Write("No passage was retrieved.\n\n");
            for (var rank = 1; rank <= ranking.Passages.Count; rank++) WritePassage(output, string.Create(CultureInfo.InvariantCulture, $"{rank}."), ranking.Passages[rank - 1]);
            output.Write('\n');
        }
        if (query.Missed.Count == 0) return;
        output.Write("Relevant, but in none of these lists:\n\n");
        foreach (var passage in query.Missed) WritePassage(output, "-", passage);
        output.Write('\n');
    }

    private static void WritePassage(TextWriter output, string bullet, ReportPassage passage)
    {
        var grade = passage.Grade is { } known ? string.Create(CultureInfo.InvariantCulture, $"grade {known}") : "not judged";
        output.Write($"{bullet} {grade} · {Text(passage.PassageId)}");
        if (passage.Language is { } language) output.Write($" · {Text(language)}");
        if (passage.Title.Length > 0) output.Write($" · **{Text(passage.Title)}**");
        if (passage.Snippet.Length > 0) output.Write($" {Text(passage.Snippet)}");
        output.Write('\n');
    }

    private static void WriteCode(TextWriter output, string code)
    {
        var (longest, now) = (0, 0);
        foreach (var letter in code) longest = Math.Max(longest, now = letter == '`' ? now + 1 : 0);
        var fence = new string('`', Math.Max(3, longest + 1));
        output.Write($"{fence}\n{MarkupText.Printable(code).TrimEnd('\n')}\n{fence}\n\n");
    }

    /// <summary>Text that stays text: on one line, with everything that Markdown or HTML would act on escaped.</summary>
    private static string Text(string text)
    {
        var clean = MarkupText.Printable(text);
        var output = new StringBuilder(clean.Length + 8);
        for (var i = 0; i < clean.Length; i++)
        {
            var letter = clean[i];
            if (char.IsWhiteSpace(letter)) output.Append(' ');
            else if (letter is '&' or '<' or '>') output.Append(MarkupText.Escape(letter.ToString()));
            else if (Special.Contains(letter, StringComparison.Ordinal)) output.Append('\\').Append(letter);
            else output.Append(letter);
        }
        return output.ToString();
    }
}
