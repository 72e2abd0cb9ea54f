using System.Collections.Frozen;

namespace Dragoman.Text.Analysis.StopWords;

/// <summary>Short lists of words without a topic: articles, pronouns, prepositions, conjunctions, forms of to be and question words. As they are after letter folding.</summary>
internal static class StopWordLists
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> Lists = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ar"] = "في من علي الي عن ان انه انها هو هي هم ما ماذا متي اين كم كيف لماذا الذي التي الذين هذا هذه ذلك تلك و او ثم لكن بل لا لم لن قد كان كانت يكون مع بين بعد قبل كل اي هل حيث عند كما حتي",
        ["de"] = "der die das den dem des ein eine einen einem einer eines und oder aber in im an am auf zu zum zur von vom mit bei für aus nach über um ist sind war waren wird werden wurde wurden hat haben "
            + "hatte als wie was wer wo wann warum welche welcher welches welchem welchen nicht auch sich es er sie wir ich ihr dass durch es dieser diese dieses kann",
        ["el"] = "ο η το οι τα του τησ των τον την τουσ τισ στο στη στην στον στα στουσ στισ και η να θα με για απο σε που πωσ ποτε τι ποιοσ ποια ποιο ποιοι ποιεσ ποσα ποσο ειναι ηταν εχει ειχε δεν μη ωσ κατα μετα ενα ενασ μια "
            + "αυτο αυτη αυτοσ αυτα οτι αν ή",
        ["en"] = "a an the and or but of in on at to for from by with as is are was were be been being it its this that these those he she they we you i his her their our your which who whom whose what when where "
            + "why how do does did has have had not no than then there can could would will shall should into about",
        ["es"] = "el la los las un una unos unas y o pero de del a al en con por para sin sobre entre es son era eran fue fueron ser ha han había que qué quién cuál cuáles cuándo cuándo dónde cómo cuánto "
            + "cuántos cuántas no se su sus lo le les como más este esta estos estas eso",
        ["fa"] = "و در به از که این ان را با برای است بود شد شده می تا بر یک خود هم نیز یا اما چه چرا کجا چگونه کدام چند هر ها های شود کند کرد",
        ["fr"] = "le la les l un une des du de d et ou mais à au aux en dans par pour sur avec sans sous est sont était étaient être a ont avait que qu qui quoi quel quelle quels quelles quand où comment "
            + "pourquoi ne pas n se s ce cet cette ces c il elle ils elles on je tu nous vous son sa ses leur leurs y plus",
        ["hi"] = "का के की को में से पर ने और या है हैं था थे थी हो कि यह वह ये वे इस उस जो क्या कब कहां कौन कैसे किस किसने कितने कितना कितनी भी तो ही एक लिए साथ तक नहीं कर करने",
        ["it"] = "il lo la i gli le l un uno una e o ma di del dello della dei degli delle a al allo alla ai agli alle da dal dalla in nel nella nei con su sul sulla per tra fra è sono era erano essere ha hanno che "
            + "chi cosa quale quali quando dove come perché non si ci questo questa questi queste",
        ["kk"] = "және мен пен бен немесе бірақ да де та те бұл осы сол ол олар біз сіз сен бір үшін туралы арқылы дейін кейін бойынша қандай қай қайсы қашан қайда қанша неше кім не неге қалай ма ме ба бе па пе еді "
            + "екен болып деп емес жоқ бар ның нің дың дің тың тің ға ге қа ке ны ні ды ді ты ті дан ден тан тен нан нен",
        ["pt"] = "o a os as um uma uns umas e ou mas de do da dos das em no na nos nas a ao à aos às por pelo pela para com sem sobre entre é são era eram foi foram ser tem têm que quem qual quais quando onde "
            + "como porquê quanto quantos não se seu sua seus suas este esta isso mais",
        ["ro"] = "un o unui unei al a ai ale și sau dar de la în din pe cu pentru prin spre este sunt era erau fost a fi are au avea că ce cine care când unde cum cât câți câte nu se își lui ei lor sa său mai acest "
            + "această aceste",
        ["ru"] = "и в во на с со к ко о об от из за по под над при для до у а но или не ни что чтобы как какой какая какое какие каких кто кого чем чего когда где куда почему сколько это этот эта эти тот та те "
            + "он она оно они его ее их мы вы я был была было были быть есть же бы ли также",
        ["tr"] = "ve veya ile bir bu şu o için de da ki mi mı mu mü ne neden nasıl nerede nereye kim kimin hangi kaç zaman gibi kadar daha en çok olarak olan oldu ise değil ama fakat sonra önce nin nın nun nün",
        ["uk"] = "і й та в у на з із зі до від за по під над при для о об а але або не ні що щоб як який яка яке які яких хто кого чим чого коли де куди чому скільки це цей ця ці той він вона воно вони його її їх ми ви я був "
            + "була було були бути є же би чи також",
        ["zh"] = "的 了 在 是 和 与 或 也 都 就 这 那 个 之 其 吗 呢 什么 哪 谁",
    }.ToFrozenDictionary(list => list.Key, list => list.Value.Split(' ').ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>The list of a language; empty when there is none.</summary>
    internal static FrozenSet<string> Of(string language) => Lists.GetValueOrDefault(language, FrozenSet<string>.Empty);
}
