using System.Text;
using Dragoman.Collections.Storage;

namespace Dragoman.Collections.Formats.Tabs;

/// <summary>Lines of an id, a tab and a text, as CLIRMatrix, MS MARCO, MIRACL and others have them. Further tabs belong to the text.</summary>
internal static class TabbedLine
{
    /// <summary>Splits a line.</summary>
    /// <param name="reader">Where the line comes from, for messages.</param>
    /// <param name="line">The line.</param>
    internal static (string Id, string Text) Parse(Utf8LineReader reader, ReadOnlySpan<byte> line)
    {
        var tab = line.IndexOf((byte)'\t');
        if (tab < 0) throw reader.Failure($"no tab; expected an id, a tab and the text; found {Trec.TrecFields.Quote(line)}. Is the file truncated?");
        var id = Encoding.UTF8.GetString(line[..tab]).Trim();
        Ids.Require(reader, id);
        return (id, Encoding.UTF8.GetString(line[(tab + 1)..]).Trim());
    }

    /// <summary>A text as a cell holds it: tabs and line ends, alone or in a row with other white space, become one space.</summary>
    internal static string Cell(string text)
    {
        if (text.AsSpan().IndexOfAny('\t', '\n', '\r') < 0) return text.Trim();
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
