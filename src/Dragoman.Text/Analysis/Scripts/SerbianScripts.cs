using System.Text;

namespace Dragoman.Text.Analysis.Scripts;

/// <summary>Writes Serbian in Latin letters.</summary>
internal sealed class SerbianScripts : IScriptFolding
{
    internal static readonly SerbianScripts Instance = new();

    private SerbianScripts()
    {
    }

    /// <inheritdoc/>
    public bool IsOtherScript(ReadOnlySpan<char> folded, string language) => false;

    /// <inheritdoc/>
    public string Respell(string word, bool otherScript)
    {
        if (!word.AsSpan().ContainsAnyInRange('\u0400', '\u04FF')) return word;
        var latin = new StringBuilder(word.Length + 4);
        foreach (var letter in word) latin.Append(Latin(letter));
        return latin.ToString();
    }

    private static string Latin(char cyrillic) => cyrillic switch
    {
        'а' => "a", 'б' => "b", 'в' => "v", 'г' => "g", 'д' => "d", 'ђ' => "đ", 'е' => "e", 'ж' => "ž", 'з' => "z", 'и' => "i", 'ј' => "j", 'к' => "k", 'л' => "l", 'љ' => "lj", 'м' => "m",
        'н' => "n", 'њ' => "nj", 'о' => "o", 'п' => "p", 'р' => "r", 'с' => "s", 'т' => "t", 'ћ' => "ć", 'у' => "u", 'ф' => "f", 'х' => "h", 'ц' => "c", 'ч' => "č", 'џ' => "dž", 'ш' => "š",
        _ => cyrillic.ToString(),
    };
}
