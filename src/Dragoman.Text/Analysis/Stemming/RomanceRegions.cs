namespace Dragoman.Text.Analysis.Stemming;

/// <summary>The region RV of the Snowball stemmers of Spanish, Portuguese, Italian and Romanian.</summary>
internal static class RomanceRegions
{
    /// <summary>Where RV starts.</summary>
    /// <param name="letters">The word.</param>
    /// <param name="vowels">All vowels.</param>
    internal static int Rv(ReadOnlySpan<char> letters, string vowels)
    {
        if (letters.Length < 2) return letters.Length;
        bool Is(char letter) => vowels.Contains(letter, StringComparison.Ordinal);
        if (!Is(letters[1])) return After(letters, 2, vowels, true);
        if (Is(letters[0])) return After(letters, 2, vowels, false);
        return Math.Min(3, letters.Length);
    }

    private static int After(ReadOnlySpan<char> letters, int from, string vowels, bool wantsVowel)
    {
        for (var i = from; i < letters.Length; i++)
            if (vowels.Contains(letters[i], StringComparison.Ordinal) == wantsVowel) return i + 1;
        return letters.Length;
    }
}
