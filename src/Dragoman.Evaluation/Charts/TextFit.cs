using System.Globalization;
using System.Text;

namespace Dragoman.Evaluation.Charts;

/// <summary>Estimates how wide a text is drawn, without fonts, and shortens what does not fit.</summary>
internal static class TextFit
{
    /// <summary>Size of a chart's text, in units of its view box.</summary>
    internal const double FontSize = 13;

    private const double Narrow = 0.57, Capital = 0.7, Wide = 1.02;
    private const string Ellipsis = "…";

    /// <summary>Estimated width in units of the view box; on the high side for common sans-serif fonts.</summary>
    internal static double Width(string text) => text.EnumerateRunes().Sum(rune => Em(rune)) * FontSize;

    /// <summary>The text itself when it fits, else its beginning and end around an ellipsis: names of runs often differ at the end.</summary>
    internal static string Shorten(string text, double width)
    {
        if (Width(text) <= width) return text;
        var elements = Elements(text);
        var left = width - Width(Ellipsis);
        var (head, tail, fromHead) = (0, 0, true);
        while (head + tail < elements.Count)
        {
            var next = fromHead ? elements[head] : elements[^(tail + 1)];
            left -= Width(next);
            if (left < 0) break;
            if (fromHead) head++;
            else tail++;
            fromHead = !fromHead;
        }
        return string.Concat(elements.Take(head)) + Ellipsis + string.Concat(elements.Skip(elements.Count - tail));
    }

    /// <summary>The first letters of a text for a snippet; letters with their marks stay whole, and so do words where there are spaces.</summary>
    internal static string Head(string text, int letters)
    {
        if (text.Length <= letters) return text;
        var elements = Elements(text);
        if (elements.Count <= letters) return text;
        var space = elements.FindLastIndex(letters, element => element == " ");
        return string.Concat(elements.Take(space > letters * 3 / 4 ? space : letters)).TrimEnd() + Ellipsis;
    }

    private static List<string> Elements(string text)
    {
        var elements = new List<string>();
        for (var each = StringInfo.GetTextElementEnumerator(text); each.MoveNext();) elements.Add(each.GetTextElement());
        return elements;
    }

    private static double Em(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ when IsWide(rune.Value) => Wide,
        UnicodeCategory.UppercaseLetter => Capital,
        _ => Narrow,
    };

    // The wide ranges of Unicode's East Asian Width (UAX #11), rounded to blocks.
    private static bool IsWide(int code) => code is
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}
