using System.Text;

namespace Dragoman.Evaluation.Checks;

/// <summary>A text as the set of its character n-grams, hashed to 32 bits: what is compared for near-duplicates, whatever the script.</summary>
internal static class Shingles
{
    /// <summary>Longest part of a text that is compared, in characters.</summary>
    internal const int MaxCharacters = 20_000;

    /// <summary>The text as it is compared: NFKC, lower-case, letters, marks and digits, one space where anything else stood.</summary>
    internal static string Normalised(string text)
    {
        if (text.Length > MaxCharacters) text = text[..(char.IsHighSurrogate(text[MaxCharacters - 1]) ? MaxCharacters - 1 : MaxCharacters)];
        if (!IsAscii(text)) text = text.Normalize(NormalizationForm.FormKC);
        var result = new StringBuilder(text.Length);
        var gap = false;
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character) || char.IsSurrogate(character) || (character > 0x2FF && char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark))
            {
                if (gap && result.Length > 0) result.Append(' ');
                gap = false;
                result.Append(char.ToLowerInvariant(character));
            }
            else gap = true;
        }
        return result.ToString();
    }

    /// <summary>The distinct shingles of a normalised text, ascending; the text itself is one where it is shorter than a shingle.</summary>
    /// <param name="normalised">From <see cref="Normalised"/>.</param>
    /// <param name="length">Characters of a shingle.</param>
    internal static uint[] Of(string normalised, int length)
    {
        if (normalised.Length == 0) return [];
        var count = Math.Max(1, normalised.Length - length + 1);
        var hashes = new uint[count];
        for (var at = 0; at < count; at++) hashes[at] = Hash(normalised.AsSpan(at, Math.Min(length, normalised.Length)));
        Array.Sort(hashes);
        var distinct = 1;
        for (var at = 1; at < count; at++)
            if (hashes[at] != hashes[distinct - 1]) hashes[distinct++] = hashes[at];
        return distinct == count ? hashes : hashes[..distinct];
    }

    /// <summary>Jaccard similarity of two ascending sets; 0 when one is empty.</summary>
    internal static double Jaccard(uint[] left, uint[] right)
    {
        int i = 0, j = 0, both = 0;
        while (i < left.Length && j < right.Length)
        {
            if (left[i] == right[j]) (i, j, both) = (i + 1, j + 1, both + 1);
            else if (left[i] < right[j]) i++;
            else j++;
        }
        return left.Length == 0 || right.Length == 0 ? 0 : (double)both / (left.Length + right.Length - both);
    }

    /// <summary>64 bits of a normalised text; equal texts have equal ones.</summary>
    internal static ulong Fingerprint(string normalised)
    {
        var state = 0xCBF29CE484222325 ^ (ulong)normalised.Length;
        foreach (var character in normalised) state = Mix(state ^ character);
        return state;
    }

    private static uint Hash(ReadOnlySpan<char> shingle)
    {
        var state = 0x9E3779B97F4A7C15UL;
        foreach (var character in shingle) state = (state ^ character) * 0xFF51AFD7ED558CCD;
        return (uint)(Mix(state) >> 32);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 32)) * 0xD6E8FEB86659FD93;
        return value ^ (value >> 29);
    }

    private static bool IsAscii(string text) => Ascii.IsValid(text);
}
