namespace Dragoman.Text.Analysis.Stemming.Kazakh;

/// <summary>What Kazakh's suffixes depend on: whether a word's vowels are back or front, and how it ends. For Cyrillic letters.</summary>
internal static class KazakhSounds
{
    private const string Back = "аоұыяё", Front = "әөүіеэ", Neutral = "иую";

    internal static bool IsVowel(char letter) => IsFull(letter) || Neutral.Contains(letter, StringComparison.Ordinal);

    /// <summary>Vowels after which suffixes are as after vowels; и and у count as glides there.</summary>
    internal static bool IsFull(char letter) => Back.Contains(letter, StringComparison.Ordinal) || Front.Contains(letter, StringComparison.Ordinal);

    internal static bool IsGlide(char letter) => letter is 'й' or 'у' or 'и' or 'ю';

    internal static bool IsNasal(char letter) => letter is 'м' or 'н' or 'ң';

    /// <summary>Voiceless for suffixes: б, в, г and д are spoken so at a word's end.</summary>
    internal static bool IsVoiceless(char letter) => "пткқсшщчцфхһбвгд".Contains(letter, StringComparison.Ordinal);

    /// <summary>Whether a suffix with back vowels can follow a stem; any can follow one whose last vowel is и, у or ю, or one without vowels.</summary>
    internal static bool TakesBack(ReadOnlySpan<char> stem) => !Last(stem, Front, Back);

    /// <summary>Whether a suffix with front vowels can follow a stem.</summary>
    internal static bool TakesFront(ReadOnlySpan<char> stem) => !Last(stem, Back, Front);

    /// <summary>Whether a syllable is left.</summary>
    internal static bool HasVowel(ReadOnlySpan<char> stem)
    {
        foreach (var letter in stem)
            if (IsVowel(letter)) return true;
        return false;
    }

    /// <summary>The last sound of a stem; the soft sign has none.</summary>
    internal static char Final(ReadOnlySpan<char> stem)
    {
        for (var i = stem.Length - 1; i >= 0; i--)
            if (stem[i] is not ('ь' or 'ъ')) return stem[i];
        return '\0';
    }

    private static bool Last(ReadOnlySpan<char> stem, string wanted, string other)
    {
        for (var i = stem.Length - 1; i >= 0; i--)
        {
            if (wanted.Contains(stem[i], StringComparison.Ordinal)) return true;
            if (other.Contains(stem[i], StringComparison.Ordinal) || Neutral.Contains(stem[i], StringComparison.Ordinal)) return false;
        }
        return false;
    }
}
