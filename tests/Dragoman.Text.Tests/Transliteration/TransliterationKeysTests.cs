using System.Globalization;
using Dragoman.Text.Transliteration;

namespace Dragoman.Text.Tests.Transliteration;

public class TransliterationKeysTests
{
    // Examples of the standards where these differ from them by diacritics only.
    [Theory]
    [InlineData("щербаков", "ru", "shcherbakov")]
    [InlineData("южно", "ru", "yuzhno")]
    [InlineData("объезд", "ru", "obezd")]
    [InlineData("гагарін", "uk", "haharin")]
    [InlineData("гагарин", "ru", "gagarin")]
    [InlineData("пловдив", "bg", "plovdiv")]
    [InlineData("щъркел", "bg", "shtarkel")]
    [InlineData("қазақстан", "kk", "kazakstan")]
    [InlineData("шымкент", "kk", "shymkent")]
    [InlineData("өскемен", "kk", "oskemen")]
    [InlineData("бишкек", "ky", "bishkek")]
    [InlineData("җәлил", "tt", "jalil")]
    [InlineData("дархан", "mn", "darkhan")]
    [InlineData("љубљана", "sr", "lyublyana")]
    [InlineData("αθηνα", "el", "athina")]
    [InlineData("μπραουν", "el", "braoun")]
    [InlineData("Τέσλα", "el", "tesla")]
    [InlineData("واشنطن", "ar", "washntn")]
    [InlineData("تهران", "fa", "thran")]
    [InlineData("ירושלים", "he", "yrwshlym")]
    [InlineData("दिल्ली", "hi", "dilli")]
    [InlineData("लखनऊ", "hi", "lakhanau")]
    [InlineData("কলকাতা", "bn", "kalakata")]
    [InlineData("トヨタ", "ja", "toyota")]
    [InlineData("ファッション", "ja", "fashon")]
    [InlineData("ｼﾞｬｶﾙﾀ", "ja", "jakaruta")]
    [InlineData("ウィキペディア", "ja", "wikipedia")]
    [InlineData("とうきょう", "ja", "toukyou")]
    [InlineData("서울", "ko", "seoul")]
    [InlineData("부산", "ko", "busan")]
    [InlineData("대한민국", "ko", "daehanminguk")]
    [InlineData("울릉", "ko", "ulleung")]
    [InlineData("설악", "ko", "seorak")]
    [InlineData("երևան", "hy", "erevan")]
    [InlineData("თბილისი", "ka", "tbilisi")]
    [InlineData("Łódź", "pl", "lodz")]
    [InlineData("straße", "de", "strasse")]
    [InlineData("İZMİR", "tr", "izmir")]
    [InlineData("ｔｅｓｌａ", "en", "tesla")]
    [InlineData("१९४५", "hi", "1945")]
    [InlineData("１９４５", "zh", "1945")]
    [InlineData("۱۹۴۵", "fa", "1945")]
    public void Romanise_ExampleOfAScript_IsWrittenInAscii(string term, string language, string latin) => TransliterationKeys.Romanise(term, language).ShouldBe(latin);

    [Theory]
    [InlineData("上海", "zh")]
    [InlineData("กรุงเทพ", "th")]
    [InlineData("トヨ", "ja")]
    [InlineData("", "en")]
    [InlineData("'", "en")]
    [InlineData("a\uD83D", "en")]
    [InlineData("\uFFFF", "en")]
    [InlineData("😀", "und")]
    public void Of_WhatCannotBeRead_HasNoKeys(string term, string language)
    {
        TransliterationKeys.Of(term, language).ShouldBe(TransliterationKeys.None);
        TransliterationKeys.None.SoundsLike(TransliterationKeys.None).ShouldBeFalse();
    }

    // Pairs as stems: that is what terms are.
    [Theory]
    [InlineData("tesla", "en", "тесл", "ru")]
    [InlineData("luther", "en", "лютер", "ru", false)]
    [InlineData("normandi", "en", "норманд", "ru")]
    [InlineData("washington", "en", "вашингтон", "ru")]
    [InlineData("victoria", "en", "виктор", "ru")]
    [InlineData("newcastl", "en", "ньюкасл", "ru", false)]
    [InlineData("kharkov", "en", "харьков", "ru")]
    [InlineData("харків", "uk", "kharkiv", "en")]
    [InlineData("tesla", "en", "τεσλα", "el")]
    [InlineData("britain", "en", "بريطانيا", "ar")]
    [InlineData("shakespear", "en", "شكسبير", "ar")]
    [InlineData("тегеран", "ru", "tegeran", "en")]
    [InlineData("warsaw", "en", "وارسو", "ar")]
    [InlineData("шекспир", "ru", "شكسبير", "ar")]
    [InlineData("washington", "en", "वाशिंगटन", "hi")]
    [InlineData("luther", "en", "लूथर", "hi")]
    [InlineData("mikroskop", "de", "microscop", "en")]
    [InlineData("1945", "en", "१९४५", "hi")]
    [InlineData("toyota", "en", "トヨタ", "ja")]
    [InlineData("busan", "en", "부산", "ko")]
    [InlineData("tesla", "en", "тула", "ru", false)]
    [InlineData("on", "en", "он", "ru", false)]
    [InlineData("1945", "en", "१९४६", "hi", false)]
    public void SoundsLike_TermsOfTwoScripts_AsExpected(string term, string language, string other, string otherLanguage, bool expected = true)
    {
        var (one, two) = (TransliterationKeys.Of(term, language), TransliterationKeys.Of(other, otherLanguage));

        one.SoundsLike(two).ShouldBe(expected, $"{one} {two}");
        two.SoundsLike(one).ShouldBe(expected);
    }

    [Fact]
    public void Of_AnyString_NeverThrowsAndFoldsOnce()
    {
        var random = new Random(17);
        string[] languages = ["en", "ru", "uk", "el", "ar", "hi", "ja", "ko", "und", "", "x-bad-tag-that-is-long"];
        (int First, int Last)[] ranges = [(0, 0x7F), (0x80, 0x24F), (0x370, 0x3FF), (0x400, 0x52F), (0x530, 0x6FF), (0x900, 0xD7F), (0x10A0, 0x10FF), (0x1F00, 0x1FFF), (0x3040, 0x30FF), (0xAC00, 0xD7A3), (0xD800, 0xDFFF), (0xF900, 0xFFFF), (0, 0xFFFF)];
        var read = 0;
        for (var trial = 0; trial < 10_000; trial++)
        {
            var (first, last) = ranges[random.Next(ranges.Length)];
            var term = string.Create(random.Next(12), (random, first, last), static (span, state) =>
            {
                for (var i = 0; i < span.Length; i++) span[i] = (char)state.random.Next(state.first, state.last + 1);
            });
            var language = languages[random.Next(languages.Length)];

            var keys = TransliterationKeys.Of(term, language);

            keys.Sounds.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)).ShouldBeTrue(keys.Sounds);
            keys.Consonants.All(char.IsAsciiLetterLower).ShouldBeTrue(keys.Consonants);
            if (keys.Sounds.Length == 0) continue;
            read++;
            TransliterationKeys.Of(keys.Sounds, "en").Sounds.ShouldBe(keys.Sounds, string.Join(' ', term.Select(letter => ((int)letter).ToString("x4", CultureInfo.InvariantCulture))));
            keys.SoundsLike(keys).ShouldBeTrue();
        }
        read.ShouldBeGreaterThan(1000);
    }
}
