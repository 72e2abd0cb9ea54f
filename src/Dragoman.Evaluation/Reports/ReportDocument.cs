namespace Dragoman.Evaluation.Reports;

/// <summary>A report before it becomes HTML or Markdown: sections of blocks, in reading order. Texts are plain; the writers escape them.</summary>
/// <param name="Title">The title.</param>
/// <param name="Lead">What was compared, and when: short paragraphs under the title.</param>
/// <param name="Sections">The sections.</param>
public sealed record ReportDocument(string Title, IReadOnlyList<string> Lead, IReadOnlyList<ReportSection> Sections)
{
    /// <summary>Every chart, in reading order.</summary>
    public IEnumerable<Charts.Chart> Charts => Sections.SelectMany(section => section.Blocks).OfType<ReportFigure>().Select(figure => figure.Chart);
}

/// <summary>A part of a report with a heading.</summary>
/// <param name="Id">Anchor: lower-case letters, digits and hyphens, unique in the report.</param>
/// <param name="Heading">The heading.</param>
/// <param name="Blocks">What it holds.</param>
public sealed record ReportSection(string Id, string Heading, IReadOnlyList<ReportBlock> Blocks);

/// <summary>A part of a section.</summary>
public abstract record ReportBlock;

/// <summary>A paragraph.</summary>
/// <param name="Text">The text.</param>
public sealed record ReportParagraph(string Text) : ReportBlock;

/// <summary>A smaller heading.</summary>
/// <param name="Text">The text.</param>
public sealed record ReportHeading(string Text) : ReportBlock;

/// <summary>Warnings, shown beside the numbers that they are about.</summary>
/// <param name="Texts">One sentence each.</param>
public sealed record ReportWarnings(IReadOnlyList<string> Texts) : ReportBlock;

/// <summary>A chart with its table.</summary>
/// <param name="Chart">The chart.</param>
public sealed record ReportFigure(Charts.Chart Chart) : ReportBlock;

/// <summary>Text to copy or to read letter by letter: a command, a configuration.</summary>
/// <param name="Text">The text; lines end with a newline.</param>
public sealed record ReportCode(string Text) : ReportBlock;

/// <summary>A table.</summary>
/// <param name="Caption">What it holds.</param>
/// <param name="Header">Names of the columns.</param>
/// <param name="Rows">Cells, as many as there are columns.</param>
/// <param name="LeftColumns">How many columns from the left hold text; the others are numbers.</param>
/// <param name="Note">How to read it; null for nothing.</param>
public sealed record ReportTable(string Caption, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<ReportCell>> Rows, int LeftColumns = 1, string? Note = null) : ReportBlock;

/// <summary>A cell of a table.</summary>
/// <param name="Text">Its text.</param>
public sealed record ReportCell(string Text)
{
    /// <summary>Shown when the pointer rests on the cell; the same must be readable elsewhere. Null for nothing.</summary>
    public string? Hover { get; init; }

    /// <summary>True for the best of its column: bold, with a star.</summary>
    public bool IsBest { get; init; }

    /// <summary>How the value stands to the baseline's.</summary>
    public Standing Standing { get; init; }

    /// <summary>A plain cell.</summary>
    /// <param name="text">Its text.</param>
    public static implicit operator ReportCell(string text) => new(text);

    /// <summary>A plain cell.</summary>
    /// <param name="text">Its text.</param>
    public static ReportCell FromString(string text) => new(text);
}

/// <summary>How a system's value stands to the baseline's after the significance test.</summary>
public enum Standing
{
    /// <summary>No significant difference, or none was tested.</summary>
    Open,

    /// <summary>Significantly better.</summary>
    Better,

    /// <summary>Significantly worse.</summary>
    Worse,
}

/// <summary>A query with what the systems found for it; folded up in HTML.</summary>
/// <param name="QueryId">The query.</param>
/// <param name="Text">Its text; null when it is not known.</param>
/// <param name="Language">Its language as a BCP 47 tag.</param>
/// <param name="Summary">The numbers that make it worth showing.</param>
/// <param name="Rankings">What each system found.</param>
/// <param name="Missed">Relevant passages that no ranking shown here holds, best grade first.</param>
public sealed record ReportQuery(
    string QueryId, string? Text, string Language, string Summary, IReadOnlyList<ReportRanking> Rankings, IReadOnlyList<ReportPassage> Missed) : ReportBlock;

/// <summary>The top of a ranking.</summary>
/// <param name="System">Whose it is, with its value.</param>
/// <param name="Passages">The passages, best first.</param>
public sealed record ReportRanking(string System, IReadOnlyList<ReportPassage> Passages);

/// <summary>A passage in a ranking.</summary>
/// <param name="PassageId">The passage.</param>
/// <param name="Grade">Its grade; null when it was not judged.</param>
/// <param name="Language">Its language as a BCP 47 tag; null when it is not known.</param>
/// <param name="Title">Its title; empty when it has none or it is not known.</param>
/// <param name="Snippet">The beginning of its text; empty when it is not known.</param>
public sealed record ReportPassage(string PassageId, int? Grade, string? Language, string Title, string Snippet);
