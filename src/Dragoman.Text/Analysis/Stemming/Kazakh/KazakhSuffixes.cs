namespace Dragoman.Text.Analysis.Stemming.Kazakh;

/// <summary>The suffixes of Kazakh by the slot they take, written with changing letters and spelled out by the rules of harmony and assimilation.</summary>
/// <remarks>
/// In patterns, A is а or е, Y is ы or і. A first letter is one of: L (plural: л, д, т), N (genitive: н, д, т), C (accusative: н, д, т), D (locative, past: д, т), G (dative, participles: ғ, г,
/// қ, к), B (ablative: н, д, т), M (instrumental and persons: м, б, п), P (negation: м, б, п). A hyphen stands before what follows a consonant, an apostrophe before what follows a vowel.
/// </remarks>
internal static class KazakhSuffixes
{
    /// <summary>Spells patterns out, the longest form first.</summary>
    internal static KazakhSuffix[] Of(string patterns) =>
        [.. patterns.Split(' ').SelectMany(Forms).OrderByDescending(suffix => suffix.Text.Length)];

    private static IEnumerable<KazakhSuffix> Forms(string pattern)
    {
        foreach (var (first, follows) in Firsts(pattern[0]))
        {
            var rest = first + pattern[1..];
            if (!rest.Contains('A', StringComparison.Ordinal) && !rest.Contains('Y', StringComparison.Ordinal) && !rest.Contains('K', StringComparison.Ordinal))
            {
                yield return new KazakhSuffix(rest, null, follows);
                continue;
            }
            yield return new KazakhSuffix(rest.Replace('A', 'а').Replace('Y', 'ы').Replace('K', 'қ').Replace('g', 'ғ'), true, follows);
            yield return new KazakhSuffix(rest.Replace('A', 'е').Replace('Y', 'і').Replace('K', 'к').Replace('g', 'г').Replace('ғ', 'г').Replace('қ', 'к'), false, follows);
        }
    }

    private static IEnumerable<(string First, Func<char, bool> Follows)> Firsts(char first) => first switch
    {
        'L' => [("л", c => KazakhSounds.IsFull(c) || KazakhSounds.IsGlide(c) || c == 'р'), ("д", c => "зжмнңл".Contains(c, StringComparison.Ordinal)), ("т", KazakhSounds.IsVoiceless)],
        'N' => [("н", c => KazakhSounds.IsFull(c) || KazakhSounds.IsNasal(c)), ("д", c => IsVoiced(c) && !KazakhSounds.IsNasal(c)), ("т", KazakhSounds.IsVoiceless)],
        'C' => [("н", KazakhSounds.IsFull), ("д", IsVoiced), ("т", KazakhSounds.IsVoiceless)],
        'D' => [("д", c => !KazakhSounds.IsVoiceless(c)), ("т", KazakhSounds.IsVoiceless)],
        'G' => [("ғ", c => !KazakhSounds.IsVoiceless(c)), ("қ", KazakhSounds.IsVoiceless)],
        'B' => [("н", KazakhSounds.IsNasal), ("д", c => !KazakhSounds.IsVoiceless(c) && !KazakhSounds.IsNasal(c)), ("т", KazakhSounds.IsVoiceless)],
        'M' => [("м", c => !KazakhSounds.IsVoiceless(c) && c is not ('з' or 'ж')), ("б", c => c is 'з' or 'ж'), ("п", KazakhSounds.IsVoiceless)],
        'P' => [("м", c => !KazakhSounds.IsVoiceless(c) && !KazakhSounds.IsNasal(c) && c is not ('з' or 'ж')), ("б", c => KazakhSounds.IsNasal(c) || c is 'з' or 'ж'), ("п", KazakhSounds.IsVoiceless)],
        '-' => [("", c => !KazakhSounds.IsFull(c))],
        '\'' => [("", KazakhSounds.IsFull)],
        _ => [(first.ToString(), _ => true)],
    };

    private static bool IsVoiced(char letter) => !KazakhSounds.IsVoiceless(letter) && !KazakhSounds.IsFull(letter);
}
