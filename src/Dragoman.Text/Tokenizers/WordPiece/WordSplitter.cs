using System.Buffers;
using System.Globalization;
using System.Text;

namespace Dragoman.Text.Tokenizers.WordPiece;

/// <summary>Cuts text into words exactly as transformers' <c>BasicTokenizer</c>: cleaning, ideographs, whitespace, case and accents, punctuation.</summary>
internal sealed class WordSplitter(WordPieceOptions options)
{
    /// <summary>Takes the words of a text.</summary>
    internal delegate void WordReceiver(ReadOnlySpan<char> word);

    internal void Split(ReadOnlySpan<char> text, WordReceiver receive)
    {
        // An ideograph grows by a space on either side.
        var rented = ArrayPool<char>.Shared.Rent(3 * text.Length + 1);
        try
        {
            ReadOnlySpan<char> clean = rented.AsSpan(0, Clean(text, rented));
            while (!clean.IsEmpty)
            {
                var end = 0;
                while (end < clean.Length && !IsSplitSpace(clean[end])) end++;
                if (end > 0) SplitWord(clean[..end], receive);
                clean = clean[Math.Min(end + 1, clean.Length)..];
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    private int Clean(ReadOnlySpan<char> text, Span<char> clean)
    {
        var length = 0;
        for (var i = 0; i < text.Length;)
        {
            if (char.IsAscii(text[i]))
            {
                var letter = text[i++];
                if (letter is ' ' or '\t' or '\n' or '\r') clean[length++] = ' ';
                else if (letter is > ' ' and < '\x7F') clean[length++] = letter;
                continue;
            }
            // A lone surrogate decodes as U+FFFD, which is dropped, and so are control, format, private and unassigned characters.
            Rune.DecodeFromUtf16(text[i..], out var rune, out var consumed);
            i += consumed;
            var category = Rune.GetUnicodeCategory(rune);
            if (rune.Value == 0xFFFD || category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned) continue;
            if (category == UnicodeCategory.SpaceSeparator)
            {
                clean[length++] = ' ';
                continue;
            }
            var alone = options.SplitChineseCharacters && IsChinese(rune.Value);
            if (alone) clean[length++] = ' ';
            length += rune.EncodeToUtf16(clean[length..]);
            if (alone) clean[length++] = ' ';
        }
        return length;
    }

    private void SplitWord(ReadOnlySpan<char> word, WordReceiver receive)
    {
        if (options.LowerCase || options.StripAccents)
        {
            if (Ascii.IsValid(word))
            {
                if (options.LowerCase && word.ContainsAnyInRange('A', 'Z')) word = word.ToString().ToLowerInvariant();
            }
            else
            {
                var folded = options.LowerCase ? FullLowerCase.Of(word) : word.ToString();
                word = options.StripAccents ? WithoutAccents(folded) : folded;
            }
        }
        var start = 0;
        for (var i = 0; i < word.Length;)
        {
            Rune.DecodeFromUtf16(word[i..], out var rune, out var consumed);
            if (IsPunctuation(rune))
            {
                if (i > start) receive(word[start..i]);
                receive(word.Slice(i, consumed));
                start = i + consumed;
            }
            i += consumed;
        }
        if (start < word.Length) receive(word[start..]);
    }

    private static string WithoutAccents(string word)
    {
        var kept = new StringBuilder(word.Length);
        foreach (var rune in word.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark) kept.Append(rune);
        }
        return kept.ToString();
    }

    /// <summary>What Python's <c>str.split</c> takes for whitespace and cleaning leaves: the line and paragraph separators beside the space.</summary>
    private static bool IsSplitSpace(char letter) => letter is ' ' or '\u2028' or '\u2029';

    private static bool IsPunctuation(Rune rune)
    {
        if (rune.IsAscii) return rune.Value is (>= 33 and <= 47) or (>= 58 and <= 64) or (>= 91 and <= 96) or (>= 123 and <= 126);
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
            or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;
    }

    private static bool IsChinese(int code) => code is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
        or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
