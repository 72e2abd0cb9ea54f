using Dragoman.Text.Languages;

namespace Dragoman.Server;

/// <summary>The direction a language is written in, as HTML's <c>dir</c> attribute names it.</summary>
internal static class TextDirection
{
    /// <summary><c>rtl</c> or <c>ltr</c>; <c>auto</c>, which is by the first letter, when the language is not known.</summary>
    internal static string Of(string tag)
    {
        if (!LanguageTag.TryParse(tag, out var language, out _) || (language.Language == LanguageTag.Undetermined && language.Script is null)) return "auto";
        return language.Direction == WritingDirection.RightToLeft ? "rtl" : "ltr";
    }
}
