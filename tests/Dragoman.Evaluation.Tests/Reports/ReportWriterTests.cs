using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dragoman.Collections;
using Dragoman.Evaluation.Charts;
using Dragoman.Evaluation.Reports;

namespace Dragoman.Evaluation.Tests.Reports;

public sealed partial class ReportWriterTests
{
    private static readonly string[] Hostile =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'-&amp;-'", "a|b`c*d_e[f](http://x)", "control\u0000\u0008\u001b[31m", "half\ud800", "bell\uffff", "\u202Eevil", "</svg></style><b>",
    ];

    [Fact]
    public void Html_HostileTexts_StayTexts()
    {
        var page = new ReportPage(EvaluationReport.Make(HostileInput()));

        page.All("script").ShouldBeEmpty();
        page.All("img").ShouldBeEmpty();
        page.Root.DescendantsAndSelf().Attributes().Select(attribute => attribute.Name.LocalName).ShouldNotContain(name => name.StartsWith("on", StringComparison.Ordinal));
        page.All("bdi").Select(id => id.Value).ShouldContain("<script>alert(1)</script>");
        page.Html.ShouldNotContain('\u0000');
        page.Html.ShouldNotContain('\u001b');
    }

    [Fact]
    public void Html_Page_NeedsNothingElse()
    {
        var page = new ReportPage(EvaluationReport.Make(EvaluationReportTests.Input()));

        page.Root.Descendants().Attributes("src").ShouldBeEmpty();
        page.Root.Descendants().Attributes("href").ShouldAllBe(link => link.Value.StartsWith('#'));
        page.All("link").ShouldBeEmpty();
        page.All("style").Single().Value.ShouldNotContain("url(");
        page.All("style").Single().Value.ShouldNotContain("@import");
        page.All("meta").Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!.Value.ShouldStartWith("default-src 'none'");
    }

    [Fact]
    public void Html_IdsAndLinks_FitTogether()
    {
        var page = new ReportPage(EvaluationReport.Make(EvaluationReportTests.Input()));

        var ids = page.Root.Descendants().Attributes("id").Select(id => id.Value).ToList();
        ids.ShouldBe(ids.Distinct());
        page.All("a").ShouldNotBeEmpty();
        page.All("a").Select(link => link.Attribute("href")!.Value[1..]).ShouldBeSubsetOf(ids);
        page.Root.Descendants().Attributes("aria-labelledby").SelectMany(label => label.Value.Split(' ')).ShouldBeSubsetOf(ids);
        FillReference().Matches(page.Html).Select(match => match.Groups[1].Value).ShouldBeSubsetOf(ids);
    }

    [Fact]
    public void Html_EveryFigure_HasATableWithHeaders()
    {
        var page = new ReportPage(EvaluationReport.Make(EvaluationReportTests.Input()));

        page.All("figure").Count().ShouldBeGreaterThan(4);
        page.All("figure").ShouldAllBe(figure => figure.Descendants("svg").Count() == 1 && figure.Descendants("table").Count() == 1 && figure.Descendants("figcaption").Single().Value.Length > 0);
        page.All("table").ShouldAllBe(table => table.Element("caption") != null && table.Descendants("thead").Descendants("th").All(head => (string?)head.Attribute("scope") == "col"));
    }

    [Fact]
    public void Html_TheStart_IsAsApproved()
    {
        var page = new ReportPage(EvaluationReport.Make(EvaluationReportTests.Input()));

        page.Root.Element("body")!.Element("header")!.ToString().ReplaceLineEndings("\n").ShouldBe(
            "<header>\n<h1>A &lt;test&gt; &amp; more</h1>\n<p>2026-11-22 08:30 UTC, Dragoman 0.1.0</p>\n<p>2 systems: first, second; the baseline is first. 3 judged queries, 5 judgements.</p>\n</header>");
        page.Section("origin").Value.ShouldContain("0123456789abcdef");
        page.Section("origin").Descendants("pre").Last().Value.ShouldBe("dragoman report --title 'A | B'");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Markdown_Tables_HaveAsManyCellsInEveryRow(bool hostile)
    {
        var lines = Markdown(EvaluationReport.Make(hostile ? HostileInput() : EvaluationReportTests.Input()), null).Split('\n');

        var tables = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith('|') || !lines[i + 1].StartsWith("| :---", StringComparison.Ordinal)) continue;
            tables++;
            var pipes = Pipes(lines[i]);
            for (; i < lines.Length && lines[i].StartsWith('|'); i++) Pipes(lines[i]).ShouldBe(pipes, lines[i]);
        }
        tables.ShouldBeGreaterThan(5);
        Fenced().Replace(string.Join('\n', lines), "").ShouldNotContain('<');
    }

    [Fact]
    public void Markdown_WithFigures_RefersToEveryChart()
    {
        var report = EvaluationReport.Make(EvaluationReportTests.Input());

        var text = Markdown(report, "figures");

        ImageLink().Matches(text).Select(match => match.Groups[1].Value).ShouldBe(report.Charts.Select(chart => $"figures/{chart.Name}.svg"));
        Markdown(report, null).ShouldNotContain("![");
    }

    [Fact]
    public void Markdown_CodeWithFences_StaysInside()
    {
        var text = Markdown(new ReportDocument("t", [], [new ReportSection("s", "S", [new ReportCode("a\n```\nb ````` c")])]), null);

        text.ShouldContain("``````\na\n```\nb ````` c\n``````\n"); // longer than any run of back ticks inside
    }

    private static string Markdown(ReportDocument report, string? figures)
    {
        using var writer = new StringWriter();
        MarkdownReport.Write(writer, report, figures);
        return writer.ToString();
    }

    private static int Pipes(string line) => line.Where((letter, at) => letter == '|' && (at == 0 || line[at - 1] != '\\')).Count();

    private static ReportInput HostileInput()
    {
        var (qrels, first, second) = (new QrelsBuilder(), new RunBuilder("first"), new RunBuilder("second"));
        foreach (var (i, text) in Hostile.Index())
        {
            qrels.Add(text, text, 1 + i % 2);
            first.Add(text, Hostile[(i + 1) % Hostile.Length], 2);
            first.Add(text, text, 1);
            second.Add(text, text, i);
            second.Add(text, "unjudged", i - 0.5);
        }
        return EvaluationReportTests.Input() with
        {
            Title = string.Concat(Hostile),
            Qrels = qrels.Build(),
            Systems = [EvaluationReportTests.System(Hostile[0], first.Build()), EvaluationReportTests.System(Hostile[1], second.Build())],
            Queries = [.. Hostile.Select(text => new Query(text, text + "\n# x", "en"))],
            Passages = [.. Hostile.Select((text, i) => new Passage(text, text, text + "\r\n|" + text, i % 2 == 0 ? "fa" : "en"))],
            Warnings = Hostile,
            Sources = [.. Hostile.Select(text => new ReportSource(text, text, text, text))],
            Origins = [.. Hostile.Select(text => (text, text))],
            Command = string.Join(' ', Hostile),
            Training = [new() { Name = Hostile[0], Loss = [(1, 2)], LearningRate = [(1, 0.1)], Dev = [(Hostile[1], [(1, 0.5)])] }],
            ShownQueries = 20,
        };
    }

    [GeneratedRegex("""url\(#([^)]*)\)""")]
    private static partial Regex FillReference();

    [GeneratedRegex(@"^(`{3,})\n.*?^\1$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex("""!\[[^\n]*\]\((figures/[^)]*)\)""")]
    private static partial Regex ImageLink();
}
