using System.Collections.Frozen;
using System.Text;

namespace Dragoman.Text.Transliteration;

/// <summary>Kana in Latin letters after the Hepburn system (ANSI Z39.11-1972); long vowels and doubled consonants are written once.</summary>
internal static class KanaLetters
{
    private const char Geminate = 'ッ', LongVowel = 'ー';

    private static readonly FrozenDictionary<char, string> Syllables = (
        "ア=a イ=i ウ=u エ=e オ=o カ=ka キ=ki ク=ku ケ=ke コ=ko ガ=ga ギ=gi グ=gu ゲ=ge ゴ=go サ=sa シ=shi ス=su セ=se ソ=so ザ=za ジ=ji ズ=zu ゼ=ze ゾ=zo タ=ta チ=chi ツ=tsu テ=te ト=to ダ=da ヂ=ji ヅ=zu デ=de ド=do "
        + "ナ=na ニ=ni ヌ=nu ネ=ne ノ=no ハ=ha ヒ=hi フ=fu ヘ=he ホ=ho バ=ba ビ=bi ブ=bu ベ=be ボ=bo パ=pa ピ=pi プ=pu ペ=pe ポ=po マ=ma ミ=mi ム=mu メ=me モ=mo ヤ=ya ユ=yu ヨ=yo "
        + "ラ=ra リ=ri ル=ru レ=re ロ=ro ワ=wa ヰ=i ヱ=e ヲ=o ン=n ヴ=vu ァ=a ィ=i ゥ=u ェ=e ォ=o ャ=ya ュ=yu ョ=yo ヮ=wa ヵ=ka ヶ=ke")
        .Split(' ').Select(pair => pair.Split('=')).ToFrozenDictionary(pair => pair[0][0], pair => pair[1]);

    /// <summary>Whether a character is kana or the sign of a long vowel.</summary>
    internal static bool Has(char letter) => Katakana(letter) is var kana && (kana is Geminate or LongVowel || Syllables.ContainsKey(kana));

    /// <summary>Reads a kana with what modifies it.</summary>
    /// <param name="text">The word.</param>
    /// <param name="position">Where it stands; receives the place after it.</param>
    /// <param name="latin">Receives its Latin letters.</param>
    internal static void Read(string text, ref int position, StringBuilder latin)
    {
        var kana = Katakana(text[position++]);
        if (kana is LongVowel or Geminate) return;
        var syllable = Syllables[kana];
        var small = position < text.Length ? Katakana(text[position]) : '\0';
        if (small is 'ャ' or 'ュ' or 'ョ' && syllable.Length > 1 && syllable[^1] is 'i' or 'e')
        {
            var stem = syllable[..^1];
            syllable = stem + (stem is "sh" or "ch" or "j" ? Syllables[small][1..] : Syllables[small]);
            position++;
        }
        else if (small is 'ァ' or 'ィ' or 'ゥ' or 'ェ' or 'ォ' && kana != 'ン')
        {
            syllable = (syllable == "u" ? "w" : syllable[..^1]) + Syllables[small];
            position++;
        }
        latin.Append(syllable);
    }

    private static char Katakana(char letter) => letter is >= 'ぁ' and <= 'ゖ' ? (char)(letter + ('ァ' - 'ぁ')) : letter;
}
