using System.Globalization;
using Dragoman.Evaluation.Charts;

namespace Dragoman.Evaluation.Reports;

/// <summary>Writes a query with its rankings as a fold. Texts carry their language, for fonts and for speech, and find their own direction.</summary>
internal static class HtmlQuery
{
    internal static void Write(TextWriter output, ReportQuery query)
    {
        output.Write($"<details class=\"query\"><summary>{Speech("span", "q", query.Language, query.Text ?? query.QueryId)} <span class=\"facts\"><bdi class=\"id\">{Text(query.QueryId)}</bdi> · {Text(query.Language)} · {Text(query.Summary)}</span></summary>\n");
        foreach (var ranking in query.Rankings)
        {
            output.Write($"<h4><bdi>{Text(ranking.System)}</bdi></h4>\n");
            if (ranking.Passages.Count == 0) output.Write("<p class=\"note\">No passage was retrieved.</p>\n");
            else WriteList(output, "ol", ranking.Passages);
        }
        if (query.Missed.Count > 0)
        {
            output.Write("<h4>Relevant, but in none of these lists</h4>\n");
            WriteList(output, "ul", query.Missed);
        }
        output.Write("</details>\n");
    }

    private static void WriteList(TextWriter output, string list, IReadOnlyList<ReportPassage> passages)
    {
        output.Write($"<{list} class=\"passages\">\n");
        foreach (var passage in passages)
        {
            var grade = passage.Grade is { } known ? string.Create(CultureInfo.InvariantCulture, $"grade {known}") : "not judged";
            var style = passage.Grade > 0 ? "grade good" : "grade";
            output.Write($"<li><span class=\"{style}\">{grade}</span> ");
            if (passage.Title.Length > 0) output.Write(Speech("span", "title", passage.Language, passage.Title) + " ");
            output.Write($"<span class=\"facts\"><bdi class=\"id\">{Text(passage.PassageId)}</bdi>{(passage.Language is { } language ? " · " + Text(language) : "")}</span>");
            if (passage.Snippet.Length > 0) output.Write(Speech("div", "snippet", passage.Language, passage.Snippet));
            output.Write("</li>\n");
        }
        output.Write($"</{list}>\n");
    }

    private static string Speech(string element, string style, string? language, string text) =>
        $"<{element} class=\"{style}\" dir=\"auto\"{(language is null ? "" : $" lang=\"{Text(language)}\"")}>{Text(text)}</{element}>";

    private static string Text(string text) => MarkupText.Escape(text);
}
