using System.Globalization;
using System.Text;

namespace Dragoman.Text.Analysis.Folding;

/// <summary>Letters without their accents, for the last step of an analyzer: é as e, ç as c.</summary>
internal static class AccentFolding
{
    /// <summary>Folds a term.</summary>
    internal static string Fold(string term)
    {
        if (Ascii.IsValid(term)) return term;
        var bare = new StringBuilder(term.Length);
        foreach (var letter in term.Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark) bare.Append(letter);
        return bare.ToString().Normalize(NormalizationForm.FormC);
    }
}
