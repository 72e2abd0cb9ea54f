using Dragoman.Collections.Errors;
using Dragoman.Text.Languages;
using Dragoman.Text.Languages.Identification;
using Dragoman.Text.Languages.Identification.Building;

namespace Dragoman.Text.Tests.Languages;

public sealed class LanguageIdentifierTests
{
    private static readonly LanguageIdentifier Shipped = LanguageIdentifier.Shipped;

    [Theory]
    [InlineData("ar", "كانت القوافل تحمل الحرير والشاي عبر الصحراء")]
    [InlineData("az", "Karvanlar ipəyi və çayı səhradan keçirirdi")]
    [InlineData("de", "Die Karawanen brachten Seide und Tee durch die Wüste")]
    [InlineData("el", "Τα καραβάνια μετέφεραν μετάξι και τσάι")]
    [InlineData("en", "The caravans carried silk and tea across the desert")]
    [InlineData("es", "Las caravanas llevaban seda y té por el desierto")]
    [InlineData("fa", "کاروان‌ها ابریشم و چای را از بیابان می‌بردند")]
    [InlineData("fr", "Les caravanes transportaient la soie et le thé à travers le désert")]
    [InlineData("he", "השיירות נשאו משי ותה דרך המדבר")]
    [InlineData("hi", "कारवां रेगिस्तान के पार रेशम और चाय ले जाते थे")]
    [InlineData("id", "Kafilah membawa sutra dan teh melintasi gurun pasir")]
    [InlineData("it", "Le carovane portavano seta e tè attraverso il deserto")]
    [InlineData("ja", "隊商は絹と茶を砂漠の向こうへ運んだ")]
    [InlineData("kk", "Керуендер жібек пен шайды шөл арқылы тасымалдады")]
    [InlineData("kk-Latn", "Keruender jıbek pen şaidy şöl arqyly tasymaldady")]
    [InlineData("kk-Arab", "كەرۋەندەر جىبەك پەن شايدى ءشول ارقىلى تاسىمالدادى")]
    [InlineData("ko", "대상들은 비단과 차를 사막 너머로 날랐다")]
    [InlineData("ky", "Кербендер жибек менен чайды чөл аркылуу ташышкан")]
    [InlineData("mn", "Жингийн цуваа торго, цайг цөлөөр тээвэрлэдэг байв")]
    [InlineData("nl", "De karavanen brachten zijde en thee door de woestijn")]
    [InlineData("pl", "Karawany przewoziły jedwab i herbatę przez pustynię")]
    [InlineData("pt", "As caravanas levavam seda e chá através do deserto")]
    [InlineData("ro", "Caravanele transportau mătase și ceai prin deșert")]
    [InlineData("ru", "Караваны везли шёлк и чай через пустыню")]
    [InlineData("th", "กองคาราวานขนผ้าไหมและชาข้ามทะเลทราย")]
    [InlineData("tr", "Kervanlar ipeği ve çayı çölün ötesine taşıyordu")]
    [InlineData("tt", "Кәрваннар ефәк һәм чәйне чүл аша ташыган")]
    [InlineData("ug", "كارۋانلار يىپەك ۋە چاينى چۆلدىن ئۆتكۈزەتتى")]
    [InlineData("uk", "Каравани перевозили шовк та чай, і люди чекали на них у місті")]
    [InlineData("uz", "Karvonlar ipak va choyni choʻl orqali olib oʻtgan")]
    [InlineData("vi", "Những đoàn lữ hành chở tơ lụa và trà qua sa mạc")]
    [InlineData("zh", "商队把丝绸和茶叶运过沙漠")]
    [InlineData("zh-Hant", "商隊把絲綢和茶葉運過沙漠")]
    [InlineData("ka", "ქარავნები აბრეშუმს უდაბნოში ატარებდნენ")]
    public void Identify_SentenceOfOurOwn_NamesItsLanguage(string language, string text)
    {
        var answer = Shipped.Identify(text);
        answer.Language.ShouldBe(language);
        answer.Probability.ShouldBeGreaterThan(0.6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \t")]
    [InlineData("2026-11-22, 12:45 — 100 %")]
    [InlineData("😀🎉")]
    [InlineData("ⰰⰱⰲⰳ")]                                              // Glagolitic: letters, but of no language here
    [InlineData("Minä haluaisin kupin kahvia, kiitos, ja pullan myös")]
    [InlineData("Szeretnék egy csésze kávét kérni, köszönöm szépen")]
    public void Identify_NoneOfTheLanguages_IsUndetermined(string text) => Shipped.Identify(text).Language.ShouldBe(LanguageTag.Undetermined);

    [Theory]
    [InlineData("Firefox は素晴らしい", "ja")]
    [InlineData("где скачать Firefox", "ru")]
    [InlineData("iPhone 手机壳", "zh")]
    public void Identify_ProductNameInOtherScript_DoesNotDecide(string text, string language) => Shipped.Identify(text).Language.ShouldBe(language);

    [Fact]
    public void Score_AnyText_IsADistribution()
    {
        var probabilities = new double[Shipped.Languages.Count];
        foreach (var text in new[] { "", "a", "түйе camel 骆驼 قافلة", "\uD83D", "x\uDC00y", "e\u0301te\u0301", new string('я', 100_000), "ｆｕｌｌ　ｗｉｄｔｈ", "\0\u0001", "ไทย English" })
        {
            Shipped.Score(text, probabilities);
            probabilities.Sum().ShouldBe(1, 1e-6);
            probabilities.ShouldAllBe(probability => probability >= 0 && probability <= 1 + 1e-9);
        }
    }

    [Fact]
    public void Score_WrongRoom_IsRefused() => Should.Throw<ArgumentException>(() => Shipped.Score("text", new double[3])).Message.ShouldContain("got room for 3");

    [Fact]
    public void Identify_DecomposedText_IsTheSameAsComposed() =>
        Shipped.Identify("Những đoàn lữ hành".Normalize(System.Text.NormalizationForm.FormD)).ShouldBe(Shipped.Identify("Những đoàn lữ hành"));

    [Fact]
    public void Identify_UpperCase_IsTheSameAsLowerCase() => Shipped.Identify("КЕРУЕН ЖОЛЫ").ShouldBe(Shipped.Identify("керуен жолы"));

    [Fact]
    public void Identify_PriorForOne_TurnsAnUndecidedText()
    {
        const string Text = "президент";                              // Russian, Kyrgyz, Kazakh, Tatar alike
        var before = Shipped.Rank(Text, 10).Single(entry => entry.Language == "kk").Probability;
        var after = Shipped.Identify(Text, LanguagePriors.Of([KeyValuePair.Create("kk", 1000.0)]));
        after.Language.ShouldBe("kk");
        after.Probability.ShouldBeGreaterThan(before);
    }

    [Fact]
    public void Identify_Among_NamesNoOther()
    {
        var priors = LanguagePriors.Among(["kk", "ky"]);
        Shipped.Rank("президент", 50, priors).ShouldAllBe(entry => entry.Language == "kk" || entry.Language == "ky" || entry.Language.StartsWith("kk-", StringComparison.Ordinal) || entry.Language == LanguageTag.Undetermined);
        Shipped.Identify("Die Karawanen brachten Seide und Tee", priors).Language.ShouldBe(LanguageTag.Undetermined);
        Shipped.Identify("대상들은 비단과 차를", priors).Language.ShouldBe(LanguageTag.Undetermined);
    }

    [Fact]
    public void Identify_WeightZero_ExcludesTheLanguage() =>
        Shipped.Identify("商隊把絲綢和茶葉運過沙漠", LanguagePriors.Of([KeyValuePair.Create("zh-Hant", 0.0)])).Language.ShouldNotBe("zh-Hant");

    [Theory]
    [InlineData("english", 1)]
    [InlineData("kk", -1)]
    [InlineData("kk", double.NaN)]
    public void Of_BadWeight_IsRefused(string tag, double weight) => Should.Throw<DragomanException>(() => LanguagePriors.Of([KeyValuePair.Create(tag, weight)]));

    [Fact]
    public void Rank_Text_IsOrderedAndLimited()
    {
        var ranked = Shipped.Rank("президент", 3);
        ranked.Count.ShouldBe(3);
        ranked.Select(entry => entry.Probability).ShouldBeInOrder(SortDirection.Descending);
        Shipped.Rank("президент", 0).ShouldHaveSingleItem().ShouldBe(ranked[0]);
    }

    [Fact]
    public void Identify_FromManyThreads_GivesTheSame()
    {
        string[] texts = ["Караваны везли шёлк", "Kervanlar ipeği", "كانت القوافل", "商队把丝绸", "Керуендер жібек"];
        var alone = texts.Select(text => Shipped.Identify(text)).ToArray();
        Parallel.For(0, 2000, i => Shipped.Identify(texts[i % texts.Length]).ShouldBe(alone[i % texts.Length]));
    }

    [Fact]
    public void Identify_ComposedText_AllocatesNothing()
    {
        var probabilities = new double[Shipped.Languages.Count];
        Shipped.Score("Караваны везли шёлк и чай", probabilities);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Shipped.Score("Караваны везли шёлк и чай", probabilities);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Shipped_Languages_AreThirtyOrMoreAndStartWithUnd()
    {
        Shipped.Languages[0].ShouldBe(LanguageTag.Undetermined);
        Shipped.Languages.Count.ShouldBeGreaterThan(31);
        Shipped.Languages.ShouldAllBe(tag => LanguageTag.Parse(tag).Value == tag);
    }

    [Fact]
    public void Load_DamagedOrOtherFile_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var bytes = new LanguageIdentifierBuilderSample().Bytes;
        Should.Throw<DataFormatException>(() => LanguageIdentifier.Load(folder.Write("text.bin", "not a model"))).Message.ShouldContain("this is not a language model of this version");
        Should.Throw<DataFormatException>(() => LanguageIdentifier.Load(folder.Write("short.bin", bytes[..(bytes.Length / 2)]))).Message.ShouldContain("the language model is damaged");
        Should.Throw<DragomanException>(() => LanguageIdentifier.Load(folder["none"])).Message.ShouldContain("does not exist");
        folder.Write("model/model.bin", bytes);
        LanguageIdentifier.Load(folder["model"]).Languages.ShouldContain("kk");
    }

    [Fact]
    public void Build_SameTexts_GivesTheSameBytesOnAnyThreads() => new LanguageIdentifierBuilderSample().Bytes.ShouldBe(new LanguageIdentifierBuilderSample(threads: 4).Bytes);

    [Fact]
    public void Build_TwoSmallLanguages_TellsThemApart()
    {
        var identifier = LanguageIdentifierBuilderSample.Builder().BuildIdentifier([]);
        identifier.Languages.Where(language => language is "kk" or "ru").Count().ShouldBe(2);
        identifier.Identify("түйелер мен аттар").Language.ShouldBe("kk");
        identifier.Identify("верблюды и лошади").Language.ShouldBe("ru");
    }

    [Theory]
    [InlineData(1, 2, 10, 0.01)]
    [InlineData(5, 4, 10, 0.01)]
    [InlineData(5, 2, 0, 0.01)]
    [InlineData(5, 2, 10, 0)]
    public void Options_OutOfRange_HaveAProblem(int order, int eastAsian, int ngrams, double noise) =>
        new LanguageIdentifierOptions { Order = order, EastAsianOrder = eastAsian, Ngrams = ngrams, Noise = noise }.Problems().ShouldHaveSingleItem();

    /// <summary>A model of two languages and a few sentences.</summary>
    private sealed class LanguageIdentifierBuilderSample(int threads = 1)
    {
        internal byte[] Bytes { get; } = Builder().Build([("kk", "түйе керуені"), ("ru", "караван верблюдов")], threads);

        internal static LanguageIdentifierBuilder Builder()
        {
            var builder = new LanguageIdentifierBuilder(new LanguageIdentifierOptions { Ngrams = 500 });
            foreach (var text in new[] { "Керуендер жібек пен шайды шөл арқылы тасымалдады", "Түйелер мен аттар жүк артқан", "Өзен көлге құяды, ал тау биік" }) builder.Add("kk", text);
            foreach (var text in new[] { "Караваны везли шёлк и чай через пустыню", "Верблюды и лошади несли груз", "Река впадает в озеро, а гора высока" }) builder.Add("ru", text);
            return builder;
        }
    }
}
