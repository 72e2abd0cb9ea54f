using System.Text;

namespace Dragoman.Text.Analysis.Segmentation;

/// <summary>Cuts a folded text into words: runs of letters and digits where scripts have spaces, something else where they have none. Thread-safe.</summary>
/// <param name="unspaced">How runs of Han, kana, Hangul, Thai, Lao, Khmer and Myanmar letters are cut.</param>
/// <param name="joiners">Characters that, between two letters, belong to a word.</param>
/// <param name="words">Finds the words of a run; needed for <see cref="UnspacedText.Dictionary"/> only.</param>
internal sealed class Segmenter(UnspacedText unspaced, string joiners = "", IWordBreaker? words = null)
{
    /// <summary>Appends the segments of a text in order.</summary>
    internal void Segment(ReadOnlySpan<char> text, List<Segment> segments)
    {
        var position = 0;
        for (var i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf16(text[i..], out var rune, out var consumed);
            if (!CharacterClass.IsWord(rune)) i += consumed;
            else if (CharacterClass.IsUnspaced(rune)) i = AddRun(text, i, ref position, segments);
            else i = AddWord(text, i, position++, segments);
        }
    }

    private int AddWord(ReadOnlySpan<char> text, int start, int position, List<Segment> segments)
    {
        var end = start;
        while (end < text.Length)
        {
            Rune.DecodeFromUtf16(text[end..], out var rune, out var consumed);
            if (!CharacterClass.IsMark(rune) && (!CharacterClass.IsWord(rune) || CharacterClass.IsUnspaced(rune)) && !JoinsLetters(text, end)) break;
            end += consumed;
        }
        segments.Add(new Segment(start, end, true, position));
        return end;
    }

    private bool JoinsLetters(ReadOnlySpan<char> text, int at) =>
        joiners.Contains(text[at], StringComparison.Ordinal) && at + 1 < text.Length && char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]);

    private int AddRun(ReadOnlySpan<char> text, int start, ref int position, List<Segment> segments)
    {
        var starts = new List<int>();
        var end = start;
        while (end < text.Length)
        {
            Rune.DecodeFromUtf16(text[end..], out var rune, out var consumed);
            if (!CharacterClass.IsMark(rune))
            {
                if (!CharacterClass.IsWord(rune) || !CharacterClass.IsUnspaced(rune)) break;
                starts.Add(end);
            }
            end += consumed;
        }
        starts.Add(end);
        if (unspaced == UnspacedText.Dictionary) AddWords(text, start, end, ref position, segments);
        else AddLetters(starts, ref position, segments);
        return end;
    }

    private void AddWords(ReadOnlySpan<char> text, int start, int end, ref int position, List<Segment> segments)
    {
        var breaks = new List<int>();
        words!.Break(text[start..end], breaks);
        var last = start;
        foreach (var place in breaks)
        {
            if (start + place > last) segments.Add(new Segment(last, start + place, true, position++));
            last = start + place;
        }
    }

    private void AddLetters(List<int> starts, ref int position, List<Segment> segments)
    {
        var letters = starts.Count - 1;
        for (var i = 0; i < letters; i++)
        {
            if (unspaced != UnspacedText.Pairs || letters == 1) segments.Add(new Segment(starts[i], starts[i + 1], letters == 1, position + i));
            if (unspaced != UnspacedText.Characters && i + 1 < letters) segments.Add(new Segment(starts[i], starts[i + 2], false, position + i, 2));
        }
        position += letters;
    }
}
