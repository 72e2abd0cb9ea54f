namespace Dragoman.Text.Analysis.Stemming;

/// <summary>Light stemmers by list. Each was kept because it helped on development queries; figures are in <c>reproductions/analyzers</c>.</summary>
internal static class LightStemmers
{
    /// <summary>Arabic: light10 (Larkey, Ballesteros and Connell, 2007), over letters folded as in <see cref="Folding.LanguageLetters"/>.</summary>
    internal static readonly SlotStemmer Arabic = new(3, "ال وال بال كال فال لل و", ["ها ان ات ون ين يه ه ي"]);

    /// <summary>Persian, ours: plural, comparison, indefinite and possessive endings, and the prefix of verbs.</summary>
    internal static readonly SlotStemmer Persian = new(3, "می نمی", ["یم یت یش مان تان شان م ت ش", "ی یی", "های ها ان ات", "ترین تر"]);

    /// <summary>Hindi: the suffix list of Ramanathan and Rao (2003), with anusvara for chandrabindu.</summary>
    internal static readonly SlotStemmer Hindi = new(2,
        "ा ि ी ु ू े ो ें ों ां ुआं ुएं ुओं ाएं ाओं ियां ियों ाइयां ाइयों ताएं ताओं नाएं नाओं ता ती तीं ते ाता ाती ातीं ाते ना नी ने ाना ाने ूंगा ूंगी ाऊंगा ाऊंगी ेंगे ेंगी ाएंगे ाएंगी ोगे ोगी ाओगे ाओगी एगा एगी ाएगा ाएगी ाया ाए ाई ाईं िए ाओ ाइए कर ाकर ्");

    /// <summary>Modern Greek, ours: endings of nouns, adjectives and common verb forms, over letters without accents.</summary>
    internal static readonly SlotStemmer Greek = new(3,
        "ματοσ ματα ματων μα ιουσ ιων ιεσ ιου ιοσ ιοι ια ιο ιον ιασ ουσ οι οσ ου ον ο ων ω εσ ησ η ασ α ισ ι υσ υ εων εισ εωσ ε ην αν ουμε ετε ουν ουνε ει αμε ατε ονται ονταν εται ομαι ηκε ησε ησαν σαν σε ηθηκε ηθηκαν ομενοσ ομενη ομενο ομενα ομενων ομενεσ ομενησ ομενουσ ομενοι ησει ησουν ουσε ουσαν");

    /// <summary>Romanian, ours: articles, plural and case, and common verb endings.</summary>
    internal static readonly SlotStemmer Romanian = new(3,
        "ul ului ule ele elor ilor ile ii iile iilor ea ei ia iei lui le lor uri urile urilor u ua uă", "iune iuni ție ții ație ații ă a e i o ă î â at ată ate ați ează esc ește ești eau eam ea ind ând it ită ite iți ut ută ute uți are ere ire");

    /// <summary>Italian, ours: gender and number, after Savoy's light stemmer (2006).</summary>
    internal static readonly SlotStemmer Italian = new(3, "ia ie io ii he hi a e i o à è ì ò ù");

    /// <summary>Ukrainian, ours: endings of nouns, adjectives and common verb forms.</summary>
    internal static readonly SlotStemmer Ukrainian = new(3,
        "ся сь", "ами ями ого ього ому ьому ими іми ій ий ою ею єю ах ях ів їв ові еві єві ам ям ом ем єм им їм их іх ії ію ія у ю а я о е є и і ї ь й ти ть ють уть ать ять ить іть ла ло ли в ав ив ала али ало ила или ило ення ння енням нням ення ів ті ої");

    /// <summary>Polish, ours: endings of nouns, adjectives and common verb forms.</summary>
    internal static readonly SlotStemmer Polish = new(3,
        "owi ami iami ach iach om iom ego iego emu iemu ymi imi ych ich ej iej ą ią ę ię y i a ia e ie o u iu ów iów em iem ym im ować ać eć ić yć ąc ają uje ują ał ała ało ali ały ił iła iło ili iły anie ania aniu eniem anie enie enia eniu ość ości ością owany owana owane");

    /// <summary>Indonesian, ours: particles, possessives and -kan, -an, -i, with the prefixes di-, ke-, se- and the forms of me-, be- and pe-.</summary>
    internal static readonly SlotStemmer Indonesian = new(3, "di ke se meng meny men mem me ber be ter peng peny pen pem per pe", ["lah kah tah pun", "ku mu nya", "kan an i"]);

    /// <summary>Uzbek in Latin letters, ours: case, possessive and plural.</summary>
    internal static readonly SlotStemmer Uzbek = new(3, "ning ni ga ka qa da dan dagi", "im ing i si imiz ingiz miz ngiz m ng", "lar");

    /// <summary>Azerbaijani, ours: case, possessive and plural.</summary>
    internal static readonly SlotStemmer Azerbaijani = new(3,
        "ın in un ün nın nin nun nün a ə ya yə na nə ı i u ü nı ni nu nü da də nda ndə dan dən ndan ndən la lə", "ım im um üm ın in un ün ı i u ü sı si su sü ımız imiz umuz ümüz ınız iniz unuz ünüz", "lar lər");

    /// <summary>Kyrgyz, ours: case, possessive and plural.</summary>
    internal static readonly SlotStemmer Kyrgyz = new(3,
        "нын нин нун нүн дын дин дун дүн тын тин тун түн га ге го гө ка ке ко кө на не но нө ны ни ну нү ды ди ду дү ты ти ту тү н да де до дө та те то тө нда нде ндо ндө дан ден дон дөн тан тен тон төн нан нен нон нөн",
        "ым им ум үм ың иң уң үң ы и у ү сы си су сү", "лар лер лор лөр дар дер дор дөр тар тер тор төр");

    /// <summary>Tatar, ours: case, possessive and plural.</summary>
    internal static readonly SlotStemmer Tatar = new(3,
        "ның нең га гә ка кә на нә а ә ны не н да дә та тә нда ндә дан дән тан тән нан нән ннан ннән", "ым ем ың ең ы е сы се ыбыз ебез ыгыз егез", "лар ләр нар нәр");
}
