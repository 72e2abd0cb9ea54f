namespace Dragoman.Text.Languages;

/// <summary>What languages are called, in English and by their speakers.</summary>
internal static class LanguageNames
{
    private static readonly Dictionary<string, (string English, string Own)> Names = new(StringComparer.Ordinal)
    {
        ["am"] = ("Amharic", "አማርኛ"), ["ar"] = ("Arabic", "العربية"), ["az"] = ("Azerbaijani", "azərbaycanca"), ["be"] = ("Belarusian", "беларуская"),
        ["bg"] = ("Bulgarian", "български"), ["bn"] = ("Bengali", "বাংলা"), ["ca"] = ("Catalan", "català"), ["cs"] = ("Czech", "čeština"),
        ["da"] = ("Danish", "dansk"), ["de"] = ("German", "Deutsch"), ["el"] = ("Greek", "Ελληνικά"), ["en"] = ("English", "English"),
        ["es"] = ("Spanish", "español"), ["et"] = ("Estonian", "eesti"), ["fa"] = ("Persian", "فارسی"), ["fi"] = ("Finnish", "suomi"),
        ["fil"] = ("Filipino", "Filipino"), ["fr"] = ("French", "français"), ["ha"] = ("Hausa", "Hausa"), ["he"] = ("Hebrew", "עברית"),
        ["hi"] = ("Hindi", "हिन्दी"), ["hr"] = ("Croatian", "hrvatski"), ["hu"] = ("Hungarian", "magyar"), ["hy"] = ("Armenian", "հայերեն"),
        ["id"] = ("Indonesian", "Bahasa Indonesia"), ["it"] = ("Italian", "italiano"), ["ja"] = ("Japanese", "日本語"), ["ka"] = ("Georgian", "ქართული"),
        ["kk"] = ("Kazakh", "қазақ тілі"), ["km"] = ("Khmer", "ខ្មែរ"), ["ko"] = ("Korean", "한국어"), ["ky"] = ("Kyrgyz", "кыргызча"),
        ["lo"] = ("Lao", "ລາວ"), ["lt"] = ("Lithuanian", "lietuvių"), ["lv"] = ("Latvian", "latviešu"), ["mn"] = ("Mongolian", "монгол"),
        ["ms"] = ("Malay", "Bahasa Melayu"), ["my"] = ("Burmese", "မြန်မာ"), ["nl"] = ("Dutch", "Nederlands"), ["no"] = ("Norwegian", "norsk"),
        ["pl"] = ("Polish", "polski"), ["ps"] = ("Pashto", "پښتو"), ["pt"] = ("Portuguese", "português"), ["ro"] = ("Romanian", "română"),
        ["ru"] = ("Russian", "русский"), ["sk"] = ("Slovak", "slovenčina"), ["sl"] = ("Slovenian", "slovenščina"), ["so"] = ("Somali", "Soomaali"),
        ["sr"] = ("Serbian", "српски"), ["sv"] = ("Swedish", "svenska"), ["sw"] = ("Swahili", "Kiswahili"), ["ta"] = ("Tamil", "தமிழ்"),
        ["te"] = ("Telugu", "తెలుగు"), ["tg"] = ("Tajik", "тоҷикӣ"), ["th"] = ("Thai", "ไทย"), ["tk"] = ("Turkmen", "türkmençe"),
        ["tr"] = ("Turkish", "Türkçe"), ["tt"] = ("Tatar", "татарча"), ["ug"] = ("Uyghur", "ئۇيغۇرچە"), ["uk"] = ("Ukrainian", "українська"),
        ["ur"] = ("Urdu", "اردو"), ["uz"] = ("Uzbek", "oʻzbekcha"), ["vi"] = ("Vietnamese", "Tiếng Việt"), ["yo"] = ("Yoruba", "Yorùbá"),
        ["zh"] = ("Chinese", "中文"), ["zh-Hans"] = ("Chinese (simplified)", "简体中文"), ["zh-Hant"] = ("Chinese (traditional)", "繁體中文"),
        [LanguageTag.Undetermined] = ("Undetermined", "—"),
    };

    /// <summary>Languages with names, by tag.</summary>
    internal static IEnumerable<string> Named => Names.Keys;

    internal static (string English, string Own)? Of(string tag) => Names.TryGetValue(tag, out var names) ? names : null;
}
