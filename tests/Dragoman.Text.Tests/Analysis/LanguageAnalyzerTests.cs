using System.Globalization;
using Dragoman.Collections.Errors;
using Dragoman.Text.Analysis;

namespace Dragoman.Text.Tests.Analysis;

public sealed class LanguageAnalyzerTests
{
    private static readonly string[] Texts =
    [
        "", " ", "\uD800", "a\uDC00b", "\uFFFE\uFFFF", "Straße ﬁne ½ №1", "İSTANBUL'un ışıkları", "Ὀδυσσεύς ΟΔΟΣ", "كِتَابٌ ـــ مَدْرَسَةٌ", "كتاب‌ها می‌رود", "किताबें ज़रूर", "漢語和汉语 2024年", "ภาษาไทยน้ำ", "ປະເທດລາວ", "ភាសាខ្មែរ", "မြန်မာ",
        "한국어를 カタカナ ﾊﾝｶｸ", "Қазақстанның Qazaqstannyñ قازاقستان", "don't rock'n'roll ''", "o‘zbek g'oya ʼ", "м'яч об’єкт", "a\u202Eb\u200D\u200C", "👩‍👩‍👧 e\u0301\u0301", "١٢٣ ४५ ９", "Ǆ ǅ ﬀ ŉ", "\0\u0001",
    ];

    public static TheoryData<string> Names => [.. Analyzers.Names];

    [Theory]
    [InlineData("de", "Die Straßen der großen Städte", "strass gross stadt")]
    [InlineData("el", "Οι δρόμοι της Αθήνας· ο ΔΡΌΜΟΣ", "δρομ αθην δρομ")]
    [InlineData("en", "The translators’ letters weren't translated", "translat letter weren't translat")]
    [InlineData("es", "Las traducciones de las canciones", "traduccion cancion")]
    [InlineData("fr", "L’élève traduisait des lettres", "elev traduis lettr")]
    [InlineData("he", "שָׁלוֹם", "שלום")]
    [InlineData("hi", "किताबों में ज़मीन", "किताब जमीन")]
    [InlineData("ro", "Știrile şi ştirile", "știr știr")]
    [InlineData("ru", "Ёлки и ёлка Windows", "елк елк window")]
    [InlineData("sr", "Љубав и ljubav", "ljubav i ljubav")]
    [InlineData("tr", "İstanbul'un IŞIKLARI kitaplarımızdan", "istanbul ışık kitap")]
    [InlineData("tr", "(ları) lerine", "ları lerine")]
    [InlineData("uk", "М’яч на полі, м'ячі в полях", "мяч пол мяч пол")]
    [InlineData("uz", "O‘zbekiston oʻzbekistonda Ўзбекистонда", "o'zbekiston o'zbekiston o'zbekiston")]
    [InlineData("ar", "الكِتــاب والمدرسة كتاب", "كتاب مدرس كتاب")]
    [InlineData("fa", "كتاب‌هاي کتاب", "کتاب کتاب")]
    [InlineData("zh", "漢語 汉", "汉 汉语 语 汉")]
    [InlineData("zh/pairs", "漢語詞典", "汉语 语词 词典")]
    [InlineData("zh/pairs/unfolded", "漢語", "漢語")]
    [InlineData("ja", "辞書 ｶﾞｽ", "辞 辞書 書 ガ ガス ス")]
    [InlineData("ko", "역관은", "역관 관은")]
    [InlineData("th", "ผู้แปล", "ผู้แ แป ปล")]
    [InlineData("az", "Işıq İşi", "ışıq işi")]
    [InlineData("ar/unstemmed", "عام ٢٠٢٤ و۲۰۲۴", "عام 2024 و2024")]
    public void Analyze_RealWords_GivesTheirTerms(string name, string text, string expected) => Terms(name, text).ShouldBe(expected);

    [Fact]
    public void Analyze_ThaiByDictionary_GivesWords() => Terms("th/dictionary/unstopped", "ภาษาไทย").ShouldBe("ภาษา ไทย");

