using System.Globalization;
using System.Text;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Trec;

/// <summary>
/// TREC runs: <c>query Q0 passage rank score tag</c>, separated by white space. The second column and the rank are ignored on reading, as trec_eval does;
/// lines may come in any order. Empty lines and lines whose first field is <c>#</c> are skipped.
/// </summary>
public static class TrecRun
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <returns>The run, tagged as its first line is.</returns>
    /// <exception cref="DataFormatException">A line has other than six fields, a score is not a finite number, a passage occurs twice for a query, or there are no lines and no manifest that says so.</exception>
    public static Run Read(string path)
    {
        using var reader = new Utf8LineReader(path);
        return Read(reader)?.Build(path) ?? Empty(path);
    }

    /// <summary>Reads the lines from where the reader stands; null when there is none.</summary>
    internal static RunBuilder? Read(Utf8LineReader reader)
    {
        RunBuilder? builder = null;
        while (reader.TryRead(out var line))
        {
            if (!TrecFields.IsBlankOrComment(line)) ReadLine(reader, line, ref builder);
        }
        return builder;
    }

    /// <summary>A file without lines: a run that found nothing when its manifest says so, else more likely one that was cut off.</summary>
    /// <exception cref="DataFormatException">No manifest says that the run is empty.</exception>
    internal static Run Empty(string path) => RunManifest.ReadOrNull(path) is { Passages: 0 } manifest && manifest.IsOf(path)
        ? new RunBuilder((manifest.Options["method"] as System.Text.Json.Nodes.JsonValue)?.ToString() ?? "run").Build(path)
        : throw new DataFormatException(path, 0, $"the run is empty; expected lines of query, Q0, passage, rank, score and tag. (A run that found nothing has {Path.GetFileName(path)}{RunManifest.Suffix} beside it, which says so.)");

    /// <summary>
    /// Writes a file: queries in the order of the run, ranks from 1, scores so that reading gives the same doubles; gzip-compressed when the name ends in <c>.gz</c>.
    /// </summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="run">The run. White space in its tag becomes <c>_</c>.</param>
    public static void Write(string path, Run run) => AtomicFile.WriteText(path, writer => Write(writer, run));

    /// <summary>Writes a run as text; see <see cref="Write(string, Run)"/>.</summary>
    /// <param name="writer">Receives the lines.</param>
    /// <param name="run">The run.</param>
    public static void Write(TextWriter writer, Run run)
    {
        var tag = run.Tag.Length == 0 ? "run" : string.Concat(run.Tag.Select(letter => char.IsWhiteSpace(letter) ? '_' : letter));
        for (var query = 0; query < run.QueryIds.Count; query++)
        {
            var passages = run.PassagesAt(query);
            var scores = run.ScoresAt(query);
            for (var i = 0; i < passages.Length; i++)
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{run.QueryIds[query]} Q0 {run.Passages[passages[i]]} {i + 1} {scores[i]:R} {tag}\n"));
        }
    }

    private static void ReadLine(Utf8LineReader reader, ReadOnlySpan<byte> line, ref RunBuilder? builder)
    {
        var fields = new TrecFields(line);
        var query = fields.Next();
        fields.Next();
        var passage = fields.Next();
        fields.Next();
        var score = fields.Next();
        var tag = fields.Next();
        if (tag.IsEmpty || !fields.Next().IsEmpty) throw TrecFields.WrongCount(reader, line, 6, "query, Q0, passage, rank, score, tag");
        if (!TrecScore.TryParse(score, out var value))
            throw reader.Failure($"the score {TrecFields.Quote(score)} is not a finite number; expected query, Q0, passage, rank, score, tag.");
        builder ??= new RunBuilder(Encoding.UTF8.GetString(tag));
        builder.Add(query, passage, value, reader.LineNumber);
    }
}
