using System.Text;
using Dragoman.Collections.Errors;
using Dragoman.Collections.Formats.Tabs;
using Dragoman.Collections.Formats.Trec;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.MsMarco;

/// <summary>A training triple by ids.</summary>
/// <param name="QueryId">The query.</param>
/// <param name="PositiveId">A passage that answers it.</param>
/// <param name="NegativeId">A passage that does not.</param>
public sealed record IdTriple(string QueryId, string PositiveId, string NegativeId);

/// <summary>A training triple by texts.</summary>
/// <param name="Query">The query's text.</param>
/// <param name="Positive">Text of a passage that answers it.</param>
/// <param name="Negative">Text of a passage that does not.</param>
public sealed record TextTriple(string Query, string Positive, string Negative);

/// <summary>MS MARCO's and mMARCO's training triples, three columns separated by tabs: ids (<c>triples.train.ids.small.tsv</c>) or texts (<c>triples.train.small.tsv</c>).</summary>
public static class MsMarcoTriples
{
    /// <summary>Reads triples of ids as a stream.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <exception cref="DataFormatException">When enumerated: a line has other than three fields, or there is none.</exception>
    public static IEnumerable<IdTriple> ReadIds(string path) => Read(path, (reader, line) =>
    {
        var fields = new TrecFields(line);
        var query = fields.Next();
        var positive = fields.Next();
        var negative = fields.Next();
        if (negative.IsEmpty || !fields.Next().IsEmpty) throw TrecFields.WrongCount(reader, line, 3, "query, positive, negative");
        return new IdTriple(Encoding.UTF8.GetString(query), Encoding.UTF8.GetString(positive), Encoding.UTF8.GetString(negative));
    });

    /// <summary>Reads triples of texts as a stream.</summary>
    /// <param name="path">The file; plain or gzip-compressed.</param>
    /// <param name="repairEncoding">Whether to undo the double encoding that a part of the text has; see <see cref="DoubleEncoding"/>.</param>
    /// <exception cref="DataFormatException">When enumerated: a line has other than three columns, a text is empty, or there is no line.</exception>
    public static IEnumerable<TextTriple> ReadTexts(string path, bool repairEncoding = false) => Read(path, (reader, line) =>
    {
        var cells = Encoding.UTF8.GetString(line).Split('\t');
        if (cells.Length != 3) throw reader.Failure($"{cells.Length} {(cells.Length == 1 ? "column" : "columns")}, expected 3 (query, positive text, negative text) separated by tabs. Is the file truncated?");
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = repairEncoding ? DoubleEncoding.Repair(cells[i].Trim()) : cells[i].Trim();
            if (cells[i].Length == 0) throw reader.Failure($"column {i + 1} is empty; expected query, positive text and negative text.");
        }
        return new TextTriple(cells[0], cells[1], cells[2]);
    });

    /// <summary>Writes triples of ids; gzip-compressed when the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="triples">The triples.</param>
    public static void Write(string path, IEnumerable<IdTriple> triples) => AtomicFile.WriteText(path, writer =>
    {
        foreach (var triple in triples) writer.WriteLine($"{triple.QueryId}\t{triple.PositiveId}\t{triple.NegativeId}");
    });

    /// <summary>Writes triples of texts; gzip-compressed when the name ends in <c>.gz</c>. Tabs and line ends in a text become spaces.</summary>
    /// <param name="path">The file; replaced when everything is written.</param>
    /// <param name="triples">The triples.</param>
    public static void Write(string path, IEnumerable<TextTriple> triples) => AtomicFile.WriteText(path, writer =>
    {
        foreach (var triple in triples) writer.WriteLine($"{TabbedLine.Cell(triple.Query)}\t{TabbedLine.Cell(triple.Positive)}\t{TabbedLine.Cell(triple.Negative)}");
    });

    private static IEnumerable<T> Read<T>(string path, Parser<T> parse) where T : class
    {
        using var reader = new Utf8LineReader(path);
        foreach (var triple in LineRecords.Read(reader, line => parse(reader, line))) yield return triple;
        if (reader.LineNumber == 0) throw new DataFormatException(path, 0, "there are no triples; expected lines of query, positive and negative, separated by tabs.");
    }

    private delegate T Parser<out T>(Utf8LineReader reader, ReadOnlySpan<byte> line);
}
