using System.Collections.Frozen;
using Dragoman.Text.Analysis.Folding;
using Dragoman.Text.Analysis.Scripts;
using Dragoman.Text.Analysis.Segmentation;
using Dragoman.Text.Analysis.Stemming;
using Dragoman.Text.Analysis.Stemming.Kazakh;

namespace Dragoman.Text.Analysis;

/// <summary>The rules of every language that has some. What was measured and chosen is in <c>reproductions/analyzers</c>.</summary>
internal static class LanguageTable
{
    private static readonly FrozenDictionary<string, LanguageRules> ByLanguage = Rules().ToFrozenDictionary(rules => rules.Language, StringComparer.Ordinal);

    /// <summary>All rules.</summary>
    internal static IEnumerable<LanguageRules> All => ByLanguage.Values;

    /// <summary>The rules of a language; null when it has none.</summary>
    /// <param name="language">ISO 639 code.</param>
    internal static LanguageRules? Of(string language) => ByLanguage.GetValueOrDefault(language);

    private static IEnumerable<LanguageRules> Rules() => Stemmed().Concat(OtherScripts()).Concat(FoldedOnly());

    private static IEnumerable<LanguageRules> Stemmed() =>
    [
        new("de") { Stemmer = GermanStemmer.Instance },
        new("en") { Stemmer = EnglishStemmer.Instance, Joiners = "'" },
        new("es") { Stemmer = SpanishStemmer.Instance, Key = AccentFolding.Fold },
        new("fr") { Stemmer = FrenchStemmer.Instance, Key = AccentFolding.Fold },
        new("pt") { Stemmer = PortugueseStemmer.Instance, Key = AccentFolding.Fold },
        new("tr") { Letters = LanguageLetters.Turkic, Joiners = "'", Script = ApostropheSuffix.Instance, Stemmer = TurkishStemmer.Instance },
        OtherScript("kk") with { DropsStopWords = false, Letters = LetterFolding.Of(("ё", "ё")), Script = KazakhScripts.Instance, Stemmer = KazakhStemmer.Instance, Key = KazakhScripts.Key },
        OtherScript("ru") with { Letters = LanguageLetters.YoAsYe, Stemmer = RussianStemmer.Instance },
    ];

    private static IEnumerable<LanguageRules> OtherScripts() =>
    [
        OtherScript("ar") with { Stemmer = LightStemmers.Arabic, Letters = LanguageLetters.Arabic },
        OtherScript("be") with { Joiners = "'", Script = DroppedApostrophe.Instance },
        OtherScript("el") with { Stemmer = LightStemmers.Greek, Letters = LanguageLetters.Greek },
        OtherScript("fa") with { Stemmer = LightStemmers.Persian, Letters = LanguageLetters.Persian },
        OtherScript("he") with { Letters = LanguageLetters.Hebrew },
        OtherScript("hi") with { Stemmer = LightStemmers.Hindi, Letters = LanguageLetters.Hindi },
        OtherScript("hy"),
        OtherScript("ja") with { Unspaced = UnspacedText.CharactersAndPairs },
        OtherScript("km"),
        OtherScript("ko"),
        OtherScript("ky") with { Stemmer = LightStemmers.Kyrgyz, Letters = LanguageLetters.YoAsYe },
        OtherScript("lo"),
        OtherScript("my"),
        OtherScript("th"),
        OtherScript("tt") with { Stemmer = LightStemmers.Tatar, Letters = LanguageLetters.YoAsYe },
        OtherScript("uk") with { Stemmer = LightStemmers.Ukrainian, Joiners = "'", Script = DroppedApostrophe.Instance },
        OtherScript("ur") with { Letters = LanguageLetters.Urdu },
        OtherScript("zh") with { DropsStopWords = false, FoldsHan = true, Unspaced = UnspacedText.CharactersAndPairs },
    ];

    private static IEnumerable<LanguageRules> FoldedOnly() =>
    [
        new("az") { Stemmer = LightStemmers.Azerbaijani, Letters = LanguageLetters.Turkic, Joiners = "'", Script = ApostropheSuffix.Instance },
        new("ca") { Key = AccentFolding.Fold },
        new("it") { Stemmer = LightStemmers.Italian, Key = AccentFolding.Fold },
        new("ro") { Stemmer = LightStemmers.Romanian, Letters = LanguageLetters.Romanian },
        new("sr") { Script = SerbianScripts.Instance },
        new("uz") { Stemmer = LightStemmers.Uzbek, Joiners = "'", Script = UzbekScripts.Instance },
        new("da"), new("eu"), new("fi"), new("hu"), new("id") { Stemmer = LightStemmers.Indonesian }, new("lt"), new("nl"), new("no"), new("pl") { Stemmer = LightStemmers.Polish }, new("sv"), new("vi"),
    ];

    /// <summary>A language that is not written in Latin letters: such words in it are names and English.</summary>
    private static LanguageRules OtherScript(string language) => new(language) { LatinStemmer = EnglishStemmer.Instance };
}
