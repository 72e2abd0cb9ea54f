using System.Text;

namespace Dragoman.Text.Analysis.Scripts;

/// <summary>Writes Uzbek in the Latin alphabet of 1995, with oʻ and gʻ spelled with a straight apostrophe and no other apostrophe.</summary>
internal sealed class UzbekScripts : IScriptFolding
{
    internal static readonly UzbekScripts Instance = new();

    private const string Vowels = "аоуэеёюяўи";

    private UzbekScripts()
    {
    }

    /// <inheritdoc/>
    public bool IsOtherScript(ReadOnlySpan<char> folded, string language) => false;

    /// <inheritdoc/>
    public string Respell(string word, bool otherScript)
    {
        if (!word.AsSpan().ContainsAnyInRange('\u0400', '\u04FF') && !word.Contains('\'', StringComparison.Ordinal)) return word;
        var latin = new StringBuilder(word.Length + 4);
        for (var i = 0; i < word.Length; i++)
        {
            var before = i > 0 ? word[i - 1] : '\0';
            if (word[i] == '\'') latin.Append(before is 'o' or 'g' ? "'" : "");
            // е is ye at the start and after a vowel.
            else if (word[i] == 'е') latin.Append(i == 0 || Vowels.Contains(before, StringComparison.Ordinal) || before is 'ъ' or 'ь' ? "ye" : "e");
            else latin.Append(Latin(word[i]));
        }
        return latin.ToString();
    }

    private static string Latin(char cyrillic) => cyrillic switch
    {
        'а' => "a", 'б' => "b", 'в' => "v", 'г' => "g", 'ғ' => "g'", 'д' => "d", 'ё' => "yo", 'ж' => "j", 'з' => "z", 'и' => "i", 'й' => "y", 'к' => "k", 'қ' => "q", 'л' => "l", 'м' => "m",
        'н' => "n", 'о' => "o", 'п' => "p", 'р' => "r", 'с' => "s", 'т' => "t", 'у' => "u", 'ў' => "o'", 'ф' => "f", 'х' => "x", 'ҳ' => "h", 'ц' => "ts", 'ч' => "ch", 'ш' => "sh", 'щ' => "sh",
        'ы' => "i", 'э' => "e", 'ю' => "yu", 'я' => "ya", 'ъ' or 'ь' => "",
        _ => cyrillic.ToString(),
    };
}
