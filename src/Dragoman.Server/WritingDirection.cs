namespace Dragoman.Server;

/// <summary>The direction a language is written in, as HTML's <c>dir</c> attribute names it.</summary>
internal static class WritingDirection
{
    private static readonly HashSet<string> RightToLeftLanguages =
        ["ar", "arc", "ary", "arz", "azb", "bal", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "nqo", "pnb", "ps", "sd", "skr", "syr", "ug", "ur", "yi"];

    private static readonly HashSet<string> RightToLeftScripts = ["Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"];

    /// <summary><c>rtl</c> or <c>ltr</c> by the tag's script, else by its language; <c>auto</c> when the language is not known.</summary>
    internal static string Of(string tag)
    {
        var subtags = tag.Split('-');
        var script = subtags.Skip(1).FirstOrDefault(subtag => subtag.Length == 4 && char.IsAsciiLetter(subtag[0]));
        if (script is not null) return RightToLeftScripts.Contains(script) ? "rtl" : "ltr";
        return subtags[0] == "und" ? "auto" : RightToLeftLanguages.Contains(subtags[0]) ? "rtl" : "ltr";
    }
}