    [Theory, MemberData(nameof(Names))]
    public void Explain_AnyText_GivesTheTermsOfAnalyzeAtPlacesInTheText(string name)
    {
        var analyzer = Analyzers.Named(name);
        foreach (var text in Texts.Concat(RandomTexts(300)))
        {
            var terms = new List<string>();
            analyzer.Analyze(text, "und", terms);
            var analysis = analyzer.Explain(text, "und");
            analysis.Terms.ShouldBe(terms);
            terms.ShouldAllBe(term => term.Length > 0);
            foreach (var word in analysis.Words) text[word.Start..word.End].ShouldBe(word.Source);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Explain_FoldedText_FoldsToItself(string name)
    {
        var analyzer = Analyzers.Named(name);
        foreach (var text in Texts) analyzer.Explain(analyzer.Explain(text, "und").Folded, "und").Folded.ShouldBe(analyzer.Explain(text, "und").Folded);
    }

    [Theory, MemberData(nameof(Names))]
    public void Analyze_OtherCulture_GivesTheSameTerms(string name)
    {
        var before = CultureInfo.CurrentCulture;
        var expected = Texts.Select(text => Terms(name, text)).ToList();
        try
        {
            foreach (var culture in (string[])["tr-TR", "lt-LT", "ar-SA"])
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                Texts.Select(text => Terms(name, text)).ShouldBe(expected);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Named_Identity_GivesTheSameAnalyzer(string name) => Analyzers.Named(Analyzers.Named(name).Identity).Identity.ShouldBe(Analyzers.Named(name).Identity);

    [Theory]
    [InlineData("kk", "kk-v1")]
    [InlineData("kk/stopped/unstemmed", "kk-v1/unstemmed/stopped")]
    [InlineData("ja/characters+pairs", "ja-v1/characters+pairs")]
    [InlineData("ja-v1/characters+pairs", "ja-v1/characters+pairs")]
    [InlineData("plain", "plain-v1")]
    public void Named_Variants_StandInTheIdentity(string name, string identity) => Analyzers.Named(name).Identity.ShouldBe(identity);

    [Fact]
    public void Named_DataOfAnotherMachine_IsRefused()
    {
        Analyzers.Named("zh").Identity.ShouldStartWith("zh-v1+han.");
        Should.Throw<ConfigurationException>(() => Analyzers.Named("zh-v1+han.00000000")).Message.ShouldContain(Analyzers.Named("zh").Identity);
    }

    [Theory]
    [InlineData("kk/stemmed", "'stemmed' is not a variant")]
    [InlineData("kk/pairs/dictionary", "exclude each other")]
    [InlineData("plain/pairs", "plain has no variants")]
    [InlineData("kk-v7", "this version of Dragoman on this machine has kk-v1")]
    [InlineData("", "is not an analyzer")]
    [InlineData("kk/", "'' is not a variant")]
    public void Named_Wrong_SaysWhatToUse(string name, string problem) => Should.Throw<ConfigurationException>(() => Analyzers.Named(name)).Message.ShouldContain(problem);

    [Theory]
    [InlineData("kk-Latn", "kk-v1")]
    [InlineData("zh-Hant-TW", "zh-v1")]
    [InlineData("sw", "multilingual-v1")]
    [InlineData("und", "multilingual-v1")]
    public void ForLanguage_Tag_GivesItsAnalyzer(string tag, string identity) => Analyzers.ForLanguage(tag).Identity.ShouldStartWith(identity);

    [Fact]
    public void PerLanguage_EachText_GoesThroughItsLanguage()
    {
        var analyzer = (PerLanguageAnalyzer)Analyzers.Named("per-language");
        analyzer.Explain("letters", "en").Analyzer.ShouldBe("en-v1");
        analyzer.Explain("хаттар", "kk-Cyrl").Terms.ShouldBe(["хат"]);
        analyzer.Explain("Letters", "und").Terms.ShouldBe(["letters"]);
        analyzer.Explain("Letters", "not a tag").Terms.ShouldBe(["letters"]);
        analyzer.Identity.ShouldStartWith("per-language-v1+han.");
    }

    private static string Terms(string analyzer, string text)
    {
        var terms = new List<string>();
        Analyzers.Named(analyzer).Analyze(text, "und", terms);
        return string.Join(' ', terms);
    }

    /// <summary>UTF-16 units of all kinds, lone surrogates included.</summary>
    private static IEnumerable<string> RandomTexts(int count)
    {
        var random = new Random(7);
        (int From, int To)[] ranges = [(0, 0x80), (0x80, 0x600), (0x600, 0xE80), (0x1780, 0x1800), (0x3040, 0x3100), (0x4E00, 0xA000), (0xD800, 0xE000), (0xFB00, 0x10000)];
        for (var i = 0; i < count; i++)
            yield return new string([.. Enumerable.Range(0, random.Next(24)).Select(_ => ranges[random.Next(ranges.Length)]).Select(range => (char)random.Next(range.From, range.To))]);
    }
}
