using System.Globalization;
using System.Text;

namespace Dragoman.Text.Analysis.Folding;

/// <summary>Normalises a text by Unicode's NFKC, lowers its case and folds its letters.</summary>
/// <remarks>
/// Normalisation goes text element by text element (UAX #29), which gives the same characters as normalising the whole and lets every character know where it came from. Lone surrogates
/// and non-characters become U+FFFD, which separates words.
/// </remarks>
internal static class TextFolder
{
    /// <summary>Folds a text.</summary>
    /// <param name="text">The text; need not be well-formed.</param>
    /// <param name="letters">What is folded after normalisation.</param>
    /// <param name="output">Receives the folded text; cleared by the caller.</param>
    internal static void Fold(string text, LetterFolding letters, FoldedText output)
    {
        for (var i = 0; i < text.Length;)
        {
            if (char.IsAscii(text[i]) && (i + 1 == text.Length || char.IsAscii(text[i + 1])))
            {
                (output.SourceStart, output.SourceEnd) = (i, i + 1);
                letters.Fold(new Rune(text[i++]), output);
            }
            else
            {
                i = FoldStretch(text, i, letters, output);
            }
        }
    }

    /// <summary>Folds from a place up to the next ASCII character that nothing can join to.</summary>
    private static int FoldStretch(string text, int start, LetterFolding letters, FoldedText output)
    {
        var end = start + 1;
        while (end < text.Length && !(char.IsAscii(text[end]) && (end + 1 == text.Length || char.IsAscii(text[end + 1])))) end++;
        var stretch = text.AsSpan(start, end - start);
        if (IsWellFormed(stretch) && stretch.IsNormalized(NormalizationForm.FormKC)) FoldRunes(stretch, start, letters, output);
        else FoldElements(text, start, end, letters, output);
        return end;
    }

    private static void FoldRunes(ReadOnlySpan<char> stretch, int start, LetterFolding letters, FoldedText output)
    {
        foreach (var rune in stretch.EnumerateRunes())
        {
            (output.SourceStart, output.SourceEnd) = (start, start + rune.Utf16SequenceLength);
            letters.Fold(rune, output);
            start += rune.Utf16SequenceLength;
        }
    }

    private static void FoldElements(string text, int start, int end, LetterFolding letters, FoldedText output)
    {
        while (start < end)
        {
            var length = Math.Min(StringInfo.GetNextTextElementLength(text, start), end - start);
            (output.SourceStart, output.SourceEnd) = (start, start + length);
            foreach (var rune in Normalized(text.AsSpan(start, length)).EnumerateRunes()) letters.Fold(rune, output);
            start += length;
        }
    }

    private static string Normalized(ReadOnlySpan<char> element)
    {
        var wellFormed = new StringBuilder(element.Length);
        foreach (var rune in element.EnumerateRunes()) wellFormed.Append(IsRefused(rune) ? Rune.ReplacementChar : rune);
        return wellFormed.ToString().Normalize(NormalizationForm.FormKC);
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var consumed) != System.Buffers.OperationStatus.Done || IsRefused(rune)) return false;
            text = text[consumed..];
        }
        return true;
    }

    // Non-characters, which .NET refuses to normalise.
    private static bool IsRefused(Rune rune) => rune.Value is 0xFFFE or 0xFFFF;
}
