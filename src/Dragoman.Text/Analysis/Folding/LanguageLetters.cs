using System.Globalization;
using System.Text;

namespace Dragoman.Text.Analysis.Folding;

/// <summary>The letters that each language holds equal.</summary>
internal static class LanguageLetters
{
    internal static readonly LetterFolding
        Turkic = LetterFolding.Common.WithDotlessCapital(),
        YoAsYe = LetterFolding.Of(("ё", "е")),
        Romanian = LetterFolding.Of(("ş", "ș"), ("ţ", "ț")),
        Greek = LetterFolding.Of([.. GreekVowels()]),
        Arabic = LetterFolding.Of([.. Marks(0x0610, 0x061A), .. Marks(0x064B, 0x065F), ("\u0670", ""), ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"), ("ى", "ي"), ("ی", "ي"), ("ک", "ك"), ("ة", "ه"),
            ("ؤ", "و"), ("ئ", "ي")]),
        Persian = LetterFolding.Of([.. Marks(0x0610, 0x061A), .. Marks(0x064B, 0x065F), ("\u0670", ""), ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"), ("ى", "ی"), ("ي", "ی"), ("ك", "ک"), ("ة", "ه"),
            ("ۀ", "ه"), ("ؤ", "و"), ("ئ", "ی")]),
        Urdu = LetterFolding.Of([.. Marks(0x0610, 0x061A), .. Marks(0x064B, 0x065F), ("\u0670", ""), ("أ", "ا"), ("ٱ", "ا"), ("ى", "ی"), ("ي", "ی"), ("ك", "ک"), ("ه", "ہ"), ("ۂ", "ہ"), ("ؤ", "و")]),
        Hebrew = LetterFolding.Of([.. Marks(0x0591, 0x05BD), .. Marks(0x05BF, 0x05BF), .. Marks(0x05C1, 0x05C2), .. Marks(0x05C4, 0x05C5), .. Marks(0x05C7, 0x05C7)]),
        // The nukta, and chandrabindu for anusvara, which are written or left out at will.
        Hindi = LetterFolding.Of(("\u093C", ""), ("\u0901", "\u0902"));

    private static IEnumerable<(string From, string To)> Marks(int first, int last) => Enumerable.Range(first, last - first + 1).Select(code => (char.ConvertFromUtf32(code), ""));

    /// <summary>Vowels without accent, breathing and diaeresis.</summary>
    private static IEnumerable<(string From, string To)> GreekVowels()
    {
        foreach (var code in Enumerable.Range(0x0370, 0x90).Concat(Enumerable.Range(0x1F00, 0x100)))
        {
            var letter = ((char)code).ToString();
            if (char.IsSurrogate((char)code) || CharUnicodeInfo.GetUnicodeCategory((char)code) != UnicodeCategory.LowercaseLetter) continue;
            var bare = letter.Normalize(NormalizationForm.FormD)[..1];
            if (bare != letter) yield return (letter, bare);
        }
    }
}
