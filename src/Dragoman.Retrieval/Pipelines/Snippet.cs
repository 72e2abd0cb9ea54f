using System.Globalization;
using System.Text;

namespace Dragoman.Retrieval.Pipelines;

/// <summary>Cuts the part of a text that is shown beside a search result.</summary>
public static class Snippet
{
    /// <summary>Length of a snippet when none is named, in UTF-16 units.</summary>
    internal const int UsualLength = 240;

    private const char Ellipsis = '…';

    /// <summary>A snippet comes from this many UTF-16 units at the beginning of a text, so that one of a book takes no longer than one of a page.</summary>
    private const int LengthRead = 1 << 18;

    /// <summary>
    /// The first part of a text, or a later part when that holds more of the words of the query, on one line: white space becomes single spaces, control and
    /// direction-override characters go, letters with their marks stay whole, and a cut falls between words where words are spaced. Of a long text the first 262,144 UTF-16 units are looked at.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="query">The query; may be empty.</param>
    /// <param name="length">Most UTF-16 units to give, ellipses not counted; 1 or more.</param>
    public static string Of(string text, string query, int length = UsualLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        var line = OneLine(Beginning(text));
        return line.Length <= length ? line : Cut(line, SnippetMark.OfWords(line, Words(query)), length);
    }

    /// <summary>The part of a line that holds the most marks; the first of several, and the beginning where it holds as much.</summary>
    /// <param name="line">A text on one line.</param>
    /// <param name="marks">What is to be seen, in the order of the places.</param>
    /// <param name="length">Most UTF-16 units to give, ellipses not counted; 1 or more.</param>
    internal static string Cut(string line, IReadOnlyList<SnippetMark> marks, int length)
    {
        if (line.Length <= length) return line;
        var start = StartOf(line, marks, length);
        var end = EndOf(line, start, length);
        return (start > 0 ? Ellipsis.ToString() : "") + line[start..end].Trim() + (end < line.Length ? Ellipsis.ToString() : "");
    }

    /// <summary>The part of a text that is looked at.</summary>
    /// <param name="text">The text.</param>
    internal static string Beginning(string text) => text.Length > LengthRead ? text[..LengthRead] : text;

    /// <summary>A text on one line: white space becomes single spaces, control and direction-override characters go.</summary>
    /// <param name="text">The text.</param>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsWhiteSpace(letter))
            {
                if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
            }
            else if (!char.IsControl(letter) && letter is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')))
            {
                line.Append(letter);
            }
        }
        return line.ToString().TrimEnd();
    }

    private static int StartOf(string line, IReadOnlyList<SnippetMark> marks, int length)
    {
        var first = SnippetMark.Best(marks, length, length * 3 / 4);
        if (first <= length / 4) return 0;
        var start = Math.Min(first - length / 4, line.Length - length);
        var space = line.IndexOf(' ', start, Math.Max(0, Math.Min(first, start + length / 4) - start));
        return space >= 0 ? space + 1 : ElementStart(line, start);
    }

    private static int EndOf(string line, int start, int length)
    {
        var end = start + length;
        if (end >= line.Length) return line.Length;
        var space = line.LastIndexOf(' ', end, length / 4);
        return space > start ? space : ElementStart(line, end);
    }

    // The start of the letter with marks (text element) that holds a place.
    private static int ElementStart(string line, int place)
    {
        var at = Math.Max(0, place - 32);
        if (at > 0 && char.IsLowSurrogate(line[at])) at--;
        for (int next; at < place && (next = at + StringInfo.GetNextTextElementLength(line, at)) <= place;) at = next;
        return at;
    }

    private static IEnumerable<string> Words(string query)
    {
        var start = -1;
        for (var at = 0; at <= query.Length; at++)
        {
            if (at < query.Length && (char.IsLetterOrDigit(query[at]) || char.IsSurrogate(query[at]) || (start >= 0 && char.GetUnicodeCategory(query[at]) == UnicodeCategory.NonSpacingMark)))
            {
                if (start < 0) start = at;
            }
            else if (start >= 0)
            {
                if (at - start > 1) yield return query[start..at];
                start = -1;
            }
        }
    }
}
