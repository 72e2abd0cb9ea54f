using System.Text.Json.Nodes;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;
using Dragoman.Evaluation.Reports;

namespace Dragoman.Cli.Reports;

/// <summary>Where a report goes: an HTML file, a Markdown file, or a folder with both and the figures.</summary>
internal sealed class ReportOutput
{
    private const string Figures = "figures";
    private readonly string _path;
    private readonly Kind _kind;

    private ReportOutput(string path, Kind kind) => (_path, _kind) = (path, kind);

    private enum Kind { Html, Markdown, Folder }

    /// <summary>Looks at the outputs before the work: <c>.html</c>, <c>.md</c>, or a name without extension for a folder.</summary>
    /// <exception cref="ConfigurationException">An extension says nothing, or two outputs are the same.</exception>
    /// <exception cref="DragomanException">An output cannot be written.</exception>
    internal static IReadOnlyList<ReportOutput> Parse(IReadOnlyList<string> paths)
    {
        var problems = paths.Where(path => KindOf(path) is null).Select(path => $"\"{path}\" is neither a page (.html), nor Markdown (.md), nor a folder (no extension); use one of these.").ToList();
        problems.AddRange(paths.CountBy(path => Path.GetFullPath(path.Length == 0 ? "." : path), StringComparer.Ordinal).Where(path => path.Value > 1).Select(path => $"\"{path.Key}\" is named twice; name it once."));
        if (problems.Count > 0) throw new ConfigurationException("--output", problems);
        foreach (var path in paths.Where(path => KindOf(path) != Kind.Folder)) OutputPath.RequireFile(path);
        foreach (var path in paths.Where(path => KindOf(path) == Kind.Folder)) StageFolder.Begin(path).Dispose();
        return [.. paths.Select(path => new ReportOutput(path, KindOf(path)!.Value))];
    }

    /// <summary>Writes the report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="input">What it was made from, for the folder's manifest.</param>
    internal void Write(ReportDocument report, ReportInput input) => Write(report,
        new JsonObject { ["command"] = input.Command, ["date"] = input.Date.ToString("O"), ["measures"] = string.Join(' ', input.Measures), ["baseline"] = input.Baseline ?? input.Systems[0].Name, ["seed"] = input.Comparison.Seed }, input.Sources);

    /// <summary>Writes the report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="config">How it was made, for a folder.</param>
    /// <param name="made">What it was made from, for a folder.</param>
    internal void Write(ReportDocument report, JsonObject config, IReadOnlyList<ReportSource> made)
    {
        if (_kind == Kind.Html) AtomicFile.WriteText(_path, writer => HtmlReport.Write(writer, report));
        else if (_kind == Kind.Markdown) AtomicFile.WriteText(_path, writer => MarkdownReport.Write(writer, report));
        else WriteFolder(report, config, made);
    }

    /// <summary>The file to open.</summary>
    internal string Shown => _kind == Kind.Folder ? Path.Combine(_path, "report.html") : _path;

    private void WriteFolder(ReportDocument report, JsonObject config, IReadOnlyList<ReportSource> made)
    {
        using var folder = StageFolder.Begin(_path);
        string In(string name) => Path.Combine(folder.WorkingPath, name);
        AtomicFile.WriteText(In("report.html"), writer => HtmlReport.Write(writer, report));
        AtomicFile.WriteText(In("report.md"), writer => MarkdownReport.Write(writer, report, Figures));
        foreach (var chart in report.Charts) AtomicFile.WriteText(In(Path.Combine(Figures, chart.Name + ".svg")), writer => writer.Write(chart.ToSvgFile()));
        var sources = made.Select(source => (JsonNode)new JsonObject { ["role"] = source.Role, ["path"] = source.Path, ["fingerprint"] = source.Fingerprint });
        folder.Complete(config, new JsonObject { ["dragoman"] = typeof(ReportDocument).Assembly.GetName().Version!.ToString(3), ["inputs"] = new JsonArray([.. sources]) });
    }

    private static Kind? KindOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".html" or ".htm" => Kind.Html,
        ".md" or ".markdown" => Kind.Markdown,
        "" => Kind.Folder,
        _ when Directory.Exists(path) => Kind.Folder,
        _ => null,
    };
}
