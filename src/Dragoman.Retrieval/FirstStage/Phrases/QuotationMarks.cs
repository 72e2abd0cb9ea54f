using System.Collections.Frozen;

namespace Dragoman.Retrieval.FirstStage.Phrases;

/// <summary>The quotation marks of several scripts, and what closes them.</summary>
internal static class QuotationMarks
{
    private const char Straight = '"';

    // German closes with what opens in English, some languages open and close with the same mark.
    private static readonly FrozenDictionary<char, string> Closing = new Dictionary<char, string>
    {
        [Straight] = "\"", ['＂'] = "＂", ['“'] = "”“", ['”'] = "”", ['„'] = "“”‟", ['‟'] = "”", ['«'] = "»", ['»'] = "«»", ['「'] = "」", ['『'] = "』", ['｢'] = "｣", ['﹁'] = "﹂", ['﹃'] = "﹄", ['〝'] = "〞〟",
    }.ToFrozenDictionary();

    /// <summary>Whether a quotation begins at a place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">A place in it.</param>
    /// <param name="end">Place of the mark that closes it.</param>
    internal static bool Opens(string text, int at, out int end)
    {
        end = -1;
        // 5" is a length.
        if (!Closing.TryGetValue(text[at], out var closing) || (text[at] == Straight && ((at > 0 && char.IsAsciiDigit(text[at - 1])) || IsInHebrewWord(text, at)))) return false;
        for (var place = at + 1; place < text.Length; place++)
        {
            if (!closing.Contains(text[place], StringComparison.Ordinal) || (text[place] == Straight && IsInHebrewWord(text, place))) continue;
            end = place;
            return true;
        }
        return false;
    }

    /// <summary>Between Hebrew letters the mark is a gershayim, as in abbreviations.</summary>
    private static bool IsInHebrewWord(string text, int at) => at > 0 && at + 1 < text.Length && IsHebrew(text[at - 1]) && IsHebrew(text[at + 1]);

    private static bool IsHebrew(char letter) => letter is >= '\u0590' and <= '\u05FF';
}
