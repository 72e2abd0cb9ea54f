namespace Dragoman.Text.Transliteration;

/// <summary>How a term sounds, as far as spelling says, so that a name meets itself in another script: Tesla, Тесла, Τέσλα and टेस्ला.</summary>
/// <remarks>
/// Made of the romanisations in this folder and a light folding of sounds. Terms are stems, so vowels at the end do not count. Two terms sound alike when their sounds are equal; where one is in a script
/// that leaves vowels out (Arabic, Hebrew) or writes some that are not spoken (Devanagari and its relatives), when their consonants are. Words that are no names can meet too: use them with a low probability.
/// </remarks>
/// <param name="Sounds">The word with its vowels; empty when the script does not write them as spoken, when there are fewer than three letters, and when the word cannot be read.</param>
/// <param name="Consonants">The word without vowels; empty when there are fewer than three consonants, for numbers, and when the word cannot be read.</param>
/// <param name="HasVowels">Whether the word is in a script that writes vowels as they are spoken.</param>
public readonly record struct TransliterationKeys(string Sounds, string Consonants, bool HasVowels)
{
    private const int FewestLetters = 3;

    /// <summary>A term without keys: it sounds like no other.</summary>
    public static TransliterationKeys None { get; } = new("", "", true);

    /// <summary>The keys of a term.</summary>
    /// <param name="term">A term as an analyzer makes it, or any other string.</param>
    /// <param name="language">BCP 47 tag of the text it comes from; decides between readings of a letter (Ukrainian г is h).</param>
    public static TransliterationKeys Of(string term, string language)
    {
        ArgumentNullException.ThrowIfNull(term);
        ArgumentNullException.ThrowIfNull(language);
        if (Romaniser.Romanise(term, language) is not var (latin, vowels)) return None;
        // A number is its digits, however many; with letters it is a name like a320, in which nothing is folded.
        if (latin.AsSpan().ContainsAnyInRange('0', '9')) return new TransliterationKeys(latin, "", true);
        var sounds = vowels == WrittenVowels.AsSpoken ? AtLeast(SoundFolding.WithoutEnding(SoundFolding.Fold(latin))) : "";
        return new TransliterationKeys(sounds, AtLeast(SoundFolding.Consonants(latin, vowels != WrittenVowels.Few)), vowels == WrittenVowels.AsSpoken);
    }

    /// <summary>A word in Latin letters and ASCII digits; null when it holds a character that is not read.</summary>
    /// <param name="term">The word.</param>
    /// <param name="language">BCP 47 tag of its text.</param>
    public static string? Romanise(string term, string language)
    {
        ArgumentNullException.ThrowIfNull(term);
        ArgumentNullException.ThrowIfNull(language);
        return Romaniser.Romanise(term, language)?.Latin;
    }

    /// <summary>Whether two terms sound alike; symmetric.</summary>
    /// <param name="other">The keys of the other term.</param>
    public bool SoundsLike(TransliterationKeys other) =>
        HasVowels && other.HasVowels ? Sounds.Length > 0 && Sounds == other.Sounds : Consonants.Length > 0 && Consonants == other.Consonants;

    private static string AtLeast(string key) => key.Length >= FewestLetters ? key : "";
}
