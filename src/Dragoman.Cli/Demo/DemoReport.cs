using System.Globalization;
using System.Net;
using System.Text;

namespace Dragoman.Cli.Demo;

/// <summary>The demo's measures as one HTML file that needs no network: a table of methods and a heat map of language pairs for each measure.</summary>
internal static class DemoReport
{
    private const string Style = """
        :root { color-scheme: light dark; --line: light-dark(#ccd, #445); --ink: light-dark(#123, #dde); --paper: light-dark(#fff, #14181d); --heat: light-dark(#1f7a5a, #46c29a); }
        body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        table { border-collapse: collapse; margin: 1rem 0; } caption { text-align: start; font-weight: 600; padding: .3rem 0; }
        th, td { border: 1px solid var(--line); padding: .3rem .7rem; text-align: end; font-variant-numeric: tabular-nums; } th:first-child { text-align: start; }
        td.heat { background: color-mix(in srgb, var(--heat) calc(var(--value) * 70%), transparent); }
        """;

    internal static void Write(TextWriter output, IReadOnlyList<LanguagePairScores> methods, LanguagePairScores main, string collection, string model, int queries, int passages)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Dragoman demo: measures</title><style>{Style}</style></head><body>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>Dragoman demo</h1><p>Collection {Text(collection)}: {passages:N0} passages, {queries:N0} queries in {main.Languages.Count} languages. Encoder {Text(model)}. Every query language against the passages of every language; means over queries.</p>\n");
        AppendMethods(page, methods);
        for (var measure = 0; measure < main.Measures.Count; measure++) AppendPairs(page, main, measure);
        output.Write(page.Append("</body></html>\n"));
    }

    private static void AppendMethods(StringBuilder page, IReadOnlyList<LanguagePairScores> methods)
    {
        page.Append("<table><caption>Methods, mean over pairs of languages</caption><thead><tr><th scope=\"col\">method</th>");
        foreach (var scope in (string[])["across languages", "same language"])
        {
            foreach (var measure in methods[0].Measures) page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Text(measure.ToString()!)}, {scope}</th>");
        }
        page.Append("</tr></thead><tbody>");
        foreach (var method in methods)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(method.Method)}</th>");
            for (var measure = 0; measure < method.Measures.Count; measure++) AppendCell(page, method.CrossLanguage(measure));
            for (var measure = 0; measure < method.Measures.Count; measure++) AppendCell(page, method.SameLanguage(measure));
            page.Append("</tr>");
        }
        page.Append("</tbody></table>\n");
    }

    private static void AppendPairs(StringBuilder page, LanguagePairScores scores, int measure)
    {
        page.Append(CultureInfo.InvariantCulture, $"<table><caption>{Text(scores.Measures[measure].ToString()!)} of {Text(scores.Method)}: query language by passage language</caption><thead><tr><th scope=\"col\">query</th>");
        foreach (var language in scores.Languages) page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Text(language)}</th>");
        page.Append("</tr></thead><tbody>");
        for (var query = 0; query < scores.Languages.Count; query++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(scores.Languages[query])}</th>");
            for (var passage = 0; passage < scores.Languages.Count; passage++) AppendCell(page, scores.Values[measure, query, passage]);
            page.Append("</tr>");
        }
        page.Append("</tbody></table>\n");
    }

    private static void AppendCell(StringBuilder page, double value) =>
        page.Append(CultureInfo.InvariantCulture, $"<td class=\"heat\" style=\"--value:{value:F3}\">{value:F3}</td>");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
