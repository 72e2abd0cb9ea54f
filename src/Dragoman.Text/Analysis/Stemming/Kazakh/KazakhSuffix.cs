namespace Dragoman.Text.Analysis.Stemming.Kazakh;

/// <summary>One form of a suffix and where it can stand.</summary>
/// <param name="Text">The letters.</param>
/// <param name="Vowels">Whether its vowels are back or front; null for suffixes that do not change.</param>
/// <param name="Follows">Whether it can follow a stem's last sound.</param>
internal sealed record KazakhSuffix(string Text, bool? Vowels, Func<char, bool> Follows)
{
    /// <summary>Whether a word is a stem and this suffix.</summary>
    internal bool Fits(ReadOnlySpan<char> word, int minimum)
    {
        if (word.Length - Text.Length < minimum || !word.EndsWith(Text)) return false;
        var stem = word[..^Text.Length];
        return KazakhSounds.HasVowel(stem) && Follows(KazakhSounds.Final(stem))
            && (Vowels is null || (Vowels.Value ? KazakhSounds.TakesBack(stem) : KazakhSounds.TakesFront(stem)));
    }
}
